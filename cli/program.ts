import { Command } from "commander";
import { registerAffected } from "./commands/affected";
import { registerAllocate } from "./commands/allocate";
import { registerBootstrap } from "./commands/bootstrap";
import { registerDeploy } from "./commands/deploy";
import { registerDown } from "./commands/down";
import { registerFacts } from "./commands/facts";
import { registerGraph } from "./commands/graph";
import { registerLedger } from "./commands/ledger";
import { registerList } from "./commands/list";
import { registerMigrate } from "./commands/migrate";
import { registerPlan } from "./commands/plan";
import { registerPromote } from "./commands/promote";
import { registerReleases } from "./commands/releases";
import { registerRestart } from "./commands/restart";
import { registerRollback } from "./commands/rollback";
import { registerSandbox } from "./commands/sandbox";
import { registerStages } from "./commands/stages";
import { registerSecrets } from "./commands/secrets";
import { registerSynth } from "./commands/synth";
import { registerUp } from "./commands/up";
import { registerValidate } from "./commands/validate";
import { registerWake } from "./commands/wake";
import { registerWorkflows } from "./commands/workflows";
import { describeError } from "./errors";
import { colour } from "./output";

/** Every verb, in the order of `slipway --help`. A new one is a file and a line here. */
const VERBS = [
  registerValidate,
  registerList,
  registerGraph,
  registerSynth,
  registerBootstrap,
  registerAffected,
  registerPlan,
  registerUp,
  registerDown,
  registerDeploy,
  registerPromote,
  registerReleases,
  registerRollback,
  registerRestart,
  registerSecrets,
  registerMigrate,
  registerWake,
  registerFacts,
  registerLedger,
  registerAllocate,
  registerStages,
  registerWorkflows,
  registerSandbox,
];

/** The `slipway` command. */
export function createProgram(): Command {
  const program = new Command("slipway")
    .description("A multi-account AWS platform from one typed description of a company.")
    .option(
      "--organization <dir>",
      "folder of the organization (default: SLIPWAY_ORGANIZATION or environments)",
    )
    .showHelpAfterError("slipway --help lists every command and option.")
    .hook("preAction", (command) => {
      const { organization } = command.opts<{ organization?: string }>();
      if (organization !== undefined) process.env["SLIPWAY_ORGANIZATION"] = organization;
    });
  for (const register of VERBS) register(program);
  return program;
}

/** Runs the command line; exit code 1 on any error, with what a person needs to mend it. */
export async function main(argv: readonly string[]): Promise<void> {
  // Whoever reads the output may stop early, as `head` does.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  try {
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    process.stderr.write(`${colour.red("Error:")} ${describeError(error)}\n`);
    process.exitCode = 1;
  }
}
