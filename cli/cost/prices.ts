import { INSTANCE_TYPES } from "../../environments/schema/instance-types";

/** What AWS charges in one region, in US dollars without tax and discounts. */
export interface PriceTable {
  readonly region: string;
  /** Month of the prices, YYYY-MM. */
  readonly date: string;
  /** Of a vCPU and of a GB of memory, an hour. */
  readonly fargate: Readonly<
    Record<"X86_64" | "ARM64", { readonly vcpuHour: number; readonly gbHour: number }>
  >;
  /** On-demand instances of size `large` by family, an hour; other sizes cost in proportion to their memory. */
  readonly instances: Readonly<Record<string, number>>;
  /** Part of the on-demand price that Spot capacity costs, about: it moves with supply and demand. */
  readonly spot: { readonly fargate: number; readonly instances: number };
  /** Aurora instances by class, an hour; storage by use. */
  readonly databases: Readonly<Record<string, number>>;
  /** ElastiCache nodes by type, an hour, under Redis OSS; Valkey costs a fifth less. */
  readonly caches: Readonly<Record<string, number>>;
  /** MemoryDB nodes by type, an hour, under Redis OSS; Valkey costs three tenths less. */
  readonly memoryDatabases: Readonly<Record<string, number>>;
  /** OpenSearch instances by type, an hour. */
  readonly searchInstances: Readonly<Record<string, number>>;
  /** Amazon MQ, one broker instance, by type, an hour. */
  readonly brokers: Readonly<Record<string, number>>;
  /** AWS DMS: instances by class and serverless capacity units, an hour, in one zone; disk, a GB and month. */
  readonly replications: {
    readonly instances: Readonly<Record<string, number>>;
    readonly capacityUnit: number;
    readonly gb: number;
  };
  readonly hour: {
    readonly natGateway: number;
    readonly vpnConnection: number;
    readonly loadBalancer: number;
    /** In each zone. */
    readonly interfaceEndpoint: number;
    readonly publicIpv4: number;
    /** A provisioned unit of a DynamoDB table or of an index. */
    readonly tableUnit: { readonly read: number; readonly write: number };
  };
  /** Kinesis: a stream on demand, and a shard, with what it keeps beyond a day. */
  readonly streams: {
    readonly onDemandHour: number;
    readonly shardHour: number;
    readonly extendedShardHour: number;
  };
  readonly month: {
    readonly kmsKey: number;
    readonly secret: number;
    /** For each metric it looks at. */
    readonly alarm: number;
    readonly customMetric: number;
    readonly dashboard: number;
    readonly hostedZone: number;
    readonly webAcl: number;
    readonly webAclRule: number;
    readonly gp3Gb: number;
    /** Of an OpenSearch node. */
    readonly searchGp3Gb: number;
    /** Beyond 3000. */
    readonly gp3Iops: number;
    /** Of a MiB/s beyond 125. */
    readonly gp3Throughput: number;
  };
}

/** Where AWS publishes what the tables hold. */
export const SOURCES: Readonly<Record<string, string>> = {
  Aurora: "https://aws.amazon.com/rds/aurora/pricing/",
  CloudWatch: "https://aws.amazon.com/cloudwatch/pricing/",
  DMS: "https://aws.amazon.com/dms/pricing/",
  DynamoDB: "https://aws.amazon.com/dynamodb/pricing/provisioned/",
  ElastiCache: "https://aws.amazon.com/elasticache/pricing/",
  EBS: "https://aws.amazon.com/ebs/pricing/",
  EC2: "https://aws.amazon.com/ec2/pricing/on-demand/",
  "Elastic Load Balancing": "https://aws.amazon.com/elasticloadbalancing/pricing/",
  Fargate: "https://aws.amazon.com/fargate/pricing/",
  KMS: "https://aws.amazon.com/kms/pricing/",
  MemoryDB: "https://aws.amazon.com/memorydb/pricing/",
  Kinesis: "https://aws.amazon.com/kinesis/data-streams/pricing/",
  MQ: "https://aws.amazon.com/amazon-mq/pricing/",
  OpenSearch: "https://aws.amazon.com/opensearch-service/pricing/",
  PrivateLink: "https://aws.amazon.com/privatelink/pricing/",
  "Route 53": "https://aws.amazon.com/route53/pricing/",
  "Secrets Manager": "https://aws.amazon.com/secrets-manager/pricing/",
  VPC: "https://aws.amazon.com/vpc/pricing/",
  VPN: "https://aws.amazon.com/vpn/pricing/",
  WAF: "https://aws.amazon.com/waf/pricing/",
};

/** What no table covers, since only use tells. */
export const NOT_COVERED = [
  "traffic and requests (load balancer units, APIs, NAT and endpoint data, queues, topics, functions, CloudFront)",
  "stored data of unknown size (S3, EFS, Aurora, logs, images, backups, snapshots)",
  "Container Insights, Cognito users, scheduled tasks while they run",
  "autoscaling above the fewest tasks, tax, discounts and free tiers",
] as const;

const FRANKFURT: PriceTable = {
  region: "eu-central-1",
  date: "2025-12",
  fargate: {
    X86_64: { vcpuHour: 0.04656, gbHour: 0.00511 },
    ARM64: { vcpuHour: 0.03725, gbHour: 0.00409 },
  },
  instances: {
    c5: 0.097,
    c6g: 0.0776,
    c6i: 0.097,
    c7i: 0.10185,
    m5: 0.115,
    m6g: 0.092,
    m6i: 0.115,
    m7g: 0.0978,
    m7i: 0.12075,
    r5: 0.152,
    r6g: 0.1218,
    r6i: 0.152,
    r7g: 0.1292,
    r7i: 0.1596,
    t3: 0.096,
    t4g: 0.0768,
  },
  spot: { fargate: 0.3, instances: 0.4 },
  databases: {
    "db.t4g.medium": 0.085,
    "db.t4g.large": 0.17,
    "db.r6g.large": 0.313,
    "db.r6g.xlarge": 0.626,
    "db.r7g.large": 0.332,
    "db.r7g.xlarge": 0.664,
  },
  caches: {
    "cache.t3.micro": 0.019,
    "cache.t3.small": 0.038,
    "cache.t3.medium": 0.076,
    "cache.t4g.micro": 0.018,
    "cache.t4g.small": 0.037,
    "cache.t4g.medium": 0.073,
    "cache.m6g.large": 0.167,
    "cache.m7g.large": 0.176,
    "cache.m7g.xlarge": 0.352,
    "cache.r6g.large": 0.247,
    "cache.r7g.large": 0.262,
    "cache.r7g.xlarge": 0.524,
    "cache.r7g.2xlarge": 1.048,
  },
  memoryDatabases: {
    "db.t4g.small": 0.053,
    "db.t4g.medium": 0.106,
    "db.r6g.large": 0.389,
    "db.r7g.large": 0.413,
    "db.r7g.xlarge": 0.826,
  },
  searchInstances: {
    "t3.small.search": 0.042,
    "t3.medium.search": 0.084,
    "m6g.large.search": 0.154,
    "m7g.large.search": 0.163,
    "r6g.large.search": 0.201,
    "r7g.large.search": 0.213,
    "r7g.xlarge.search": 0.426,
  },
  brokers: { "mq.t3.micro": 0.0312, "mq.m5.large": 0.345 },
  replications: {
    instances: {
      "dms.t3.medium": 0.086,
      "dms.t3.large": 0.172,
      "dms.c6i.large": 0.176,
      "dms.c6i.xlarge": 0.352,
      "dms.r6i.large": 0.245,
      "dms.r6i.xlarge": 0.49,
      "dms.r6i.2xlarge": 0.98,
    },
    capacityUnit: 0.098,
    gb: 0.137,
  },
  hour: {
    natGateway: 0.052,
    vpnConnection: 0.05,
    loadBalancer: 0.027,
    interfaceEndpoint: 0.012,
    publicIpv4: 0.005,
    tableUnit: { read: 0.000159, write: 0.000793 },
  },
  streams: { onDemandHour: 0.048, shardHour: 0.018, extendedShardHour: 0.024 },
  month: {
    kmsKey: 1,
    secret: 0.4,
    alarm: 0.1,
    customMetric: 0.3,
    dashboard: 3,
    hostedZone: 0.5,
    webAcl: 5,
    webAclRule: 1,
    searchGp3Gb: 0.1454,
    gp3Gb: 0.0952,
    gp3Iops: 0.006,
    gp3Throughput: 0.048,
  },
};

const TABLES: readonly PriceTable[] = [FRANKFURT];

/** What an instance of a type costs an hour. */
export function instanceHour({ instances }: PriceTable, type: string): number | undefined {
  const [family = ""] = type.split(".");
  const large = INSTANCE_TYPES.get(`${family}.large`);
  const [price, of] = [instances[family], INSTANCE_TYPES.get(type)];
  return price === undefined || large === undefined || of === undefined
    ? undefined
    : (price * of.memory) / large.memory;
}

/** The prices of a region; of Frankfurt, where there are none of its own, so that there is an estimate at all. */
export const pricesOf = (region: string): PriceTable =>
  TABLES.find((table) => table.region === region) ?? FRANKFURT;
