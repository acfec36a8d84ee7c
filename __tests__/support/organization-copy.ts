import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./company";

const DATA = ["organization.ts", "common.ts", "accounts", "services", "functions", "facts"];

/**
 * A copy of the organization that Slipway ships with, to be changed. Its ledgers stay behind: nothing may rest on
 * pinned priorities alone.
 */
export function copyOrganization(): string {
  const folder = temporaryFolder();
  for (const name of DATA) cpSync(join("environments", name), join(folder, name), { recursive: true });
  return folder;
}

export function addService(folder: string, name: string, source: string): void {
  writeFileSync(join(folder, "services", `${name}.ts`), source);
}

export function removeService(folder: string, name: string): void {
  rmSync(join(folder, "services", `${name}.ts`));
}
