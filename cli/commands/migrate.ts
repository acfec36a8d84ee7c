import type { Command } from "commander";
import { advance } from "../migrate/advance";
import type { Operation } from "../migrate/kind";
import { list } from "../migrate/list";
import { operate, type OperateOptions } from "../migrate/operate";
import { status } from "../migrate/status";
import { writeRunbook } from "../migrate/write-runbook";

/** `slipway migrate`: data on its way into an account, phase by phase. */
export function registerMigrate(program: Command): void {
  const migrate = program
    .command("migrate")
    .description("work migrations of data: see how they are, start and stop them, leave a phase");
  migrate
    .command("list")
    .description("list all migrations with their phases; makes no AWS call")
    .option("--json", "print an array, an object a migration")
    .action(list);
  const of = (name: string, description: string) =>
    migrate
      .command(name)
      .description(description)
      .argument("<id>", "a migration")
      .option("--sandbox", "ask the emulator that npm start left running, not AWS");
  const measured = "--measured <file>";
  of("status", "show tasks, tables, latency, validation, and each gate with its value and limit")
    .option("--watch", "look again until every gate of the phase holds")
    .option(measured, "JSON of what was measured inside the network")
    .option("--json", "print an object")
    .action(status);
  of("advance", "leave the phase once its gates hold: writes the evidence, and the next phase's word")
    .option(measured, "JSON of what was measured inside the network")
    .option("--dry-run", "say whether it could, and write nothing")
    .option("--json", "print the evidence as an object")
    .action(advance);
  const operation = (name: Operation, description: string) =>
    of(name, description)
      .option("--dry-run", "say what would be done, and do nothing")
      .option("--auto-approve", "do not ask before what cannot be undone");
  const directed = (command: Command) =>
    command
      .option("--validation", "the task that only compares")
      .option("--reverse", "the task of the way back");
  const does = (name: Operation) => (id: string, options: OperateOptions) => operate(name, id, options);
  directed(operation("start", "start a task, or let it go on where it stopped"))
    .option("--position <position>", "with --reverse: where in the target's log the way back begins")
    .option("--now", "with --reverse: it begins with what is written from now on")
    .option("--from-scratch", "load or compare everything anew")
    .action(does("start"));
  directed(operation("stop", "stop a task, and keep where it stopped")).action(does("stop"));
  operation("reload", "load tables anew: those in error or different, or those that are named")
    .option("--table <schema.table>", "a table; may be said again", (name: string, before: string[] = []) => [
      ...before,
      name,
    ])
    .action((id: string, { table, ...options }: OperateOptions & { readonly table?: string[] }) =>
      operate("reload", id, { ...options, ...(table === undefined ? {} : { tables: table }) }),
    );
  operation("assess", "let AWS check source, target and tables before the load")
    .option("--connections", "test the connections only")
    .action(does("assess"));
  of("runbook", "print the migration's runbook: every step with its command, from prerequisites to sign-off")
    .option("--out <file>", "write it to a file instead")
    .action(writeRunbook);
}
