import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { header, type WorkflowFile } from "./workflow-file";

/** A file of the repository that is not as it should be. */
export interface FileChange {
  readonly path: string;
  readonly change: "missing" | "different" | "stale";
  /** What it should hold; nothing for one that should not be. */
  readonly text?: string;
}

/**
 * Compares an organization's files of CI with those of a repository. Those that `slipway workflows` once wrote are
 * known by their header; another organization's stay.
 */
export function compareFiles(
  files: readonly WorkflowFile[],
  organization: string,
  directory: string,
): FileChange[] {
  const mine = `${header(organization)}\n`;
  const wanted = new Set(files.map(({ path }) => path));
  const changes = files.flatMap(({ path, text }): FileChange[] => {
    const there = read(join(directory, path));
    if (there === text) return [];
    return [{ path, change: there === undefined ? "missing" : "different", text }];
  });
  const stale = candidates(directory)
    .filter((path) => !wanted.has(path) && read(join(directory, path))?.startsWith(mine) === true)
    .map((path): FileChange => ({ path, change: "stale" }));
  return [...changes, ...stale];
}

export function writeFiles(changes: readonly FileChange[], directory: string): void {
  for (const { path, text } of changes) {
    const file = join(directory, path);
    if (text === undefined) {
      rmSync(file, { force: true });
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Everything that CI engines read. */
function candidates(directory: string): string[] {
  return [
    ...[".github/workflows", ".gitlab", "templates"].flatMap((folder) =>
      filesIn(join(directory, folder)).map((name) => `${folder}/${name}`),
    ),
    ".gitlab-ci.yml",
    "bitbucket-pipelines.yml",
  ];
}

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".yml"))
        .sort()
    : [];

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
