import { join } from "node:path";
import type { Command } from "commander";
import { loadFleet } from "../../environments/schema/load";
import { CliError } from "../errors";
import { colour, plural, print } from "../output";
import { loadPlatform } from "../platform";
import { serviceFile, workflowFiles } from "../workflows/all";
import { deliveryOf } from "../workflows/delivery-target";
import { compareFiles, writeFiles } from "../workflows/repository-files";

interface WorkflowsOptions {
  readonly check?: boolean;
  readonly service?: string;
  readonly directory?: string;
}

export function registerWorkflows(program: Command): void {
  program
    .command("workflows")
    .description("write CI's files from the organization's description; --check compares them only")
    .option("--check", "write nothing; exit 1 when a file is not as it would be written")
    .option(
      "--service <service>",
      "print the file of this service's own repository instead, or write it to --directory",
    )
    .option("--directory <dir>", 'the repository that the files are for (default: ".")')
    .action(({ check, service, directory: given }: WorkflowsOptions) => {
      if (service !== undefined) {
        const fleet = loadFleet();
        const file = serviceFile(fleet, service);
        if (given === undefined) {
          process.stderr.write(`${file.path} of ${deliveryOf(fleet, service).source.repository}:\n`);
          print(file.text.trimEnd());
          return;
        }
        writeFiles([{ ...file, change: "missing" }], given);
        print(`Written: ${join(given, file.path)}`);
        return;
      }
      const directory = given ?? ".";
      const fleet = loadFleet();
      const described = {
        fleet,
        get stacks() {
          return loadPlatform().stacks;
        },
      };
      const files = workflowFiles(described, directory);
      const changes = compareFiles(files, fleet.organization.name, directory);
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
