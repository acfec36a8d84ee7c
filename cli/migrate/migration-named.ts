import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import type { Migration } from "../../environments/schema/migration";
import { nearest } from "../../environments/schema/parse";
import { CliError } from "../errors";
import { accountNamed } from "../account-named";

/** @throws CliError when the organization has no such migration, with what may have been meant. */
export function migrationNamed(
  fleet: Fleet,
  id: string,
): { readonly migration: Migration; readonly account: Account } {
  const migration = fleet.migrations.find((each) => each.id === id);
  if (migration !== undefined) return { migration, account: accountNamed(fleet, migration.account) };
  const all = fleet.migrations.map((each) => each.id);
  const meant = nearest(id, all);
  throw new CliError(
    `There is no migration "${id}". Nothing was changed.`,
    meant === undefined
      ? `Migrations: ${all.join(", ") || "none; one is a file in migrations/"}.`
      : `Did you mean ${meant}?`,
  );
}
