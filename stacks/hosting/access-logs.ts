import { doorLedger } from "../../environments/schema/fleet";
import type { Hosting } from "../../environments/schema/hosting";
import * as names from "../../environments/schema/names";
import { shardsOf } from "../../environments/schema/placement";
import { SecureBucket } from "../../modules/data/secure-bucket";
import { arnLike, forService, stringEquals, type Statement } from "../../modules/identity/policy";
import type { PlatformStack } from "../platform-stack";

/**
 * The bucket with the load balancers' access logs, each below its own prefix.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function accessLogs(stack: PlatformStack, hosting: Hosting): SecureBucket {
  const { account, fleet, protection } = stack;
  const { id, region } = account;
  const ledger = doorLedger(fleet, account);
  const prefixes = (type: "application" | "network") =>
    Object.keys(hosting.loadBalancers)
      .filter((door) => hosting.loadBalancers[door]?.type === type)
      .sort()
      .flatMap((door) =>
        shardsOf(ledger, door).map(
          (shard) => `${names.loadBalancer(account, names.shard(door, shard))}/AWSLogs/${id}/*`,
        ),
      );
  const [application, network] = [prefixes("application"), prefixes("network")];
  return new SecureBucket(stack, "access_logs", {
    bucketName: names.bucket(fleet.organization, account, "access-logs"),
    expireAfterDays: account.capabilities.auditLogRetentionDays,
    keepVersionsDays: 30,
    protection,
    statements: (bucketArn) => {
      const of = (paths: readonly string[]) => paths.map((path) => `${bucketArn}/${path}`);
      return [
        ...(application.length === 0
          ? []
          : [
              {
                sid: "LoadBalancersDeliver",
                actions: ["s3:PutObject"],
                resources: of(application),
                principals: forService("logdelivery.elasticloadbalancing.amazonaws.com"),
                condition: [
                  arnLike("aws:SourceArn", `arn:aws:elasticloadbalancing:${region}:${id}:loadbalancer/*`),
                ],
              },
            ]),
        ...(network.length === 0 ? [] : networkDelivery({ bucketArn, id, region, paths: of(network) })),
      ];
    },
  });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html */
function networkDelivery(of: {
  readonly bucketArn: string;
  readonly id: string;
  readonly region: string;
  readonly paths: string[];
}): Statement[] {
  const principals = forService("delivery.logs.amazonaws.com");
  const condition = [
    stringEquals("aws:SourceAccount", of.id),
    arnLike("aws:SourceArn", `arn:aws:logs:${of.region}:${of.id}:*`),
  ];
  return [
    {
      sid: "NetworkLoadBalancersFind",
      actions: ["s3:GetBucketAcl"],
      resources: [of.bucketArn],
      principals,
      condition,
    },
    {
      sid: "NetworkLoadBalancersDeliver",
      actions: ["s3:PutObject"],
      resources: of.paths,
      principals,
      condition: [stringEquals("s3:x-amz-acl", "bucket-owner-full-control"), ...condition],
    },
  ];
}
