import { existsSync } from "node:fs";
import { join } from "node:path";
import pRetry, { AbortError } from "p-retry";
import type { Account } from "../environments/schema/account";
import { withCredentials, type CredentialSource } from "./credentials";
import { explainFailure } from "./failures";
import { summarize, type PlanSummary } from "./plan-summary";
import { terraform, wasInterrupted, type TerraformResult } from "./terraform";
import { backendArguments, terraformEnvironment, type Workspace } from "./workspace";

export interface RunnerOptions {
  readonly credentials: CredentialSource;
  /** Minutes after which one Terraform run is stopped. */
  readonly timeoutMinutes: number;
  /** How often a passing fault is tried again. */
  readonly retries: number;
}

/** A Terraform run that failed; the message says why, in Terraform's words. */
export class StackFailedError extends Error {
  override readonly name = "StackFailedError";
  constructor(
    readonly stackId: string,
    readonly step: string,
    message: string,
    readonly log: string,
  ) {
    super(message);
  }
}

const PLAN_FILE = "slipway.tfplan";

/** How `terraform plan -detailed-exitcode` says that there is something to do. */
const CHANGES = 2;

/** How long another's lock is waited for: as Terraform's own variable says, such as CI's, or a minute. */
const lockTimeout = (step: "plan" | "apply"): string[] =>
  process.env[`TF_CLI_ARGS_${step}`]?.includes("-lock-timeout") === true ? [] : ["-lock-timeout=60s"];

/** Reading a saved plan takes as long again as making it; one without changes needs no reading. */
const NOTHING: PlanSummary = { changes: [], outputsChange: false, notices: [] };

/** Runs one stack's Terraform, with credentials of its account. */
export class StackRunner {
  private warm: Promise<void> | undefined;

  constructor(private readonly options: RunnerOptions) {}

  /** `terraform init`; an emulator's state may be gone since last time, hence `-reconfigure`. */
  async init(
    workspace: Workspace,
    account: Account,
    role: string,
    args: readonly string[] = ["-reconfigure"],
  ): Promise<void> {
    const init = async () => {
      await this.run(workspace, account, role, "init", [
        "init",
        "-no-color",
        ...args,
        ...backendArguments(workspace),
      ]);
    };
    // The first fills the folder of plug-ins that all share, which Terraform does not lock.
    if (this.warm !== undefined) await this.warm.then(init, init);
    else await (this.warm = init());
  }

  /** Plans, and saves the plan for `apply`. */
  async plan(
    workspace: Workspace,
    account: Account,
    role: string,
    args: readonly string[] = [],
  ): Promise<PlanSummary> {
    const planned = await this.raw(workspace, account, role, [
      "plan",
      "-no-color",
      ...lockTimeout("plan"),
      "-detailed-exitcode",
      `-out=${PLAN_FILE}`,
      ...args,
    ]);
    if (planned.exitCode === 0 && !planned.output.includes("Check block assertion failed")) return NOTHING;
    if (planned.exitCode !== 0 && planned.exitCode !== CHANGES)
      throw this.failure(workspace, "plan", planned);
    const { output } = await this.run(workspace, account, role, "show", [
      "show",
      "-json",
      "-no-color",
      PLAN_FILE,
    ]);
    return summarize(output.slice(output.indexOf("{")));
  }

  /** Applies the saved plan, and no other. */
  async apply(
    workspace: Workspace,
    account: Account,
    role: string,
    onProgress: (done: number) => void = () => undefined,
  ): Promise<void> {
    let done = 0;
    await this.run(
      workspace,
      account,
      role,
      "apply",
      ["apply", "-no-color", ...lockTimeout("apply"), PLAN_FILE],
      (line) => {
        if (/: (Creation|Modifications|Destruction) complete/.test(line)) onProgress(++done);
      },
    );
  }

  /** Applies the saved plan; what passes by itself is tried again, each time with a plan made anew. */
  async applyWithRetries(
    workspace: Workspace,
    account: Account,
    role: string,
    planned: PlanSummary,
    onProgress: (text: string) => void,
    planArgs: readonly string[] = [],
  ): Promise<void> {
    await pRetry(
      async (attempt) => {
        const summary = attempt === 1 ? planned : await this.plan(workspace, account, role, planArgs);
        if (summary.changes.length === 0 && !summary.outputsChange) return;
        await this.apply(workspace, account, role, (done) =>
          onProgress(`${done} of ${summary.changes.length}`),
        );
      },
      {
        retries: this.options.retries,
        minTimeout: 1000,
        randomize: true,
        shouldRetry: ({ error }) => error instanceof TransientError && !wasInterrupted(),
      },
    );
  }

  /** Addresses in the stack's state; empty when it was never applied. */
  async addresses(workspace: Workspace, account: Account, role: string): Promise<string[]> {
    const result = await this.raw(workspace, account, role, ["state", "list"]);
    if (result.exitCode !== 0 && !/No state file was found/.test(result.output))
      throw this.failure(workspace, "state list", result);
    return result.exitCode === 0
      ? result.output.split("\n").filter((line) => line !== "" && !line.startsWith("data."))
      : [];
  }

  /** The stack's outputs as Terraform prints them. */
  async outputs(workspace: Workspace, account: Account, role: string): Promise<Record<string, unknown>> {
    const { output } = await this.run(workspace, account, role, "output", ["output", "-json", "-no-color"]);
    const parsed = JSON.parse(output.slice(output.indexOf("{"))) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(parsed).map(([name, { value }]) => [name, value]));
  }

  private async run(
    workspace: Workspace,
    account: Account,
    role: string,
    step: string,
    args: readonly string[],
    onLine?: (line: string) => void,
  ): Promise<TerraformResult> {
    const result = await this.raw(workspace, account, role, args, onLine);
    if (result.exitCode !== 0) throw this.failure(workspace, step, result);
    return result;
  }

  private async raw(
    workspace: Workspace,
    account: Account,
    role: string,
    args: readonly string[],
    onLine?: (line: string) => void,
  ): Promise<TerraformResult> {
    if (wasInterrupted())
      throw new AbortError(
        new StackFailedError(workspace.stack, args[0] ?? "", "Interrupted.", workspace.log),
      );
    return terraform(args, {
      cwd: workspace.dir,
      env: withCredentials(terraformEnvironment(), await this.options.credentials.for(account, role)),
      log: workspace.log,
      timeout: this.options.timeoutMinutes * 60_000,
      ...(onLine === undefined ? {} : { onLine }),
    });
  }

  private failure(
    workspace: Workspace,
    step: string,
    { output, timedOut }: TerraformResult,
  ): StackFailedError {
    const { message, transient } = explainFailure(output, timedOut, this.options.timeoutMinutes);
    const lost = existsSync(join(workspace.dir, "errored.tfstate"))
      ? `\nThe state could not be stored. It is kept in ${workspace.dir}/errored.tfstate, and the next apply refuses until it is pushed.`
      : "";
    const Failed = transient ? TransientError : StackFailedError;
    return new Failed(workspace.stack, step, message + lost, workspace.log);
  }
}

/** A failure that may pass by itself. */
class TransientError extends StackFailedError {}
