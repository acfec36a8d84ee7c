import { contract, text, texts } from "./contract";

/**
 * What stacks publish for each other, one SSM parameter each. A field is removed in two steps: first no stack
 * reads it, then none publishes it.
 */

const ID = 40;
const ARN = 200;
const DNS_NAME = 255;
const MOST_ZONES = 4;

export const vpcContract = contract("network", "vpc", {
  vpcId: text(ID),
  cidrBlock: text(18),
  publicSubnetIds: texts(ID, MOST_ZONES),
  privateSubnetIds: texts(ID, MOST_ZONES),
  isolatedSubnetIds: texts(ID, MOST_ZONES),
});

export const zonesContract = contract("network", "zones", {
  publicZoneId: text(ID),
  publicZoneName: text(DNS_NAME),
  publicNameServers: texts(DNS_NAME, 4),
  privateZoneId: text(ID),
  privateZoneName: text(DNS_NAME),
  namespaceId: text(ID),
  namespaceName: text(DNS_NAME),
});

export const keysContract = contract("secrets", "keys", {
  dataKeyArn: text(ARN),
  logsKeyArn: text(ARN),
});

/** One secret's full ARN, random suffix included, which nobody can compute. */
export const secretContract = (name: string) => contract("secrets", `secret-${name}`, { arn: text(ARN) });

export const clusterContract = contract("hosting", "cluster", {
  clusterArn: text(ARN),
  clusterName: text(ARN),
});

/** Where alarms go, by severity. */
export const topicsContract = contract("observability", "topics", {
  criticalTopicArn: text(ARN),
  warningTopicArn: text(ARN),
});

export const queueContract = (name: string) =>
  contract("queue", `queue-${name}`, { arn: text(ARN), url: text(300) });

export const topicContract = (name: string) => contract("queue", `topic-${name}`, { arn: text(ARN) });

export const brokerContract = (name: string) =>
  contract("queue", `broker-${name}`, {
    endpoints: texts(DNS_NAME, 10),
    /** Secret with the user that services sign in as. */
    secretArn: text(ARN),
    /** The group that tasks join to reach it. */
    clientGroupId: text(ID),
  });

/** The user pool of people at the public door. */
export const userPoolContract = contract("auth", "user-pool", {
  userPoolId: text(100),
  userPoolArn: text(ARN),
  /** Domain of the sign-in page; its prefix, where it is one of Cognito's own. */
  domain: text(DNS_NAME),
});

/** The programs that people sign in with, for APIs that take their tokens. */
export const userPoolClientsContract = contract("auth", "user-pool-clients", { clientIds: texts(64, 50) });

/** An API, to which services bring their routes. */
export const apiContract = (name: string) =>
  contract("api", name, {
    apiId: text(ID),
    executionArn: text(ARN),
    vpcLinkId: text(ID),
    /** The group by which load balancers know the API. */
    vpcLinkGroupId: text(ID),
  });

export const apiAuthorizerContract = (api: string, authorizer: string) =>
  contract("api", `${api}.${authorizer}`, { authorizerId: text(ID) });

export const databaseContract = (name: string) =>
  contract("data", name, {
    /** ARN of the cluster, or of the instance where there is none. */
    clusterArn: text(ARN),
    /** By which IAM knows it for sign-in. */
    resourceId: text(100),
    endpoint: text(DNS_NAME),
    readerEndpoint: text(DNS_NAME),
    port: text(5),
    databaseName: text(63),
    /** The group that tasks join to reach it. */
    clientGroupId: text(ID),
  });

/** An ElastiCache cluster. */
export const cacheContract = (name: string) =>
  contract("data", name, {
    arn: text(ARN),
    /** By which sign-in names it: the host of the token that is signed. */
    replicationGroupId: text(ID),
    endpoint: text(DNS_NAME),
    readerEndpoint: text(DNS_NAME),
    port: text(5),
    /** The group that tasks join to reach it. */
    clientGroupId: text(ID),
    /** Its own group, which an online migration lets out to the source. */
    serverGroupId: text(ID),
  });

export const documentDatabaseContract = (name: string) =>
  contract("data", name, {
    clusterArn: text(ARN),
    endpoint: text(DNS_NAME),
    readerEndpoint: text(DNS_NAME),
    port: text(5),
    /** The group that tasks join to reach it. */
    clientGroupId: text(ID),
  });

/** A MemoryDB cluster. */
export const memoryDatabaseContract = (name: string) =>
  contract("data", name, {
    arn: text(ARN),
    /** By which sign-in names it: the host of the token that is signed. */
    clusterName: text(ID),
    endpoint: text(DNS_NAME),
    port: text(5),
    /** The group that tasks join to reach it. */
    clientGroupId: text(ID),
  });
/** Read replicas of a database, each with an address of its own. */
export const replicasContract = (name: string) =>
  contract("data", `${name}.replicas`, { endpoints: texts(DNS_NAME, 5), resourceIds: texts(ID, 5) });

/** What all search domains of an account share. */
export const searchContract = contract("search", "shared", {
  serviceLinkedRoleArn: text(ARN),
  logPolicyName: text(100),
});

/** An OpenSearch domain. */
export const searchDomainContract = (name: string) =>
  contract("data", name, {
    domainArn: text(ARN),
    domainName: text(28),
    /** Host, without https://. */
    endpoint: text(DNS_NAME),
    /** The role that administers rights within it. */
    masterRoleArn: text(ARN),
    snapshotBucketName: text(63),
    /** The role that it reads and writes snapshots with. */
    snapshotRoleArn: text(ARN),
    serviceLinkedRoleArn: text(ARN),
    /** The group that tasks join to reach it. */
    clientGroupId: text(ID),
  });

export const mysqlClusterContract = (name: string) =>
  contract("data", name, {
    endpoint: text(DNS_NAME),
    readerEndpoint: text(DNS_NAME),
    port: text(5),
    databaseName: text(63),
    /** The group that tasks join to reach it. */
    clientGroupId: text(ID),
    /** The group of the members themselves. */
    serverGroupId: text(ID),
  });

export const bucketContract = (name: string) =>
  contract("data", name, { bucketName: text(63), bucketArn: text(ARN) });

export const tableContract = (name: string) =>
  contract("data", name, { tableName: text(DNS_NAME), tableArn: text(400) });

export const accessPointContract = (fileSystem: string, accessPoint: string) =>
  contract("data", `${fileSystem}.${accessPoint}`, {
    fileSystemId: text(ID),
    fileSystemArn: text(ARN),
    accessPointId: text(ID),
    accessPointArn: text(ARN),
    /** The group that tasks join to reach it. */
    clientGroupId: text(ID),
  });

export const streamContract = (name: string) =>
  contract("data", name, { streamName: text(128), streamArn: text(ARN) });

export const deliveryStreamContract = (name: string) =>
  contract("data", name, { deliveryStreamName: text(64), deliveryStreamArn: text(ARN) });

export const externalDatabaseContract = (name: string) =>
  contract("data", name, {
    /** The group that tasks join to reach it. */
    clientGroupId: text(ID),
    /** Of the private endpoint, which its owner is told; empty without one. */
    endpointId: text(ID),
  });

/** Volumes, one a zone, that instances find by their tag `slipway-volume`. */
export const volumesContract = (name: string) =>
  contract("data", name, { volumeArns: texts(ARN, MOST_ZONES), availabilityZones: texts(20, MOST_ZONES) });

/** What publishing a web site takes. */
export const siteContract = (name: string) =>
  contract("edge", `site-${name}`, {
    hostName: text(DNS_NAME),
    bucketName: text(63),
    distributionId: text(ID),
  });

/** A Network Load Balancer, to which services bring their listeners. */
export const networkLoadBalancerContract = (name: string) =>
  contract("hosting", `network-load-balancer-${name}`, {
    arn: text(ARN),
    arnSuffix: text(ARN),
    dnsName: text(DNS_NAME),
    zoneId: text(ID),
    securityGroupId: text(ID),
    certificateArn: text(ARN),
  });

/** The target group of a service behind one load balancer, for others that send it a part of their requests. */
export const targetGroupContract = (service: string, loadBalancer: string) =>
  contract("service", `${service}.target-group-${loadBalancer}`, { arn: text(300) });

export const loadBalancerContract = (door: string) =>
  contract("hosting", `load-balancer-${door}`, {
    arnSuffix: text(ARN),
    dnsName: text(DNS_NAME),
    zoneId: text(ID),
    httpsListenerArn: text(300),
    securityGroupId: text(ID),
  });

/** The listener of a load balancer at which new versions are tried. */
export const testListenerContract = (door: string) =>
  contract("hosting", `test-listener-${door}`, { listenerArn: text(300) });

/** What pipelines share, in the registry's account. */
export const deliveryContract = contract("delivery", "shared", {
  roleArn: text(ARN),
  connectionArn: text(ARN),
  artifactBucketName: text(63),
  artifactKeyArn: text(ARN),
  approvalTopicArn: text(ARN),
});

/** Fixed addresses from which the private subnets reach the internet, for allowlists of others. */
export const egressContract = contract("network", "egress", { publicIps: texts(15, MOST_ZONES) });

/** Route tables of the private and the isolated subnets. */
export const routesContract = contract("network", "routes", {
  innerRouteTableIds: texts(ID, MOST_ZONES + 1),
});

/** Subnets that replications may be in. */
export const replicationSubnetsContract = (tier: "private" | "isolated") =>
  contract("migration", `subnets-${tier}`, { subnetGroupId: text(100) });
