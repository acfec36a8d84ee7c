import * as names from "../../environments/schema/names";
import { read } from "../contract";
import { databaseContract } from "../contracts";
import { pascal, variable, type ServiceFeature } from "./feature";

/**
 * `databases`: the group, the address as `DATABASE_<NAME>_HOST`, `_READER_HOST`, `_PORT`, `_NAME` and `_USER`, and
 * the right to sign in as that user with a token of fifteen minutes instead of a password.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
 */
export const databases: ServiceFeature = ({ stack, definition }) => {
  const { account } = stack;
  const user = names.databaseUser(definition);
  const found = [...new Set(definition.databases)]
    .sort()
    .map((name) => ({ name, database: read(stack, databaseContract(name)) }));
  return {
    environment: Object.fromEntries(
      found.flatMap(({ name, database }) => {
        const prefix = `DATABASE_${variable(name)}`;
        return [
          [`${prefix}_HOST`, database.endpoint],
          [`${prefix}_READER_HOST`, database.readerEndpoint],
          [`${prefix}_PORT`, database.port],
          [`${prefix}_NAME`, database.databaseName],
          [`${prefix}_USER`, user],
        ];
      }),
    ),
    statements: found.map(({ name, database }) => ({
      sid: `SignInTo${pascal(name)}`,
      actions: ["rds-db:connect"],
      resources: [`arn:aws:rds-db:${account.region}:${account.id}:dbuser:${database.resourceId}/${user}`],
    })),
    securityGroupIds: found.map(({ database }) => database.clientGroupId),
  };
};
