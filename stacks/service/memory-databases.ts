import * as names from "../../environments/schema/names";
import { read } from "../contract";
import { memoryDatabaseContract } from "../contracts";
import { pascal, variable, type ServiceFeature } from "./feature";

/**
 * `memoryDatabases`: the group, the address as `MEMORY_DATABASE_<NAME>_HOST` and `_PORT`, and the right to sign in as
 * `_USER` with a token of fifteen minutes for `_CLUSTER_NAME` instead of a password.
 * https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html
 */
export const memoryDatabases: ServiceFeature = ({ stack, definition }) => {
  const { account } = stack;
  const found = [...new Set(definition.memoryDatabases)].sort().map((name) => ({
    name,
    user: names.storeUser(name, definition),
    contract: read(stack, memoryDatabaseContract(name)),
  }));
  return {
    environment: Object.fromEntries(
      found.flatMap(({ name, user, contract }) => {
        const prefix = `MEMORY_DATABASE_${variable(name)}`;
        return [
          [`${prefix}_HOST`, contract.endpoint],
          [`${prefix}_PORT`, contract.port],
          [`${prefix}_CLUSTER_NAME`, contract.clusterName],
          [`${prefix}_USER`, user],
        ];
      }),
    ),
    statements: found.map(({ name, user, contract }) => ({
      sid: `SignInToMemory${pascal(name)}`,
      actions: ["memorydb:Connect"],
      resources: [contract.arn, `arn:aws:memorydb:${account.region}:${account.id}:user/${user}`],
    })),
    securityGroupIds: found.map(({ contract }) => contract.clientGroupId),
  };
};
