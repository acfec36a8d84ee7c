import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { cacheReplicas } from "../../environments/schema/data/cache";
import { reached } from "../../environments/schema/migration/phase";
import type { RedisMigration } from "../../environments/schema/migration/redis";
import { shardNodes } from "../../modules/data/cache-alarms";
import { OnlineAlarms } from "../../modules/migration/online-alarms";
import { read } from "../contract";
import { cacheContract, topicsContract, vpcContract } from "../contracts";
import { CompositionError } from "../errors";
import type { PlatformStack } from "../platform-stack";

/**
 * ElastiCache replicates from the source: the cache is let out to it until the cutover is over, and watched while it
 * follows. AWS's own calls start and complete it.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/OnlineMigration.html
 */
export function addOnlineMigration(stack: PlatformStack, migration: RedisMigration): void {
  const { account } = stack;
  const { phase, source, target, network } = migration;
  const cache = target.cache === undefined ? undefined : account.data?.caches[target.cache];
  if (target.cache === undefined || cache === undefined)
    throw new CompositionError(`${migration.id} has no cache, which a check refuses`);
  if (reached(phase, "rollback-window")) return;
  const { serverGroupId, replicationGroupId } = read(stack, cacheContract(target.cache));
  for (const cidrBlock of network.cidrBlocks ?? [read(stack, vpcContract).cidrBlock])
    new VpcSecurityGroupEgressRule(stack, ruleId(network.cidrBlocks === undefined ? "vpc" : cidrBlock), {
      securityGroupId: serverGroupId,
      description: `To the source of ${migration.id}`,
      ipProtocol: "tcp",
      fromPort: source.port,
      toPort: source.port,
      cidrIpv4: cidrBlock,
    });
  if (!reached(phase, "cdc") || reached(phase, "cutover")) return;
  new OnlineAlarms(stack, "alarms", {
    replicationGroupId,
    shards: shardNodes(replicationGroupId, cache.shards, cacheReplicas(cache, account.capabilities)),
    criticalTopicArn: read(stack, topicsContract).criticalTopicArn,
  });
}

const ruleId = (cidrBlock: string) => `source_${cidrBlock.replaceAll(/[./]/g, "_")}`;
