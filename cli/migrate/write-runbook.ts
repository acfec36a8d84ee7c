import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { loadFleet } from "../../environments/schema/load";
import { print } from "../output";
import { attachSandbox } from "../sandbox/emulator";
import { egressOf } from "./egress";
import { migrationNamed } from "./migration-named";
import { runbookOf } from "./runbook/runbook";

export interface RunbookOptions {
  /** File to write it to; printed otherwise. */
  readonly out?: string;
  readonly sandbox?: boolean;
}

/** `slipway migrate runbook`: from data alone, but for the addresses that the source has to let in. */
export async function writeRunbook(id: string, { out, sandbox }: RunbookOptions): Promise<void> {
  const fleet = loadFleet();
  const { migration, account } = migrationNamed(fleet, id);
  if (sandbox === true) await attachSandbox();
  const egress = migration.network.path === "egress" ? await egressOf(fleet, account) : undefined;
  const text = runbookOf(fleet, account, migration, egress);
  if (out === undefined) return print(text.trimEnd());
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, text);
  print(`Written: ${out}`);
}
