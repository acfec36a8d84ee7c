import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { servicesIn, type Fleet } from "../../environments/schema/fleet";
import { record } from "../../modules/audit/values";
import type { StackNode } from "../../stacks/graph";
import type { PlatformStack } from "../../stacks/platform-stack";
import { resourcesOf } from "../resources";
import { instances, tasks, type CostLine, type Priced } from "./compute";
import { pricesOf } from "./prices";
import { fixedCosts, isPriced, type PricedResource } from "./resources";

/** What a stack costs a month, as far as its description tells. */
export interface Estimate {
  /** US dollars, cents rounded: a lower bound, unless it is complete. */
  readonly usd: number;
  /** Whether everything that is paid for being there has a price: nothing is `unpriced`. */
  readonly complete: boolean;
  /** What is paid for, the dearest first. */
  readonly lines: readonly CostLine[];
  /** What the table has no price of. */
  readonly unpriced: readonly string[];
  /** The region and the month of the prices. */
  readonly prices: { readonly region: string; readonly date: string };
}

/** Estimates a stack; one that waits for a fact costs nothing yet. */
export function estimate(
  fleet: Fleet,
  { account, concern, name, stack }: Pick<StackNode, "account" | "concern" | "name" | "stack">,
): Estimate {
  const prices = pricesOf(account.region);
  const services = servicesIn(fleet, account);
  const service = concern === "service" ? services.find((each) => each.name === name) : undefined;
  const all: readonly Priced[] = [
    ...(stack === undefined ? [] : fixedCosts(account, pricedResources(stack), prices)),
    ...(service === undefined ? [] : tasks(account, service, prices)),
    ...(concern === "hosting" ? instances(account, services, prices) : []),
  ];
  const lines = together(all.flatMap((each) => ("usd" in each && each.usd > 0 ? [each] : [])));
  const unpriced = [...new Set(all.flatMap((each) => ("unpriced" in each ? [each.unpriced] : [])))].sort();
  return {
    usd: cents(lines.reduce((sum, { usd }) => sum + usd, 0)),
    complete: unpriced.length === 0,
    lines: lines.map(({ what, usd }) => ({ what, usd: cents(usd) })),
    unpriced,
    prices: { region: prices.region, date: prices.date },
  };
}

export const cents = (usd: number) => Math.round(usd * 100) / 100;

/** Lines of one kind as one, the dearest first. */
function together(lines: readonly CostLine[]): readonly CostLine[] {
  const kinds = new Map<string, { count: number; usd: number }>();
  for (const { what, usd } of lines) {
    const kind = kinds.get(what) ?? { count: 0, usd: 0 };
    kinds.set(what, { count: kind.count + 1, usd: kind.usd + usd });
  }
  return [...kinds]
    .map(([what, { count, usd }]) => ({ what: count === 1 ? what : `${count} × ${what}`, usd }))
    .sort((a, b) => b.usd - a.usd || (a.what < b.what ? -1 : 1));
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());

function pricedResources(stack: PlatformStack): readonly PricedResource[] {
  return resourcesOf(stack)
    .filter(({ type }) => isPriced(type))
    .map(({ type, resource }) => {
      const resolved: unknown = Tokenization.resolve(resource.toTerraform(), {
        scope: resource,
        preparing: false,
        resolver: RESOLVER,
      });
      const byType = record(record(record(resolved)["resource"])[type]);
      return { type, attributes: record(byType[resource.friendlyUniqueId]) };
    });
}
