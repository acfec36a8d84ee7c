import picomatch from "picomatch";
import { nearest } from "../environments/schema/parse";
import type { StackNode } from "../stacks/graph";
import { CliError } from "./errors";

/**
 * The stacks that any of the selectors names: a stack id, an account, a concern, or a glob over stack ids. No
 * selector names all.
 * @throws CliError on a selector that names nothing, with what may have been meant.
 */
export function select<T extends Pick<StackNode, "id" | "concern" | "account">>(
  stacks: readonly T[],
  selectors: readonly string[],
): T[] {
  if (selectors.length === 0) return [...stacks];
  const wanted = new Set<string>();
  for (const selector of selectors) {
    const found = stacks.filter((stack) => matches(stack, selector));
    if (found.length === 0) throw nothingFound(stacks, selector);
    found.forEach(({ id }) => wanted.add(id));
  }
  return stacks.filter(({ id }) => wanted.has(id));
}

function matches(
  { id, concern, account }: Pick<StackNode, "id" | "concern" | "account">,
  selector: string,
): boolean {
  return (
    id === selector ||
    account.name === selector ||
    concern === selector ||
    (/[*?[{]/.test(selector) && picomatch.isMatch(id, selector))
  );
}

function nothingFound(
  stacks: readonly Pick<StackNode, "id" | "concern" | "account">[],
  selector: string,
): CliError {
  const accounts = [...new Set(stacks.map(({ account }) => account.name))];
  const concerns = [...new Set(stacks.map(({ concern }) => concern))];
  const ids = stacks.map(({ id }) => id);
  const words = selector.split(/[^a-z0-9]+/i).filter((word) => word.length > 2);
  const near = [
    ...[nearest(selector, accounts), nearest(selector, concerns), nearest(selector, ids)].flatMap(
      (word) => word ?? [],
    ),
    ...ids.filter((id) => words.some((word) => id.includes(word))).slice(0, 5),
  ];
  const hint =
    near.length > 0
      ? `Did you mean ${[...new Set(near)].join(", ")}?`
      : `Accounts: ${accounts.join(", ")}. Concerns: ${concerns.join(", ")}.`;
  return new CliError(
    `The selector "${selector}" names no stack.`,
    `${hint}\nA selector is a stack id, an account, a concern, or a glob in quotes; slipway list shows all stacks.`,
  );
}
