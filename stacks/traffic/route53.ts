import type { Construct } from "constructs";
import { percentOf } from "../../environments/schema/migration/traffic";
import { WeightedRecords } from "../../modules/traffic/weighted-records";
import { read } from "../contract";
import { zonesContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { hasFormer, identifier, type TrafficStackProps } from "./props";

/** Names of the account's public zone whose answers move from one place to another. */
export class Route53TrafficStack extends PlatformStack {
  constructor(scope: Construct, { migration, traffic, ...props }: TrafficStackProps<"route53">) {
    super(scope, { ...props, concern: "traffic", name: migration.id });
    const { publicZoneId } = read(this, zonesContract);
    for (const { name, type, from, to } of traffic.records) {
      new WeightedRecords(this, `record_${identifier(name)}`, {
        zoneId: publicZoneId,
        name,
        type,
        ttl: traffic.ttl,
        identifier: migration.id,
        ...(hasFormer(migration) ? { former: from } : {}),
        target: to,
        percent: percentOf(traffic),
      });
    }
  }
}
