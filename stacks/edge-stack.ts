import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import type { Edge } from "../environments/schema/edge";
import * as names from "../environments/schema/names";
import { Site } from "../modules/edge/site";
import { SiteLogs } from "../modules/edge/site-logs";
import { publish, read } from "./contract";
import { keysContract, siteContract, zonesContract } from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import { undelegatedZone } from "./public-zone";
import type { StackKind } from "./stack-kind";

const identifier = (name: string) => name.replaceAll("-", "_");
const byName = <T>(entries: Readonly<Record<string, T>>) =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

/** What people reach first: web sites, and names that no other stack makes. */
export class EdgeStack extends PlatformStack {
  private readonly zones = read(this, zonesContract);

  constructor(
    scope: Construct,
    props: Omit<PlatformStackProps, "concern"> & { readonly edge: Edge; readonly publicZone: string },
  ) {
    super(scope, { ...props, concern: "edge" });
    if (Object.keys(props.edge.sites).length > 0) this.addSites(props.edge, props.publicZone);
    for (const [name, { name: fullName, type, ttl, values }] of byName(props.edge.records)) {
      new Route53Record(this, `record_${identifier(name)}`, {
        zoneId: this.zones.publicZoneId,
        name: fullName,
        type,
        ttl,
        records: values.map((value) => literal(type === "TXT" ? inParts(value) : value)),
      });
    }
  }

  private addSites({ sites }: Edge, publicZone: string): void {
    const { account, fleet, protection } = this;
    const { dataKeyArn } = read(this, keysContract);
    const logs = new SiteLogs(this, "logs", {
      bucketName: names.bucket(fleet.organization, account, "edge-logs"),
      accountId: account.id,
      name: `${account.name}-edge`,
      expireAfterDays: account.capabilities.auditLogRetentionDays,
      protection,
    });
    for (const [name, { host, singlePage, priceClass, connectTo }] of byName(sites)) {
      const hostName = `${host}.${publicZone}`;
      const site = new Site(this, `site_${identifier(name)}`, {
        name: names.site(account, name),
        hostName,
        zoneId: this.zones.publicZoneId,
        bucketName: names.siteBucket(fleet.organization, account, name),
        dataKeyArn,
        singlePage,
        priceClass,
        connectTo: connectTo.length > 0 ? connectTo : [`https://*.${publicZone}`],
        protection,
      });
      logs.deliver(identifier(name), names.site(account, name), site.distribution);
      publish(this, siteContract(name), {
        hostName,
        bucketName: site.files.bucket.bucket,
        distributionId: site.distribution.id,
      });
    }
  }
}

/**
 * A text is made of strings of at most 255 characters; the provider quotes it from end to end.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#TXTFormat
 */
const inParts = (value: string) => (value.match(/.{1,255}/g) ?? []).join('""');

/** SPF's macros look like Terraform's templates. */
const literal = (value: string) => value.replaceAll("${", "$${").replaceAll("%{", "%%{");

export const edgeStacks: StackKind = (fleet, account) => {
  const { edge, network } = account;
  if (edge === undefined || network === undefined) return [];
  return [
    {
      account,
      concern: "edge",
      lacks: Object.keys(edge.sites).length === 0 ? [] : undelegatedZone(fleet, account),
      build: (scope, options) =>
        new EdgeStack(scope, { fleet, account, edge, publicZone: network.publicZone, ...options }),
    },
  ];
};
