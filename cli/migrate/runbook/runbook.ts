import type { Account } from "../../../environments/schema/account";
import type { Fleet } from "../../../environments/schema/fleet";
import type { Migration } from "../../../environments/schema/migration";
import { dmsSections } from "./dms/document";
import { opensearchSections } from "./opensearch/document";
import { redisSections } from "./redis/document";
import { render, type Section } from "./text";

/** The runbook of a migration: Markdown with every command written out. A new kind is a file and a line here. */
export function runbookOf(
  fleet: Fleet,
  account: Account,
  migration: Migration,
  egress?: readonly string[],
): string {
  const place = { fleet, account, ...(egress === undefined ? {} : { egress }) };
  return render(
    `Runbook: ${migration.id}`,
    `${migration.description}. Written by \`slipway migrate runbook ${migration.id}\` from the definition; nothing in it is to be looked up. Results are written into it where a line is empty.`,
    sections(),
  );

  function sections(): readonly Section[] {
    switch (migration.kind) {
      case "dms":
        return dmsSections({ ...place, migration });
      case "redis":
        return redisSections({ ...place, migration });
      case "opensearch":
        return opensearchSections({ ...place, migration });
    }
  }
}
