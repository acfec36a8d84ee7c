import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import { defaultCapacityProvider } from "../environments/schema/resolve-services";
import { defaultDoor } from "../environments/schema/hosting";
import { doorLedger } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { shardsOf } from "../environments/schema/placement";
import { Cluster } from "../modules/compute/cluster";
import { SecureBucket } from "../modules/data/secure-bucket";
import { Certificate } from "../modules/edge/certificate";
import { LoadBalancer } from "../modules/edge/load-balancer";
import { WebAcl } from "../modules/edge/web-acl";
import { arnLike, forService } from "../modules/identity/policy";
import { publish, read, type ContractValues } from "./contract";
import { clusterContract, keysContract, loadBalancerContract, vpcContract, zonesContract } from "./contracts";
import { addInstances } from "./hosting/instances";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import { undelegatedZone } from "./public-zone";
import type { StackKind } from "./stack-kind";

type Hosting = NonNullable<Account["hosting"]>;
type Scheme = "internet-facing" | "internal";

export const execLogGroup = (account: Account) => `/slipway/${account.name}/hosting/exec`;

/** Where services run: the ECS cluster, and the load balancers in front of it. */
export class HostingStack extends PlatformStack {
  private readonly hosting: Hosting;
  private readonly ledger = doorLedger(this.fleet, this.account);
  private readonly keys = read(this, keysContract);

  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern"> & { readonly hosting: Hosting }) {
    super(scope, { ...props, concern: "hosting" });
    this.hosting = props.hosting;
    const { account } = this;
    const { capabilities } = account;
    const { cluster } = new Cluster(this, "compute", {
      clusterName: names.cluster(account),
      containerInsights: capabilities.containerInsights,
      dataKeyArn: this.keys.dataKeyArn,
      logsKeyArn: this.keys.logsKeyArn,
      execLogGroupName: execLogGroup(account),
      execLogRetentionInDays: capabilities.auditLogRetentionDays,
      defaultCapacityProvider: names.capacityProvider(account, defaultCapacityProvider(account)),
      instances: (made) => addInstances(this, this.hosting, made),
    });
    publish(this, clusterContract, {
      clusterArn: cluster.arn,
      clusterName: names.cluster(account),
    });
    if (Object.keys(this.hosting.loadBalancers).length > 0) this.addLoadBalancers();
  }

  private addLoadBalancers(): void {
    const { account, fleet, protection } = this;
    const vpc = read(this, vpcContract);
    const zones = read(this, zonesContract);
    const logs = this.accessLogs();
    const doors = Object.entries(this.hosting.loadBalancers).sort(([a], [b]) => (a < b ? -1 : 1));
    const certificates = new Map(
      [...new Set(doors.map(([, { scheme }]) => scheme))].map((scheme) => [
        scheme,
        this.certificate(scheme, zones),
      ]),
    );
    const webAcl = this.webAcl();
    for (const [door, { scheme, idleTimeout }] of doors) {
      for (const shard of shardsOf(this.ledger, door)) {
        const name = names.shard(door, shard);
        const id = shard === 1 ? door : `${door}_${shard}`;
        const balancer = new LoadBalancer(this, `door_${id}`, {
          loadBalancerName: names.loadBalancer(account, name),
          scheme,
          vpcId: vpc.vpcId,
          vpcCidrBlock: vpc.cidrBlock,
          subnetIds: scheme === "internal" ? vpc.privateSubnetIds : vpc.publicSubnetIds,
          idleTimeout,
          certificate: (certificates.get(scheme) ?? this.certificate(scheme, zones)).validation,
          signsIn: account.auth !== undefined,
          accessLogsBucket: names.bucket(fleet.organization, account, "access-logs"),
          accessLogsReady: logs.policy,
          protection,
        });
        if (scheme === "internet-facing") webAcl?.protect(id, balancer.loadBalancer.arn);
        if (shard === 1 && defaultDoor(this.hosting.loadBalancers, scheme) === door)
          this.nameEverything(scheme, zones, balancer);
        publish(this, loadBalancerContract(name), {
          arnSuffix: balancer.loadBalancer.arnSuffix,
          dnsName: balancer.loadBalancer.dnsName,
          zoneId: balancer.loadBalancer.zoneId,
          httpsListenerArn: balancer.httpsListener.arn,
          securityGroupId: balancer.group.id,
        });
      }
    }
  }

  /** One for all that face the internet: it costs by rule, not by load balancer. */
  private webAcl(): WebAcl | undefined {
    const { account, hosting } = this;
    const { mode, countedRules, requestsPerAddress } = hosting.webAcl;
    const open = Object.values(hosting.loadBalancers).some(({ scheme }) => scheme === "internet-facing");
    if (!open || mode === "off") return undefined;
    return new WebAcl(this, "web_acl", {
      name: names.webAcl(account),
      accountId: account.id,
      region: account.region,
      mode,
      countedRules,
      requestsPerAddress,
      logRetentionInDays: account.capabilities.auditLogRetentionDays,
      logsKeyArn: this.keys.logsKeyArn,
    });
  }

  /** Every name of the zone leads to this door, so that services can share a host and come and go without DNS. */
  private nameEverything(
    scheme: Scheme,
    zones: ContractValues<typeof zonesContract.schema.shape>,
    { loadBalancer }: LoadBalancer,
  ): void {
    const internal = scheme === "internal";
    new Route53Record(this, internal ? "names_internal" : "names_public", {
      zoneId: internal ? zones.privateZoneId : zones.publicZoneId,
      name: `*.${this.zoneOf(scheme)}`,
      type: "A",
      alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true },
    });
  }

  private zoneOf(scheme: Scheme): string {
    const publicZone = this.account.network?.publicZone ?? this.fleet.organization.domain;
    return scheme === "internal" ? names.privateZone(publicZone) : publicZone;
  }

  /** Internal names are proved in the public zone too: they are below it, and AWS looks there. */
  private certificate(scheme: Scheme, zones: ContractValues<typeof zonesContract.schema.shape>): Certificate {
    return new Certificate(this, scheme === "internal" ? "certificate_internal" : "certificate_public", {
      domainName: this.zoneOf(scheme),
      zoneId: zones.publicZoneId,
    });
  }

  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
  private accessLogs(): SecureBucket {
    const { account, fleet } = this;
    return new SecureBucket(this, "access_logs", {
      bucketName: names.bucket(fleet.organization, account, "access-logs"),
      expireAfterDays: account.capabilities.auditLogRetentionDays,
      keepVersionsDays: 30,
      protection: this.protection,
      statements: (bucketArn) => [
        {
          sid: "LoadBalancersDeliver",
          actions: ["s3:PutObject"],
          resources: Object.keys(this.hosting.loadBalancers)
            .sort()
            .flatMap((door) =>
              shardsOf(this.ledger, door).map(
                (shard) =>
                  `${bucketArn}/${names.loadBalancer(account, names.shard(door, shard))}/AWSLogs/${account.id}/*`,
              ),
            ),
          principals: forService("logdelivery.elasticloadbalancing.amazonaws.com"),
          condition: [
            arnLike(
              "aws:SourceArn",
              `arn:aws:elasticloadbalancing:${account.region}:${account.id}:loadbalancer/*`,
            ),
          ],
        },
      ],
    });
  }
}

export const hostingStacks: StackKind = (fleet, account) => {
  const { hosting } = account;
  if (hosting === undefined) return [];
  return [
    {
      account,
      concern: "hosting",
      lacks: Object.keys(hosting.loadBalancers).length === 0 ? [] : undelegatedZone(fleet, account),
      build: (scope, options) => new HostingStack(scope, { fleet, account, hosting, ...options }),
    },
  ];
};
