import { migrationsIn } from "../../environments/schema/fleet";
import { reached } from "../../environments/schema/migration/phase";
import * as names from "../../environments/schema/names";
import type { FurtherUser } from "../../modules/data/cache-users";
import { PasswordUser } from "../../modules/data/password-user";
import { read } from "../contract";
import { keysContract, secretContract } from "../contracts";
import type { PlatformStack } from "../platform-stack";

/** Users as which migrations fill a cache or an in-memory database, until they are over. */
export function addMigrationUsers(
  stack: PlatformStack,
  store: {
    readonly field: "cache" | "memoryDatabase";
    readonly name: string;
    readonly engine: "redis" | "valkey";
  },
): FurtherUser[] {
  const { account, fleet } = stack;
  return migrationsIn(fleet, account).flatMap((migration) => {
    if (
      migration.kind !== "redis" ||
      migration.target[store.field] !== store.name ||
      migration.target.secret === undefined ||
      reached(migration.phase, "decommission")
    )
      return [];
    return [
      new PasswordUser(stack, `migration_${migration.id.replaceAll("-", "_")}`, {
        userName: names.migrationUser(account, migration.id),
        service: store.field === "cache" ? "elasticache" : "memorydb",
        engine: store.engine,
        secretArn: read(stack, secretContract(migration.target.secret)).arn,
        dataKeyArn: read(stack, keysContract).dataKeyArn,
        roleName: names.migrationUserRole(account, migration.id),
        rolePath: names.WORKLOAD_ROLE_PATH,
        boundaryArn: names.boundaryArn(account),
        accountId: account.id,
        region: account.region,
      }).user,
    ];
  });
}
