import type { Command } from "commander";
import { CliError } from "../errors";
import { colour, plural, print } from "../output";
import { loadPlatform } from "../platform";
import { workflowFiles } from "../workflows/all";
import { compareFiles, writeFiles } from "../workflows/repository-files";

export function registerWorkflows(program: Command): void {
  program
    .command("workflows")
    .description("write CI's files from the organization's description; --check compares them only")
    .option("--check", "write nothing; exit 1 when a file is not as it would be written")
    .option("--directory <dir>", "the repository that the files are for", ".")
    .action(({ check, directory }: { check?: boolean; directory: string }) => {
      const platform = loadPlatform();
      const files = workflowFiles(platform, directory);
      const changes = compareFiles(files, platform.fleet.organization.name, directory);
      if (check === true && changes.length > 0) {
        throw new CliError(
          `CI's files are not as the organization describes them:\n${changes.map(({ path, change }) => `  ${path} ${CHANGES[change].check}`).join("\n")}`,
          "Write them anew, and commit them: slipway workflows",
        );
      }
      writeFiles(changes, directory);
      for (const { path, change } of changes) print(`${CHANGES[change].done}: ${path}`);
      if (changes.length === 0) print(`${colour.green("✔")} ${plural(files.length, "file")} up to date.`);
    });
}

const CHANGES = {
  missing: { check: "is missing", done: "Written" },
  different: { check: "differs", done: "Written" },
  stale: { check: "is of no workflow any more", done: "Removed" },
} as const;
