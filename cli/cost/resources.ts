import type { Account } from "../../environments/schema/account";
import { block, blocks, record, type Attributes } from "../../modules/audit/values";
import type { Priced } from "./compute";
import { MONTH } from "./hours";
import { instanceHour, type PriceTable } from "./prices";

export interface PricedResource {
  readonly type: string;
  readonly attributes: Attributes;
}

type Rule = (attributes: Attributes, prices: PriceTable, zones: number) => Priced;

const hourly = (what: string, hour: number, count = 1): Priced => ({ what, usd: hour * count * MONTH });
const monthly = (what: string, usd: number): Priced => ({ what, usd });
const number = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);

/** Brokers that a deployment mode is made of. */
const BROKERS: Readonly<Record<string, number>> = { ACTIVE_STANDBY_MULTI_AZ: 2, CLUSTER_MULTI_AZ: 3 };

/** What a resource costs for being there, by type; what is not here costs nothing, or by use alone. */
const RULES: Readonly<Record<string, Rule>> = {
  aws_nat_gateway: (_, { hour }) => hourly("NAT gateway", hour.natGateway),
  aws_eip: (_, { hour }) => hourly("public address", hour.publicIpv4),
  aws_lb: ({ internal }, { hour }, zones) =>
    hourly("load balancer", hour.loadBalancer + (internal === true ? 0 : zones * hour.publicIpv4)),
  aws_vpc_endpoint: ({ vpc_endpoint_type: type, subnet_ids: subnets }, { hour }, zones) =>
    type === "Interface"
      ? hourly("interface endpoint", hour.interfaceEndpoint, Array.isArray(subnets) ? subnets.length : zones)
      : monthly("gateway endpoint", 0),
  aws_kms_key: (_, { month }) => monthly("encryption key", month.kmsKey),
  aws_secretsmanager_secret: (_, { month }) => monthly("secret", month.secret),
  aws_cloudwatch_metric_alarm: ({ metric_query: queries }, { month }) =>
    monthly(
      "alarm",
      month.alarm * Math.max(1, blocks(queries).filter(({ metric }) => metric !== undefined).length),
    ),
  aws_cloudwatch_dashboard: (_, { month }) => monthly("dashboard", month.dashboard),
  aws_route53_zone: (_, { month }) => monthly("DNS zone", month.hostedZone),
  aws_service_discovery_private_dns_namespace: (_, { month }) => monthly("DNS zone", month.hostedZone),
  aws_wafv2_web_acl: ({ rule }, { month }) =>
    monthly("web ACL", month.webAcl + blocks(rule).length * month.webAclRule),
  aws_ebs_volume: ({ size, iops, throughput }, { month }) =>
    monthly(
      "EBS volume",
      number(size, 0) * month.gp3Gb +
        Math.max(0, number(iops, 3000) - 3000) * month.gp3Iops +
        Math.max(0, number(throughput, 125) - 125) * month.gp3Throughput,
    ),
  aws_kinesis_stream: ({ shard_count: shards, retention_period: hours }, { streams }) =>
    shards === undefined
      ? hourly("stream on demand", streams.onDemandHour)
      : hourly(
          "stream's shard",
          streams.shardHour + (number(hours, 24) > 24 ? streams.extendedShardHour : 0),
          number(shards, 1),
        ),
  aws_dynamodb_table: ({ billing_mode: mode, global_secondary_index: indexes, ...table }, { hour }) => {
    if (mode !== "PROVISIONED") return monthly("table on demand", 0);
    const units = [table, ...blocks(indexes)].map(
      ({ read_capacity: read, write_capacity: write }) =>
        number(read, 0) * hour.tableUnit.read + number(write, 0) * hour.tableUnit.write,
    );
    return hourly(
      "provisioned table",
      units.reduce((sum, one) => sum + one, 0),
    );
  },
  aws_docdb_cluster_instance: ({ instance_class: type }) => ({
    unpriced: `document database ${String(type)}`,
  }),
  aws_instance: ({ instance_type: type }, prices) =>
    byType(`instance ${String(type)}`, instanceHour(prices, String(type))),
  aws_db_instance: ({ engine, instance_class: type, multi_az: standby }) => ({
    // A replica's engine is its source's.
    unpriced: `${engine === undefined ? "read replica" : `${String(engine)} instance`} ${String(type)}${standby === true ? " with a standby" : ""}`,
  }),
  aws_rds_cluster_instance: ({ instance_class: type }, { databases }) =>
    byType(`database ${String(type)}`, databases[String(type)]),
  aws_elasticache_replication_group: ({ node_type: type, engine, ...size }, { caches }) => {
    const hour = caches[String(type)];
    return byType(
      `cache node ${String(type)}`,
      hour === undefined ? undefined : hour * (engine === "valkey" ? VALKEY.cache : 1),
      cacheNodes(size),
    );
  },
  aws_memorydb_cluster: (
    { node_type: type, engine, num_shards: shards, num_replicas_per_shard: replicas },
    { memoryDatabases },
  ) => {
    const hour = memoryDatabases[String(type)];
    return byType(
      `in-memory database node ${String(type)}`,
      hour === undefined ? undefined : hour * (engine === "valkey" ? VALKEY.memoryDatabase : 1),
      number(shards, 1) * (1 + number(replicas, 1)),
    );
  },
  aws_opensearch_domain: ({ cluster_config: config, ebs_options: ebs }, prices) => {
    const { searchInstances, month } = prices;
    const nodes = record(config);
    const [type, master] = [String(nodes["instance_type"]), String(nodes["dedicated_master_type"])];
    const count = number(nodes["instance_count"], 1);
    const masters =
      nodes["dedicated_master_enabled"] === true ? number(nodes["dedicated_master_count"], 3) : 0;
    const [data, masterHour] = [searchInstances[type], masters === 0 ? 0 : searchInstances[master]];
    const storage = count * number(record(ebs)["volume_size"], 0) * month.searchGp3Gb;
    return data === undefined || masterHour === undefined
      ? { unpriced: `search domain of ${data === undefined ? type : master}` }
      : monthly(
          masters === 0
            ? `search domain of ${count} ${type}`
            : `search domain of ${count} ${type}, ${masters} ${master}`,
          (count * data + masters * masterHour) * MONTH + storage,
        );
  },
  aws_dms_replication_instance: (
    { replication_instance_class: type, allocated_storage: storage, multi_az: standby },
    { replications },
  ) => {
    const hour = replications.instances[String(type)];
    const count = standby === true ? 2 : 1;
    return hour === undefined
      ? { unpriced: `replication instance ${String(type)}` }
      : monthly(
          `replication instance ${String(type)}`,
          count * (hour * MONTH + number(storage, 50) * replications.gb),
        );
  },
  aws_dms_replication_config: ({ compute_config: compute }, { replications }) => {
    const { min_capacity_units: units, multi_az: standby } = block(compute);
    return hourly(
      "serverless replication",
      number(units, 1) * replications.capacityUnit,
      standby === true ? 2 : 1,
    );
  },
  aws_vpn_connection: (_, { hour }) => hourly("VPN", hour.vpnConnection),
  aws_mq_broker: ({ host_instance_type: type, deployment_mode: mode }, { brokers }) =>
    byType(`broker ${String(type)}`, brokers[String(type)], BROKERS[String(mode)]),
};

/** Valkey's part of the price of Redis OSS. https://aws.amazon.com/elasticache/pricing/ */
const VALKEY = { cache: 0.8, memoryDatabase: 0.7 };

/** Nodes of a cache: each shard's primary and its replicas. */
function cacheNodes({
  num_cache_clusters: all,
  num_node_groups: shards,
  replicas_per_node_group: replicas,
}: Attributes) {
  return number(all, number(shards, 1) * (1 + number(replicas, 0)));
}

const byType = (what: string, hour: number | undefined, count = 1): Priced =>
  hour === undefined ? { unpriced: what } : hourly(what, hour, count);

/** Types whose attributes tell what they cost. */
export const isPriced = (type: string) => type in RULES || type === FILTER;

const FILTER = "aws_cloudwatch_log_metric_filter";

/** What the resources of a stack cost, each alone. */
export function fixedCosts(
  account: Account,
  resources: readonly PricedResource[],
  prices: PriceTable,
): readonly Priced[] {
  const zones = account.network?.availabilityZones.length ?? 1;
  // Several filters may count into one metric, which is paid for once.
  const metrics = new Set(
    resources
      .filter(({ type }) => type === FILTER)
      .map(({ attributes }) => {
        const { namespace, name } = record(attributes["metric_transformation"]);
        return `${String(namespace)} ${String(name)}`;
      }),
  );
  return [
    ...resources.flatMap(({ type, attributes }) => RULES[type]?.(attributes, prices, zones) ?? []),
    ...[...metrics].map(() => monthly("custom metric", prices.month.customMetric)),
  ];
}
