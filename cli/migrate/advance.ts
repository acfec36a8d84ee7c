import { nextPhase } from "../../environments/schema/migration/phase";
import { CliError } from "../errors";
import { colour, plural, print, printJson } from "../output";
import { PLAN } from "../preparation";
import { evidenceOf, leavePhase } from "./evidence";
import { passes, type Gate } from "./gate";
import { readMeasured } from "./measured";
import { lookAt, openSession, requireApplied } from "./session";
import { selectorsOf, stackOf } from "./stacks";
import { printGates } from "./view";

export interface AdvanceOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly sandbox?: boolean;
  readonly measured?: string;
}

/** `slipway migrate advance`: leaves a phase once its gates hold, with the evidence of that. */
export async function advance(id: string, options: AdvanceOptions): Promise<void> {
  const at = new Date();
  const session = await openSession(id, PLAN, options.sandbox === true);
  const { fleet, account, migration } = session;
  const to = nextPhase(migration.phase);
  if (to === undefined)
    throw new CliError(
      `${id} is in ${migration.phase}, the last phase: it is at its end. Nothing was changed.`,
      `When its sign-off is done, remove ${fleet.sources.migrations[id] ?? "its file"} and apply: slipway down ${stackOf(account, migration)}`,
    );
  const measured = options.measured === undefined ? undefined : readMeasured(options.measured, at);
  const look = await lookAt(session, measured);
  requireApplied(session, look);
  const leaving = {
    to,
    gates: look.gates,
    notes: look.notes,
    by: await session.caller(),
    at,
    ...(measured === undefined ? {} : { measured }),
  };
  if (options.json !== true) printGates(migration, look.gates);
  const open = look.gates.filter((each) => !passes(each));
  if (open.length > 0) {
    if (options.json === true) printJson(evidenceOf(migration, leaving));
    throw notYet(id, migration.phase, open);
  }
  const files = options.dryRun === true ? [] : leavePhase(fleet, migration, leaving);
  if (options.json === true) return printJson(evidenceOf(migration, leaving));
  if (options.dryRun === true) return print(`\nIt could go on to ${to}; nothing was changed.`);
  print(`\n${colour.green("✔")} ${id} has left ${migration.phase} and is in ${to}. Written:`);
  for (const file of files) print(`  ${file}`);
  print("Commit both, have them reviewed, and apply:");
  print(`  slipway plan ${selectorsOf(session)}`);
  print(`  slipway up ${selectorsOf(session)}`);
}

const notYet = (id: string, phase: string, open: readonly Gate[]) =>
  new CliError(
    `${id} cannot leave ${phase}: ${plural(open.length, "gate")} ${open.length === 1 ? "does" : "do"} not hold. Nothing was changed.\n${open
      .map(({ gate, value, limit, why = "" }) => `  ${gate}: ${value}, and has to be ${limit}\n    ${why}`)
      .join("\n")}`,
  );
