import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { migrationForm, type Migration } from "./migration";
import { evidence as evidenceSchema, type Evidence, type EvidenceByPhase } from "./migration/evidence";
import { PHASES, type Phase } from "./migration/phase";
import { parse } from "./parse";
import type { Violation } from "./violation";

/** How an organization's files are listed, read and called. */
interface Files {
  list(directory: string): readonly string[];
  read(path: string): { readonly content: unknown } | undefined;
  file(path: string): string;
}

export interface LoadedMigrations {
  readonly migrations: readonly Migration[];
  readonly evidence: Readonly<Record<string, EvidenceByPhase>>;
  readonly certificates: Readonly<Record<string, string>>;
  readonly sources: Readonly<Record<string, string>>;
}

/** Folder of an organization with its migrations; below it their evidence and certificates. */
export const MIGRATIONS = "migrations";
/** File with what held when a phase was left. */
export const evidenceFile = (directory: string, id: string, phase: Phase) =>
  join(directory, MIGRATIONS, "evidence", id, `${phase}.json`);

/** Reads `migrations/`: definitions sorted by id, evidence by phase, certificates by name. */
export function readMigrations(directory: string, files: Files, violations: Violation[]): LoadedMigrations {
  const known = files.list(join(directory, MIGRATIONS)).flatMap((path) => {
    const loaded = files.read(path);
    const value = loaded === undefined ? undefined : parseAs(path, loaded.content);
    return value === undefined ? [] : [{ path: files.file(path), value }];
  });
  known.sort((a, b) => (a.value.id < b.value.id ? -1 : 1));
  const sources: Record<string, string> = {};
  for (const { path, value } of known) {
    const first = sources[value.id];
    if (first === undefined) sources[value.id] = path;
    else {
      const allowed = `an id of its own; ${first} has this one`;
      violations.push({ file: path, path: "id", given: value.id, allowed });
    }
  }
  return {
    migrations: known.map(({ value }) => value),
    evidence: Object.fromEntries(known.map(({ value: { id } }) => [id, evidenceOf(id)])),
    certificates: readCertificates(join(directory, MIGRATIONS, "certificates")),
    sources,
  };

  function parseAs(path: string, content: unknown): Migration | undefined {
    const result = parse(migrationForm(content), content, files.file(path));
    if ("value" in result) return result.value;
    violations.push(...result.violations);
    return undefined;
  }

  function evidenceOf(id: string): EvidenceByPhase {
    const found: Partial<Record<Phase, Evidence>> = {};
    for (const phase of PHASES) {
      const path = evidenceFile(directory, id, phase);
      const loaded = existsSync(path) ? files.read(path) : undefined;
      if (loaded === undefined) continue;
      const result = parse(evidenceSchema, loaded.content, files.file(path));
      if ("value" in result) found[phase] = result.value;
      else violations.push(...result.violations);
    }
    return found;
  }
}

function readCertificates(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => /\.(pem|sso)$/.test(name))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), name.endsWith(".sso") ? "base64" : "utf8")]),
  );
}
