import { cents, type Estimate } from "./estimate";

/** What a service costs a month, in all accounts that were asked for. */
export interface ServiceCost {
  readonly service: string;
  /** US dollars, cents rounded. */
  readonly usd: number;
  /** Whether everything of it has a price. */
  readonly complete: boolean;
  /** US dollars by account. */
  readonly accounts: Readonly<Record<string, number>>;
}

interface CostedStack {
  readonly concern: string;
  readonly name?: string;
  readonly account: string;
  readonly cost: Pick<Estimate, "usd" | "complete">;
}

/** Stacks of services, added up over their accounts: the dearest service first. */
export function byService(stacks: readonly CostedStack[]): readonly ServiceCost[] {
  const found = new Map<string, CostedStack[]>();
  for (const stack of stacks) {
    if (stack.concern !== "service" || stack.name === undefined) continue;
    found.set(stack.name, [...(found.get(stack.name) ?? []), stack]);
  }
  return [...found]
    .map(([service, own]) => ({
      service,
      usd: cents(own.reduce((sum, { cost }) => sum + cost.usd, 0)),
      complete: own.every(({ cost }) => cost.complete),
      accounts: Object.fromEntries(own.map(({ account, cost }) => [account, cost.usd])),
    }))
    .sort((a, b) => b.usd - a.usd || (a.service < b.service ? -1 : 1));
}
