import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Fleet } from "../../environments/schema/fleet";
import { MIGRATIONS } from "../../environments/schema/load-migrations";

/**
 * Keeps what an operation came to, such as where a task stopped, beside the evidence: what is lost with the task is
 * in the repository. Returns the file.
 */
export function keepRecord(
  fleet: Pick<Fleet, "directory">,
  id: string,
  name: string,
  record: Readonly<Record<string, string | number>>,
): string {
  const file = join(fleet.directory, MIGRATIONS, "evidence", id, `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
}
