import { fork, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { Fleet } from "../environments/schema/fleet";
import { CompositionError } from "./errors";
import { order, planStacks, type PlannedEntry, type StackNode } from "./graph";
import { requireNoFindings } from "./guardrails";
import { synthesizeShare, type Answer, type Share, type SynthesizedStack } from "./synthesis-share";

export interface SynthesisOptions {
  /** Folder that is written into. @default CDKTF_OUTDIR, as the cdktf command sets it, or cdktf.out */
  readonly outdir?: string;
  /** Which stacks are written, by id. @default all */
  readonly only?: (id: string) => boolean;
}

/** Below so many stacks, a process costs more than it saves. */
const STACKS_A_PROCESS = 100;

/** Where the stacks are written until all of them are known to be right. */
const STAGE = ".slipway-stage";

/**
 * Writes the Terraform JSON of an organization's stacks: each is made, judged by the guardrails, rendered once, and
 * let go, in several processes when there are many. A folder gets all of it or nothing.
 * @returns The stacks in an order in which they can be applied; none of them is made any more.
 * @throws CompositionError on a circle, on a contract that nobody publishes, or on a broken guardrail.
 */
export async function synthesize(fleet: Fleet, options: SynthesisOptions = {}): Promise<StackNode[]> {
  const { outdir = process.env["CDKTF_OUTDIR"] ?? "cdktf.out", only = () => true } = options;
  const all = planStacks(fleet);
  const planned = all.filter(({ id }) => only(id));
  const stage = join(outdir, STAGE);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  try {
    const stacks = await inShares(fleet, planned, stage, processesFor(planned.length));
    const byId = new Map(stacks.map((stack) => [stack.id, stack]));
    const nodes = order(
      planned.map((entry) => ({ ...entry, stack: undefined, ...contractsOf(byId.get(entry.id)) })),
      planned.length < all.length,
    );
    const unjudged = all.filter(({ id }) => !byId.has(id)).map(({ id }) => id);
    requireNoFindings(
      fleet,
      stacks.flatMap(({ findings }) => findings),
      new Set(unjudged),
    );
    publish(outdir, stage, stacks);
    return nodes;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

const contractsOf = (stack: SynthesizedStack | undefined) =>
  stack === undefined ? {} : { contracts: stack.contracts };

/** One for each hundred stacks, but no more than there are processors; SLIPWAY_PROCESSES says another number. */
function processesFor(stacks: number): number {
  const wanted = Number(process.env["SLIPWAY_PROCESSES"]);
  if (Number.isInteger(wanted) && wanted > 0) return wanted;
  return Math.max(1, Math.min(Math.ceil(stacks / STACKS_A_PROCESS), availableParallelism()));
}

/** This process takes the first share, while others take theirs. */
async function inShares(
  fleet: Fleet,
  planned: readonly PlannedEntry[],
  stage: string,
  processes: number,
): Promise<SynthesizedStack[]> {
  const ids = planned.map(({ id }) => id);
  const share = (index: number): Share => ({
    directory: fleet.directory,
    stage,
    // In turn, since neighbours are of one kind and cost the same.
    ids: ids.filter((_, position) => position % processes === index),
  });
  const others = Array.from({ length: processes - 1 }, (_, index) => startProcess(share(index + 1)));
  try {
    const mine = synthesizeShare(fleet, share(0));
    const theirs = await Promise.all(others.map(({ answer }) => answer));
    const made = new Map([...mine, ...theirs.flat()].map((stack) => [stack.id, stack]));
    return ids.flatMap((id) => made.get(id) ?? []);
  } catch (error) {
    for (const { child } of others) child.kill();
    throw error;
  }
}

interface Helper {
  readonly child: ChildProcess;
  readonly answer: Promise<SynthesizedStack[]>;
}

function startProcess(share: Share): Helper {
  const child = fork(require.resolve("./synthesis-process"), { serialization: "advanced" });
  const answer = new Promise<SynthesizedStack[]>((resolve, reject) => {
    child.once("message", (message: Answer) => {
      if ("stacks" in message) resolve(message.stacks);
      else reject(message.forPeople ? new CompositionError(message.error) : new Error(message.error));
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      reject(new Error(`A process that synthesizes ended early, with ${signal ?? `code ${code}`}.`));
    });
  });
  // Whoever awaits it may still be at work on a share of its own when it is refused.
  answer.catch(() => undefined);
  child.send(share);
  return { child, answer };
}

/** Moves what was staged to where it belongs, and writes the manifest that the cdktf command reads. */
function publish(outdir: string, stage: string, stacks: readonly SynthesizedStack[]): void {
  const { manifest } = new App({ outdir });
  for (const { id, manifest: entry } of stacks) {
    if (entry === undefined) continue;
    const target = join(outdir, entry.workingDirectory);
    if (existsSync(target)) rmSync(target, { recursive: true });
    renameSync(join(stage, entry.workingDirectory), target);
    manifest.stacks[id] = entry;
  }
  manifest.writeToFile();
}
