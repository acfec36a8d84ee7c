import type { StackNode } from "../stacks/graph";
import type { MissingFact } from "../stacks/stack-kind";
import { colour, print } from "./output";

/** Tells which stacks wait, or lack a part, and what for. */
export function printWaiting(stacks: readonly StackNode[]): void {
  for (const { id, waitsFor, lacks } of stacks) {
    for (const missing of byFact(waitsFor)) {
      print(
        `${colour.yellow("-")} ${id} waits for ${describe(missing)}: slipway facts --write ${accounts(missing)}`,
      );
    }
    for (const missing of byFact(lacks)) {
      print(
        `${colour.yellow("-")} ${id} goes without ${describe(missing)}; once ${missing[0]?.after ?? "their networks are applied"}: slipway facts --write ${accounts(missing, "|")}, and apply it again`,
      );
    }
  }
}

function byFact(missing: readonly MissingFact[]): MissingFact[][] {
  const groups = new Map<string, MissingFact[]>();
  for (const item of missing) groups.set(item.fact, [...(groups.get(item.fact) ?? []), item]);
  return [...groups.values()];
}

function describe(missing: readonly MissingFact[]): string {
  const [first] = missing;
  if (first === undefined) return "";
  const needed = missing.length === 1 ? first.needed : `${first.needed} and ${missing.length - 1} more`;
  return `${first.fact} of ${accounts(missing)}, ${needed}`;
}

const accounts = (missing: readonly MissingFact[], separator = ", ") =>
  missing.map(({ account }) => account).join(separator);
