import type { Account } from "../account";
import type { Fleet } from "../fleet";
import type { Migration } from "../migration";
import type { DmsMigration } from "../migration/dms";
import type { Violation } from "../violation";

/** A violation without its file, which is the migration's. */
export type Found = Omit<Violation, "file">;

/** What is found in each migration by DMS, with the file that it is in; those in no account are told of elsewhere. */
export function perDmsMigration(
  fleet: Fleet,
  find: (migration: DmsMigration, account: Account) => readonly Found[],
): Violation[] {
  return perMigration(fleet, (migration, account) =>
    migration.kind === "dms" ? find(migration, account) : [],
  );
}

/** What is found in each migration, with the file that it is in; those in no account are told of elsewhere. */
export function perMigration(
  fleet: Fleet,
  find: (migration: Migration, account: Account) => readonly Found[],
): Violation[] {
  return fleet.migrations.flatMap((migration) => {
    const account = fleet.accounts.find(({ name }) => name === migration.account);
    if (account === undefined) return [];
    const file = fleet.sources.migrations[migration.id] ?? migration.id;
    return find(migration, account).map((found) => ({ ...found, file }));
  });
}

/** Whether a migration is excused from a control, for a subject or altogether. */
export const isWaived = (
  { waivers }: Pick<Migration, "waivers">,
  control: Migration["waivers"][number]["control"],
  subject?: string,
): boolean => waivers.some((waiver) => waiver.control === control && (waiver.subject ?? subject) === subject);
