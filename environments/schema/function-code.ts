import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { Service } from "./service";

/** The folder of a function's code, below the organization's `functions/`. */
export const codeOf = (name: string, { code }: { readonly code?: string | undefined }) => code ?? name;

/** A folder of code, relative to the working folder or absolute, as the organization's is. */
export const codeFolder = (directory: string, code: string) => join(directory, "functions", code);

/** The files of every function's code, by its folder below `functions/`: sorted, with forward slashes. */
export function readFunctionCode(
  directory: string,
  services: Readonly<Record<string, readonly Service[]>>,
): Readonly<Record<string, readonly string[]>> {
  const used = Object.values(services).flatMap((inAccount) =>
    inAccount.flatMap(({ functions }) =>
      Object.entries(functions).map(([name, definition]) => codeOf(name, definition)),
    ),
  );
  return Object.fromEntries(
    [...new Set(used)].sort().map((code) => [code, filesBelow(codeFolder(directory, code))]),
  );
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}
