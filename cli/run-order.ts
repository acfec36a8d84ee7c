import pLimit from "p-limit";
import type { StackNode } from "../stacks/graph";
import { describeError } from "./errors";
import { colour, duration, plural, print } from "./output";
import { startProgress, type Progress } from "./progress";
import { StackFailedError } from "./stack-runner";
import { wasInterrupted } from "./terraform";

/** How a stack's turn ended. */
export type Outcome =
  { readonly kind: "done"; readonly text: string } | { readonly kind: "skipped"; readonly text: string };

interface Turn {
  readonly stack: StackNode;
  readonly state: "done" | "skipped" | "failed" | "blocked";
  /** Why it was not tried. */
  readonly cause?: string;
}

/**
 * Gives each stack its turn, `parallelism` at a time: after all that it needs, which must come before it in `stacks`.
 * One that fails stops those that need it; the others go on. Returns whether all went well.
 */
export async function runInOrder(
  stacks: readonly StackNode[],
  needs: (stack: StackNode) => readonly string[],
  turn: (stack: StackNode, progress: Progress) => Promise<Outcome>,
  parallelism = 1,
): Promise<boolean> {
  const started = Date.now();
  const slot = pLimit(parallelism);
  const turns = new Map<string, Promise<Turn>>();
  for (const stack of stacks) {
    const before = needs(stack).flatMap((id) => turns.get(id) ?? []);
    turns.set(
      stack.id,
      Promise.all(before).then((earlier) => {
        const broken = earlier.find(({ state }) => state === "failed" || state === "blocked");
        return broken === undefined
          ? slot(() => (wasInterrupted() ? blocked(stack, "the interruption") : takeTurn(stack, turn)))
          : blocked(stack, broken.cause ?? broken.stack.id);
      }),
    );
  }
  const taken = await Promise.all(turns.values());
  printSummary(taken, Date.now() - started);
  return taken.every(({ state }) => state === "done" || state === "skipped");
}

function blocked(stack: StackNode, cause: string): Turn {
  print(`${colour.yellow("-")} ${stack.id}: not tried, because of ${cause}`);
  return { stack, state: "blocked", cause };
}

async function takeTurn(
  stack: StackNode,
  turn: (stack: StackNode, progress: Progress) => Promise<Outcome>,
): Promise<Turn> {
  const started = Date.now();
  const progress = await startProgress(stack.id);
  try {
    const outcome = await turn(stack, progress);
    const text = `${stack.id}: ${outcome.text}${colour.dim(` (${duration(Date.now() - started)})`)}`;
    if (outcome.kind === "done") progress.succeed(text);
    else progress.skip(text);
    return { stack, state: outcome.kind };
  } catch (error) {
    const known = error instanceof StackFailedError;
    const log = known ? `\n${colour.dim(`  Everything it printed: ${error.log}`)}` : "";
    progress.fail(
      `${stack.id}${known ? ` failed in ${error.step}` : " failed"}\n${indent(describeError(known ? error.message : error))}${log}`,
    );
    return { stack, state: "failed" };
  }
}

function printSummary(turns: readonly Turn[], milliseconds: number): void {
  const of = (state: Turn["state"]) => turns.filter((turn) => turn.state === state);
  const parts = [
    `${plural(of("done").length, "stack")} done`,
    ...(of("skipped").length > 0 ? [`${of("skipped").length} left out`] : []),
    ...(of("failed").length > 0 ? [colour.red(`${of("failed").length} failed: ${ids(of("failed"))}`)] : []),
    ...(of("blocked").length > 0 ? [`${of("blocked").length} not tried: ${ids(of("blocked"))}`] : []),
  ];
  print(`\n${parts.join(", ")}; ${duration(milliseconds)}.`);
  const failed = of("failed");
  if (failed.length > 0)
    print(
      "Mend the cause and run the same command again: what is done stays, and the rest goes on from there.",
    );
}

const ids = (turns: readonly Turn[]) => turns.map(({ stack }) => stack.id).join(", ");
const indent = (text: string) =>
  text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
