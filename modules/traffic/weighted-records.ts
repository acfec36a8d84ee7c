import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";

export interface WeightedRecordsProps {
  /** Hosted zone of the name. */
  readonly zoneId: string;
  /** Fully qualified. */
  readonly name: string;
  readonly type: "CNAME" | "A";
  /** Seconds for which resolvers keep an answer. */
  readonly ttl: number;
  /** Beginning of the records' identifiers, unique among those of the name. */
  readonly identifier: string;
  /** Where the former place answers; none once it is gone. */
  readonly former?: string;
  /** Where the new place answers. */
  readonly target: string;
  /** Percent of the answers that name the new place. */
  readonly percent: number;
}

/**
 * A name with two answers, each as often as its weight: a step changes both weights, and nothing else. A weight of 0
 * is never answered with as long as the other is more.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html
 */
export class WeightedRecords extends Construct {
  constructor(scope: Construct, id: string, props: WeightedRecordsProps) {
    super(scope, id);
    const { zoneId, name, type, ttl, identifier, former, target, percent } = props;
    const record = (place: "former" | "target", value: string, weight: number) =>
      new Route53Record(this, place, {
        zoneId,
        name,
        type,
        ttl,
        records: [value],
        setIdentifier: `${identifier}-${place}`,
        weightedRoutingPolicy: { weight },
      });
    if (former !== undefined) record("former", former, 100 - percent);
    record("target", target, percent);
  }
}
