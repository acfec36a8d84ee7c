import type { Command } from "commander";
import type { StackNode } from "../../stacks/graph";
import { byService, type ServiceCost } from "../cost/by-service";
import { cents, estimate, type Estimate } from "../cost/estimate";
import { NOT_COVERED } from "../cost/prices";
import { plural, print, printJson, printTable } from "../output";
import { loadPlatform } from "../platform";
import { resourcesOf } from "../resources";
import { select } from "../selection";

/** What `slipway list --json` prints of a stack. */
interface ListedStack {
  readonly stack: string;
  readonly account: string;
  readonly concern: string;
  /** How many resources it holds. */
  readonly resources: number;
  /** Recorded facts that it lacks, each with what it is needed for; empty for a stack that can be applied. */
  readonly waitsFor: readonly string[];
  /** Stacks that are applied before it. */
  readonly dependsOn: readonly string[];
  /** What it costs a month; with `--cost` only. */
  readonly cost?: Estimate;
}

interface Options {
  readonly cost?: boolean;
  readonly byService?: boolean;
  readonly json?: boolean;
}

type Costed = ListedStack & { readonly cost: Estimate };

export function registerList(program: Command): void {
  program
    .command("list")
    .description("list stacks, in the order in which they are applied; makes no AWS call")
    .argument("[selectors...]", "stack ids, accounts, concerns or globs (default: all)")
    .option("--cost", "estimate what each costs a month, from a table of prices")
    .option("--by-service", "what each service costs in all its accounts, the dearest first")
    .option("--json", "print an array, an object a stack")
    .action((selectors: string[], { cost, byService: services, json }: Options) => {
      const { fleet, stacks: all } = loadPlatform();
      const selected = select(all, selectors);
      if (cost === true || services === true) {
        const costed = selected.map((node) => ({ ...listed(node), cost: estimate(fleet, node) }));
        if (services === true) {
          const added = byService(costed.map((each, index) => ({ ...each, ...nameOf(selected[index]) })));
          return json === true ? printJson(added) : printServices(added);
        }
        if (json === true) return printJson(costed);
        return printCosts(costed, new Map(fleet.accounts.map(({ name, region }) => [name, region])));
      }
      const stacks = selected.map(listed);
      if (json === true) return printJson(stacks);
      printTable(
        ["STACK", "ACCOUNT", "CONCERN", "RESOURCES", "WAITS FOR"],
        stacks.map(({ stack, account, concern, resources, waitsFor }) => [
          stack,
          account,
          concern,
          resources,
          waitsFor.join("; "),
        ]),
      );
      const accounts = new Set(stacks.map(({ account }) => account)).size;
      const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
      print(
        `\n${plural(stacks.length, "stack")} in ${plural(accounts, "account")}, ${plural(resources, "resource")}.`,
      );
    });
}

/** A sum of estimates; `≥` before one that lacks a price. */
export function total(estimates: readonly Pick<Estimate, "usd" | "complete">[]): string {
  const usd = cents(estimates.reduce((sum, each) => sum + each.usd, 0)).toFixed(2);
  return (estimates.every(({ complete }) => complete) ? usd : `≥ ${usd}`).padStart("USD A MONTH".length);
}

const totalOf = (stacks: readonly Costed[]) => total(stacks.map(({ cost }) => cost));

const nameOf = (node: StackNode | undefined) => (node?.name === undefined ? {} : { name: node.name });

function printServices(services: readonly ServiceCost[]): void {
  const accounts = [...new Set(services.flatMap((service) => Object.keys(service.accounts)))];
  printTable(
    ["SERVICE", "USD A MONTH", ...accounts],
    [
      ...services.map((service) => [
        service.service,
        total([service]),
        ...accounts.map((account) => service.accounts[account]?.toFixed(2) ?? ""),
      ]),
      ["all", total(services), ...accounts.map((account) => sumOf(services, account))],
    ],
  );
  print(`\nWhat services share, such as load balancers and instances, is in no row. ${NOT_IN_IT}`);
}

const sumOf = (services: readonly ServiceCost[], account: string) =>
  cents(services.reduce((sum, { accounts }) => sum + (accounts[account] ?? 0), 0)).toFixed(2);

const NOT_IN_IT = `Not in it: ${NOT_COVERED.join("; ")}.`;

function printCosts(stacks: readonly Costed[], regions: ReadonlyMap<string, string>): void {
  printTable(
    ["STACK", "USD A MONTH", "FOR"],
    stacks.map(({ stack, cost }) => [
      stack,
      total([cost]),
      [
        ...cost.lines.slice(0, 3).map(({ what }) => what),
        ...(cost.lines.length > 3 ? [`${cost.lines.length - 3} more`] : []),
        ...cost.unpriced.map((what) => `no price of ${what}`),
      ].join(", "),
    ]),
  );
  print();
  const accounts = [...new Set(stacks.map(({ account }) => account))];
  printTable(
    ["ACCOUNT", "USD A MONTH"],
    [
      ...accounts.map((name) => [name, totalOf(stacks.filter(({ account }) => account === name))]),
      ["all", totalOf(stacks)],
    ],
  );
  const missing = stacks.flatMap(({ stack, cost }) => cost.unpriced.map((what) => `${what} (${stack})`));
  if (missing.length > 0)
    print(`\n≥: at least that much. The table of prices has none of ${missing.join(", ")}.`);
  const [first] = stacks;
  if (first === undefined) return;
  const { region, date } = first.cost.prices;
  const strangers = accounts.filter((name) => regions.get(name) !== first.cost.prices.region);
  print(`\nAn estimate from prices of ${region}, ${date}; where from, and how: docs/costs.md.`);
  if (strangers.length > 0)
    print(`There are none of the regions of ${strangers.join(", ")}: theirs differ, by a fifth and more.`);
  print(NOT_IN_IT);
}

function listed({ id, account, concern, stack, dependsOn, waitsFor, lacks }: StackNode): ListedStack {
  return {
    stack: id,
    account: account.name,
    concern,
    resources: stack === undefined ? 0 : resourcesOf(stack).length,
    waitsFor: [...waitsFor, ...lacks].map(
      ({ account: from, fact, needed }) => `facts/${from}.json: ${fact}, ${needed}`,
    ),
    dependsOn,
  };
}
