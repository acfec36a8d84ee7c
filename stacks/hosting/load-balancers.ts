import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { answersFor, doorLedger } from "../../environments/schema/fleet";
import {
  defaultDoor,
  type Hosting,
  type LoadBalancer as Definition,
} from "../../environments/schema/hosting";
import * as names from "../../environments/schema/names";
import { shardsOf } from "../../environments/schema/placement";
import { BorrowedCertificate } from "../../modules/edge/borrowed-certificate";
import { Certificate } from "../../modules/edge/certificate";
import { LoadBalancer } from "../../modules/edge/load-balancer";
import { NetworkLoadBalancer } from "../../modules/edge/network-load-balancer";
import { TestListener } from "../../modules/edge/test-listener";
import { WebAcl } from "../../modules/edge/web-acl";
import { publish, read, type ContractValues } from "../contract";
import {
  keysContract,
  loadBalancerContract,
  networkLoadBalancerContract,
  testListenerContract,
  vpcContract,
  zonesContract,
} from "../contracts";
import type { PlatformStack } from "../platform-stack";
import { accessLogs } from "./access-logs";

type Scheme = Definition["scheme"];
type Zones = ContractValues<typeof zonesContract.schema.shape>;

/** What load balancers of one scheme have in common. */
interface Surroundings {
  readonly scheme: Scheme;
  readonly vpcId: string;
  readonly vpcCidrBlock: string;
  readonly subnetIds: string[];
  readonly certificate: Certificate["validation"];
  readonly accessLogsBucket: string;
  readonly accessLogsReady: ReturnType<typeof accessLogs>["policy"];
  readonly protection: boolean;
}

/** The load balancers of an account, further ones of a name beside the first. */
export function addLoadBalancers(stack: PlatformStack, hosting: Hosting): void {
  const { account, fleet, protection } = stack;
  const vpc = read(stack, vpcContract);
  const zones = read(stack, zonesContract);
  const logs = accessLogs(stack, hosting);
  const doors = Object.entries(hosting.loadBalancers).sort(([a], [b]) => (a < b ? -1 : 1));
  const schemes = [...new Set(doors.map(([, { scheme }]) => scheme))].map((scheme): Surroundings => ({
    scheme,
    vpcId: vpc.vpcId,
    vpcCidrBlock: vpc.cidrBlock,
    subnetIds: scheme === "internal" ? vpc.privateSubnetIds : vpc.publicSubnetIds,
    certificate: certificate(stack, scheme, zones).validation,
    accessLogsBucket: names.bucket(fleet.organization, account, "access-logs"),
    accessLogsReady: logs.policy,
    protection,
  }));
  const webAcl = addWebAcl(stack, hosting);
  const open: { name: string; listenerArn: string }[] = [];
  for (const [door, definition] of doors) {
    const around = schemes.find(({ scheme }) => scheme === definition.scheme);
    if (around === undefined) continue;
    if (definition.type === "network") {
      addNetwork(stack, door, around);
      continue;
    }
    for (const shard of shardsOf(doorLedger(fleet, account), door)) {
      const id = shard === 1 ? door : `${door}_${shard}`;
      const made = addApplication(stack, { id, name: names.shard(door, shard), definition, around });
      if (around.scheme === "internet-facing") {
        webAcl?.protect(id, made.loadBalancer.arn);
        open.push({ name: id, listenerArn: made.httpsListener.arn });
      }
      if (shard === 1 && defaultDoor(hosting.loadBalancers, around.scheme) === door)
        nameEverything(stack, around.scheme, zones, made);
    }
  }
  const domainName = answersFor(fleet, account)?.network?.publicZone;
  if (domainName !== undefined && open.length > 0)
    new BorrowedCertificate(stack, "certificate_account", { domainName, listeners: open });
}

interface Application {
  readonly id: string;
  readonly name: string;
  readonly definition: Definition;
  readonly around: Surroundings;
}

function addApplication(stack: PlatformStack, { id, name, definition, around }: Application): LoadBalancer {
  const { account } = stack;
  const made = new LoadBalancer(stack, `door_${id}`, {
    loadBalancerName: names.loadBalancer(account, name),
    ...around,
    idleTimeout: definition.idleTimeout,
    signsIn: account.auth !== undefined,
  });
  publish(stack, loadBalancerContract(name), {
    arnSuffix: made.loadBalancer.arnSuffix,
    dnsName: made.loadBalancer.dnsName,
    zoneId: made.loadBalancer.zoneId,
    httpsListenerArn: made.httpsListener.arn,
    securityGroupId: made.group.id,
  });
  if (definition.testListener === undefined) return made;
  const { listener } = new TestListener(stack, `door_${id}_test`, {
    ...definition.testListener,
    loadBalancerArn: made.loadBalancer.arn,
    groupId: made.group.id,
    certificateArn: around.certificate.certificateArn,
  });
  publish(stack, testListenerContract(name), { listenerArn: listener.arn });
  return made;
}

function addNetwork(
  stack: PlatformStack,
  door: string,
  { certificate: { certificateArn }, ...around }: Surroundings,
): void {
  const { loadBalancer, group } = new NetworkLoadBalancer(stack, `door_${door}`, {
    loadBalancerName: names.loadBalancer(stack.account, door),
    ...around,
  });
  publish(stack, networkLoadBalancerContract(door), {
    arn: loadBalancer.arn,
    arnSuffix: loadBalancer.arnSuffix,
    dnsName: loadBalancer.dnsName,
    zoneId: loadBalancer.zoneId,
    securityGroupId: group.id,
    certificateArn,
  });
}

/** One for all that face the internet: it costs by rule, not by load balancer. */
function addWebAcl(stack: PlatformStack, { webAcl, loadBalancers }: Hosting): WebAcl | undefined {
  const { account } = stack;
  const open = Object.values(loadBalancers).some(
    ({ type, scheme }) => type === "application" && scheme === "internet-facing",
  );
  if (!open || webAcl.mode === "off") return undefined;
  return new WebAcl(stack, "web_acl", {
    name: names.webAcl(account),
    accountId: account.id,
    region: account.region,
    mode: webAcl.mode,
    countedRules: webAcl.countedRules,
    requestsPerAddress: webAcl.requestsPerAddress,
    logRetentionInDays: account.capabilities.auditLogRetentionDays,
    logsKeyArn: read(stack, keysContract).logsKeyArn,
  });
}

/** Every name of the zone leads to this door, so that services can share a host and come and go without DNS. */
function nameEverything(
  stack: PlatformStack,
  scheme: Scheme,
  zones: Zones,
  { loadBalancer }: LoadBalancer,
): void {
  const internal = scheme === "internal";
  new Route53Record(stack, internal ? "names_internal" : "names_public", {
    zoneId: internal ? zones.privateZoneId : zones.publicZoneId,
    name: `*.${zoneOf(stack, scheme)}`,
    type: "A",
    alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true },
  });
}

function zoneOf({ account, fleet }: PlatformStack, scheme: Scheme): string {
  const publicZone = account.network?.publicZone ?? fleet.organization.domain;
  return scheme === "internal" ? names.privateZone(publicZone) : publicZone;
}

/** Internal names are proved in the public zone too: they are below it, and AWS looks there. */
function certificate(stack: PlatformStack, scheme: Scheme, zones: Zones): Certificate {
  return new Certificate(stack, scheme === "internal" ? "certificate_internal" : "certificate_public", {
    domainName: zoneOf(stack, scheme),
    zoneId: zones.publicZoneId,
  });
}
