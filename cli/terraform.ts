import { spawn, type ChildProcess } from "node:child_process";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CliError } from "./errors";

/** Oldest Terraform whose S3 backend locks with a file. */
const OLDEST = [1, 11] as const;

export interface TerraformRun {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** File that everything printed goes to. */
  readonly log: string;
  /** Milliseconds after which Terraform is interrupted. @default none */
  readonly timeout?: number;
  /** Called with each line. */
  readonly onLine?: (line: string) => void;
}

export interface TerraformResult {
  readonly exitCode: number;
  readonly output: string;
  readonly timedOut: boolean;
}

/** Children that are running; the terminal's Ctrl-C reaches them too, and each gives its lock back before it ends. */
const running = new Set<ChildProcess>();
const interrupted = new AbortController();

/** Aborted when somebody interrupts the command. */
export const interruption = interrupted.signal;
export const wasInterrupted = () => interruption.aborted;

process.on("SIGINT", () => interrupt());
// What a CI engine says to a job that is cancelled, and to none of the job's children.
process.on("SIGTERM", () => {
  interrupt();
  for (const child of running) child.kill("SIGINT");
});

function interrupt(): void {
  if (interruption.aborted) process.exit(130);
  interrupted.abort();
  process.stderr.write("\nInterrupted: giving locks back first. Again to leave at once.\n");
}

/** Runs Terraform and waits for it. Does not throw on a failure of Terraform's. */
export function terraform(args: readonly string[], run: TerraformRun): Promise<TerraformResult> {
  mkdirSync(dirname(run.log), { recursive: true });
  appendFileSync(run.log, `\n$ terraform ${args.join(" ")}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(executable(), args, {
      cwd: run.cwd,
      env: run.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    let output = "";
    let rest = "";
    let timedOut = false;
    const timer =
      run.timeout === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill("SIGINT");
            setTimeout(() => child.kill("SIGKILL"), 30_000).unref();
          }, run.timeout);
    const take = (chunk: Buffer) => {
      const text = chunk.toString("utf8");
      output += text;
      appendFileSync(run.log, text);
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach((line) => run.onLine?.(line));
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => {
      running.delete(child);
      clearTimeout(timer);
      reject(missing(error));
    });
    child.on("close", (code) => {
      running.delete(child);
      clearTimeout(timer);
      resolve({ exitCode: code ?? 1, output, timedOut });
    });
  });
}

/** Empties the log of an earlier run. */
export function freshLog(log: string): void {
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, "");
}

/**
 * Proves that Terraform is there and new enough.
 * @throws CliError otherwise, saying what to install.
 */
export async function requireTerraform(scratch: string): Promise<string> {
  const { exitCode, output } = await terraform(["version", "-json"], {
    cwd: process.cwd(),
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    log: `${scratch}/logs/terraform-version.log`,
  });
  const version = /"terraform_version":\s*"(\d+)\.(\d+)\.([^"]+)"/.exec(output);
  if (exitCode !== 0 || version === null) {
    throw new CliError(
      `${executable()} does not answer to "version": ${output.trim().split("\n")[0] ?? ""}`,
      INSTALL,
    );
  }
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new CliError(
      `Terraform ${major}.${minor}.${version[3]} is too old: states are locked with a file, which needs ${OLDEST.join(".")} or newer.`,
      INSTALL,
    );
  }
  return `${major}.${minor}.${version[3]}`;
}

const INSTALL =
  "Install Terraform from https://developer.hashicorp.com/terraform/install, or name another with TERRAFORM_BINARY_NAME.";

/** The same variable as cdktf's own command reads. */
function executable(): string {
  return process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";
}

function missing(error: NodeJS.ErrnoException): Error {
  return error.code === "ENOENT" ? new TerraformMissingError() : error;
}

/** There is no Terraform on this machine. */
export class TerraformMissingError extends CliError {
  constructor() {
    super(`Terraform is not installed: "${executable()}" is not on the PATH.`, INSTALL);
  }
}
