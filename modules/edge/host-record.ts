import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";

export interface HostRecordProps {
  /** Hosted zone of the name. */
  readonly zoneId: string;
  /** Fully qualified. */
  readonly hostName: string;
  /** Who keeps it: services that share a host have a record each, so that each can come and go alone. */
  readonly owner: string;
  /** The load balancer that the name leads to. */
  readonly loadBalancer: { readonly dnsName: string; readonly zoneId: string };
}

/**
 * A host name that leads to one load balancer: one of equally weighted records, all of which say the same.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
 */
export function hostRecord(scope: Construct, id: string, props: HostRecordProps): Route53Record {
  return new Route53Record(scope, id, {
    zoneId: props.zoneId,
    name: props.hostName,
    type: "A",
    setIdentifier: props.owner,
    weightedRoutingPolicy: { weight: 1 },
    // A load balancer counts as unhealthy when any of its services is, and there is no other to lead to.
    alias: {
      name: props.loadBalancer.dnsName,
      zoneId: props.loadBalancer.zoneId,
      evaluateTargetHealth: false,
    },
  });
}
