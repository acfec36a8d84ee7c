import { Fn, Token } from "cdktf";
import { signsInByIam } from "../../environments/schema/database-engines";
import { databaseSecretOf } from "../../environments/schema/database-secrets";
import type { Database } from "../../environments/schema/data/database";
import * as names from "../../environments/schema/names";
import { read } from "../contract";
import { databaseContract, replicasContract, secretContract } from "../contracts";
import { pascal, variable, type Contribution, type ServiceContext, type ServiceFeature } from "./feature";

/**
 * `databases`: the group, the address as `DATABASE_<NAME>_HOST`, `_READER_HOST`, `_PORT`, `_NAME` and `_USER`, and
 * the right to sign in as that user with a token of fifteen minutes instead of a password; SQL Server, which knows
 * passwords only, is given user and password from a secret.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
 */
export const databases: ServiceFeature = (context) => {
  const declared = context.stack.account.data?.databases ?? {};
  const found = [...new Set(context.definition.databases)].sort().flatMap((name) => {
    const database = declared[name];
    return database === undefined ? [] : [contribution(context, name, database)];
  });
  return {
    environment: Object.assign({}, ...found.map(({ environment }) => environment)) as Record<string, string>,
    secrets: Object.assign({}, ...found.map(({ secrets }) => secrets)) as Record<string, string>,
    statements: found.flatMap(({ statements = [] }) => statements),
    securityGroupIds: found.flatMap(({ securityGroupIds = [] }) => securityGroupIds),
  };
};

function contribution(context: ServiceContext, name: string, database: Database): Contribution {
  const { stack, definition } = context;
  const found = read(stack, databaseContract(name));
  const prefix = `DATABASE_${variable(name)}`;
  const signIn = signsInByIam(database)
    ? tokens(context, name, database, found.resourceId)
    : password(context, name, database);
  return {
    ...signIn,
    environment: {
      [`${prefix}_HOST`]: found.endpoint,
      [`${prefix}_READER_HOST`]: found.readerEndpoint,
      [`${prefix}_PORT`]: found.port,
      [`${prefix}_NAME`]: found.databaseName,
      ...(signsInByIam(database) ? { [`${prefix}_USER`]: names.databaseUser(definition) } : {}),
      // What says nothing of its engine is Aurora PostgreSQL, here as in the account's file.
      ...(database.engine === "aurora-postgresql" ? {} : { [`${prefix}_ENGINE`]: database.engine }),
      ...(hasReplicas(database)
        ? { [`${prefix}_READER_HOSTS`]: Fn.join(",", read(stack, replicasContract(name)).endpoints) }
        : {}),
    },
    securityGroupIds: [found.clientGroupId],
  };
}

/** Read replicas of an instance have an address and an id each; those of a cluster share one. */
const hasReplicas = (database: Database) =>
  !database.engine.startsWith("aurora-") && (database.readers ?? 0) > 0;

function tokens(
  { stack, definition }: ServiceContext,
  name: string,
  database: Database,
  resourceId: string,
): Contribution {
  const { account } = stack;
  const user = names.databaseUser(definition);
  const sign = (id: string) => `arn:aws:rds-db:${account.region}:${account.id}:dbuser:${id}/${user}`;
  const statement = {
    sid: `SignInTo${pascal(name)}`,
    actions: ["rds-db:connect"],
    resources: [sign(resourceId)],
  };
  if (!hasReplicas(database)) return { statements: [statement] };
  const { resourceIds } = read(stack, replicasContract(name));
  const replicas = Array.from({ length: database.readers ?? 0 }, (_, index) =>
    sign(Token.asString(Fn.element(resourceIds, index))),
  );
  return { statements: [{ ...statement, resources: [...statement.resources, ...replicas] }] };
}

/** The JSON of the service's own secret, with `username` and `password`, as ECS puts it into variables. */
function password({ stack, definition }: ServiceContext, name: string, database: Database): Contribution {
  const secret = databaseSecretOf(name, database, definition);
  if (secret === undefined) return {};
  const { arn } = read(stack, secretContract(secret));
  const prefix = `DATABASE_${variable(name)}`;
  return {
    secrets: { [`${prefix}_USER`]: `${arn}:username::`, [`${prefix}_PASSWORD`]: `${arn}:password::` },
  };
}
