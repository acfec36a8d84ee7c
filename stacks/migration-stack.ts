import { migrationsIn } from "../environments/schema/fleet";
import type { Migration } from "../environments/schema/migration";
import { DmsStack } from "./migration/dms";
import { MigrationFoundationStack } from "./migration/foundation";
import { OpensearchStack } from "./migration/opensearch";
import { RedisStack } from "./migration/redis";
import type { StackKind, PlannedStack } from "./stack-kind";
import type { Fleet } from "../environments/schema/fleet";
import type { Account } from "../environments/schema/account";

/** The stack of one migration, by its kind. A new kind is a file and a line here. */
function stackOf(fleet: Fleet, account: Account, migration: Migration): PlannedStack[] {
  const planned = (build: PlannedStack["build"]) => [
    { account, concern: "migration", name: migration.id, build },
  ];
  switch (migration.kind) {
    case "dms":
      return planned((scope, options) => new DmsStack(scope, { fleet, account, migration, ...options }));
    case "redis":
      return planned((scope, options) => new RedisStack(scope, { fleet, account, migration, ...options }));
    case "opensearch":
      return planned(
        (scope, options) => new OpensearchStack(scope, { fleet, account, migration, ...options }),
      );
  }
}

/** What migrations of an account share, and a stack for each of them. */
export const migrationStacks: StackKind = (fleet, account) => {
  const own = migrationsIn(fleet, account);
  const byDms = own.flatMap((migration) => (migration.kind === "dms" ? [migration] : []));
  return [
    ...(byDms.length === 0
      ? []
      : [
          {
            account,
            concern: "migration",
            build: (scope, options) =>
              new MigrationFoundationStack(scope, { fleet, account, migrations: byDms, ...options }),
          } satisfies PlannedStack,
        ]),
    ...own.flatMap((migration) => stackOf(fleet, account, migration)),
  ];
};
