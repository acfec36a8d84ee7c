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
  readonly milliseconds: number;
}

/**
 * Gives each stack its turn, in order. One that fails stops those that depend on it; the others go on.
 * Returns whether all went well.
 */
export async function runInOrder(
  stacks: readonly StackNode[],
  needs: (stack: StackNode) => readonly string[],
  turn: (stack: StackNode, progress: Progress) => Promise<Outcome>,
): Promise<boolean> {
  const turns: Turn[] = [];
  const broken = new Set<string>();
  for (const stack of stacks) {
    const cause = wasInterrupted() ? "the interruption" : needs(stack).find((id) => broken.has(id));
    if (cause !== undefined) {
      broken.add(stack.id);
      print(`${colour.yellow("-")} ${stack.id}: not tried, because of ${cause}`);
      turns.push({ stack, state: "blocked", milliseconds: 0 });
      continue;
    }
    const started = Date.now();
    const progress = await startProgress(stack.id);
    try {
      const outcome = await turn(stack, progress);
      const milliseconds = Date.now() - started;
      const text = `${stack.id}: ${outcome.text}${colour.dim(` (${duration(milliseconds)})`)}`;
      if (outcome.kind === "done") progress.succeed(text);
      else progress.skip(text);
      turns.push({ stack, state: outcome.kind, milliseconds });
    } catch (error) {
      broken.add(stack.id);
      const step = error instanceof StackFailedError ? ` failed in ${error.step}` : " failed";
      progress.fail(
        `${stack.id}${step}\n${indent(describeError(error instanceof StackFailedError ? error.message : error))}`,
      );
      if (error instanceof StackFailedError) print(colour.dim(`  Everything it printed: ${error.log}`));
      turns.push({ stack, state: "failed", milliseconds: Date.now() - started });
    }
  }
  printSummary(turns);
  return broken.size === 0;
}

function printSummary(turns: readonly Turn[]): void {
  const of = (state: Turn["state"]) => turns.filter((turn) => turn.state === state);
  const total = turns.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const parts = [
    `${plural(of("done").length, "stack")} done`,
    ...(of("skipped").length > 0 ? [`${of("skipped").length} left out`] : []),
    ...(of("failed").length > 0 ? [colour.red(`${of("failed").length} failed: ${ids(of("failed"))}`)] : []),
    ...(of("blocked").length > 0 ? [`${of("blocked").length} not tried: ${ids(of("blocked"))}`] : []),
  ];
  print(`\n${parts.join(", ")}; ${duration(total)}.`);
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
