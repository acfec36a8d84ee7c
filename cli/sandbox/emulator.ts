import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join, resolve } from "node:path";
import { z } from "zod";
import { CliError } from "../errors";
import { SCRATCH } from "../platform";

const FOLDER = join(SCRATCH, "sandbox");
const RECORD = join(FOLDER, "emulator.json");
const VENV = join(FOLDER, "venv");
/** The release whose gaps the table of omissions describes. */
const REQUIREMENT = "moto[server]>=5.2,<5.3";

const recordSchema = z.object({ endpoint: z.url(), pid: z.number().int().optional() });
type Record = z.output<typeof recordSchema>;

export const DEFAULT_PORT = 5566;

/** An AWS emulator that answers. */
export interface Emulator {
  readonly endpoint: string;
  /** Whether this call started it. */
  readonly fresh: boolean;
}

/** Turns this process, and what it starts, to the emulator: its address, and credentials that mean nothing. */
export function useEmulator(endpoint: string): void {
  for (const name of [
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SESSION_TOKEN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
  ]) {
    Reflect.deleteProperty(process.env, name);
  }
  process.env["AWS_ENDPOINT_URL"] = endpoint;
  process.env["AWS_ACCESS_KEY_ID"] = "sandbox";
  process.env["AWS_SECRET_ACCESS_KEY"] = "sandbox";
  process.env["AWS_EC2_METADATA_DISABLED"] = "true";
}

/**
 * Turns this process to the emulator that `npm start` left running.
 * @throws CliError when there is none.
 */
export async function attachSandbox(): Promise<Emulator> {
  const record = readRecord();
  if (record === undefined || !(await answers(record.endpoint))) {
    throw new CliError("No emulator is running.", "Start one: npm start");
  }
  useEmulator(record.endpoint);
  return { endpoint: record.endpoint, fresh: false };
}

/** Uses the emulator at `endpoint`. */
export async function attachEmulator(endpoint: string): Promise<Emulator> {
  if (!(await answers(endpoint)))
    throw new CliError(
      `Nothing answers at ${endpoint}.`,
      "Start the emulator first, or leave --endpoint away.",
    );
  remember({ endpoint });
  useEmulator(endpoint);
  return { endpoint, fresh: false };
}

/** Starts moto on loopback, or uses the one that an earlier call left running. */
export async function startEmulator(port: number, onProgress: (text: string) => void): Promise<Emulator> {
  const endpoint = `http://127.0.0.1:${port}`;
  const record = readRecord();
  if (record?.endpoint === endpoint && (await answers(endpoint))) {
    useEmulator(endpoint);
    return { endpoint, fresh: false };
  }
  await requireFreePort(port);
  const command = findMoto() ?? installMoto(onProgress);
  onProgress("starting");
  mkdirSync(FOLDER, { recursive: true });
  const log = openSync(join(FOLDER, "moto.log"), "w");
  const child = spawn(command, ["-H", "127.0.0.1", "-p", String(port)], {
    detached: true,
    stdio: ["ignore", log, log],
    // Roles are attached to AWS's own policies, which moto has only when asked.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
  });
  child.unref();
  const deadline = Date.now() + 60_000;
  while (!(await answers(endpoint))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new CliError("The emulator did not start.", `What it printed: ${join(FOLDER, "moto.log")}`);
    }
    await new Promise((wake) => setTimeout(wake, 200));
  }
  remember({ endpoint, ...(child.pid === undefined ? {} : { pid: child.pid }) });
  // What an emulator that is gone knew is of no use to this one.
  rmSync(resolve(SCRATCH, "runs", new URL(endpoint).host.replaceAll(/[^A-Za-z0-9.-]/g, "_")), {
    recursive: true,
    force: true,
  });
  useEmulator(endpoint);
  return { endpoint, fresh: true };
}

/** Stops the emulator that `startEmulator` left running; returns whether there was one. */
export function stopEmulator(): boolean {
  const record = readRecord();
  rmSync(RECORD, { force: true });
  if (record?.pid === undefined) return false;
  try {
    process.kill(record.pid);
    return true;
  } catch {
    return false;
  }
}

/** Whether the emulator is moto, whose gaps are known. */
export async function isMoto(endpoint: string): Promise<boolean> {
  return responds(`${endpoint}/moto-api/`);
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    // Nobody there is told at once; one that is busy may take its time.
    await fetch(endpoint, { signal: AbortSignal.timeout(10_000) });
    return true;
  } catch {
    return false;
  }
}

async function responds(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

async function requireFreePort(port: number): Promise<void> {
  const free = await new Promise<boolean>((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
  if (!free)
    throw new CliError(
      `Port ${port} is in use by another program.`,
      "Choose another: npm start -- --port 5567. Or use what runs there: npm start -- --endpoint URL.",
    );
}

function findMoto(): string | undefined {
  const own = join(VENV, "bin", "moto_server");
  if (existsSync(own)) return own;
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "moto_server"))
    .find((program) => existsSync(program) && isRightMoto(program));
}

/** The program does not tell its version; the Python that its first line names knows. */
function isRightMoto(program: string): boolean {
  const [python, ...args] = (/^#!(.+)/.exec(readFileSync(program, "utf8"))?.[1] ?? "").trim().split(/\s+/);
  if (python === undefined || python === "") return false;
  const { stdout } = spawnSync(
    python,
    [...args, "-c", "from importlib.metadata import version; print(version('moto'))"],
    { encoding: "utf8" },
  );
  return /^5\.2\./.test(stdout);
}

/** Puts moto into a virtual environment of its own, so that nothing else on the machine changes. */
function installMoto(onProgress: (text: string) => void): string {
  if (spawnSync("python3", ["--version"]).status !== 0) {
    throw new CliError(
      "The AWS emulator needs Python: python3 is not on the PATH.",
      "Install Python 3.9 or newer, or name an emulator that runs already: npm start -- --endpoint URL",
    );
  }
  onProgress("installing moto into a virtual environment of its own, once");
  for (const [command, args] of [
    ["python3", ["-m", "venv", VENV]],
    [join(VENV, "bin", "pip"), ["install", "--quiet", REQUIREMENT]],
  ] as const) {
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
    if (status !== 0) {
      rmSync(VENV, { recursive: true, force: true });
      throw new CliError(
        `Moto could not be installed: ${stderr.trim().split("\n").at(-1) ?? ""}`,
        "Check that PyPI can be reached, or install moto[server] 5.2 yourself.",
      );
    }
  }
  return join(VENV, "bin", "moto_server");
}

function remember(record: Record): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(RECORD, JSON.stringify(record));
}

function readRecord(): Record | undefined {
  if (!existsSync(RECORD)) return undefined;
  const parsed = recordSchema.safeParse(JSON.parse(readFileSync(RECORD, "utf8")));
  return parsed.success ? parsed.data : undefined;
}
