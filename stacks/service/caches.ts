import { signsIn } from "../../environments/schema/data/cache";
import * as names from "../../environments/schema/names";
import { read } from "../contract";
import { cacheContract } from "../contracts";
import { pascal, variable, type ServiceFeature } from "./feature";

/**
 * `caches`: the group, the address as `CACHE_<NAME>_HOST`, `_READER_HOST` and `_PORT`, whether it speaks TLS and is
 * divided into shards, and the right to sign in as `_USER` with a token of fifteen minutes for
 * `_REPLICATION_GROUP_ID` instead of a password.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
export const caches: ServiceFeature = ({ stack, definition }) => {
  const { account } = stack;
  const known = account.data?.caches ?? {};
  const found = [...new Set(definition.caches)].sort().flatMap((name) => {
    const cache = known[name];
    return cache === undefined ? [] : [{ name, cache, contract: read(stack, cacheContract(name)) }];
  });
  const withUsers = found.filter(({ cache }) => signsIn(cache));
  return {
    environment: Object.fromEntries(
      found.flatMap(({ name, cache, contract }) => {
        const prefix = `CACHE_${variable(name)}`;
        return [
          [`${prefix}_HOST`, contract.endpoint],
          [`${prefix}_READER_HOST`, contract.readerEndpoint],
          [`${prefix}_PORT`, contract.port],
          [`${prefix}_TLS`, String(!cache.onlineMigrationTarget)],
          [`${prefix}_CLUSTER_MODE`, cache.shards === undefined ? "disabled" : "enabled"],
          [`${prefix}_REPLICATION_GROUP_ID`, contract.replicationGroupId],
          ...(signsIn(cache) ? [[`${prefix}_USER`, names.storeUser(name, definition)]] : []),
        ] as [string, string][];
      }),
    ),
    statements: withUsers.map(({ name, contract }) => ({
      sid: `SignInToCache${pascal(name)}`,
      actions: ["elasticache:Connect"],
      resources: [
        contract.arn,
        `arn:aws:elasticache:${account.region}:${account.id}:user:${names.storeUser(name, definition)}`,
      ],
    })),
    securityGroupIds: found.map(({ contract }) => contract.clientGroupId),
  };
};
