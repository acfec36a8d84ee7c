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
  alarmTopicArn: text(ARN),
});

export const loadBalancerContract = (door: string) =>
  contract("hosting", `load-balancer-${door}`, {
    arnSuffix: text(ARN),
    dnsName: text(DNS_NAME),
    zoneId: text(ID),
    httpsListenerArn: text(300),
    securityGroupId: text(ID),
  });
