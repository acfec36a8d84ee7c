import type { StackNode } from "../stacks/graph";
import { colour, print } from "./output";

/** Tells which stacks wait, or lack a part, and what for. */
export function printWaiting(stacks: readonly StackNode[]): void {
  for (const { id, waitsFor, lacks } of stacks) {
    for (const { account, fact, needed } of waitsFor) {
      print(
        `${colour.yellow("-")} ${id} waits for ${fact} of ${account}, ${needed}: slipway facts --write ${account}`,
      );
    }
    for (const { account, fact, needed } of lacks) {
      print(
        `${colour.yellow("-")} ${id} lacks ${fact} of ${account}, ${needed}: apply ${account}-network, then slipway facts --write ${account}`,
      );
    }
  }
}
