import type { Platform, StackNode } from "../../stacks/graph";
import * as names from "../../environments/schema/names";
import { servicesIn } from "../../environments/schema/fleet";
import { colour, plural, print, printTable } from "../output";
import type { PlanSummary } from "../plan-summary";
import { resourcesOf } from "../resources";
import type { Emulator } from "./emulator";
import { FORGOTTEN, type Omission } from "./omissions";

/** A stack that was applied, and what of it was left out. */
export interface Applied {
  readonly stack: StackNode;
  readonly summary: PlanSummary;
  readonly omissions: readonly Omission[];
  readonly outputs: Record<string, unknown>;
}

/** Shows what exists now, and how to see it, change it, take it down. */
export function printTour(tour: {
  platform: Platform;
  account: string;
  emulator: Emulator;
  applied: readonly Applied[];
  /** Whether the emulator is spared what it cannot play. */
  adapted: boolean;
}): void {
  const { platform, applied, emulator } = tour;
  const account = platform.fleet.accounts.find(({ name }) => name === tour.account);
  if (account === undefined) return;
  print(colour.bold(`\nWhat exists in ${account.name} now`));
  printTable(
    ["STACK", "RESOURCES", "STATE"],
    applied.map(({ stack, omissions, outputs }) => {
      const total = stack.stack === undefined ? 0 : resourcesOf(stack.stack).length;
      const release = outputs["release_state"];
      return [
        stack.id,
        total - resourcesOnly(omissions).length,
        typeof release === "string" ? release : "applied",
      ];
    }),
  );
  printOmissions(applied);
  if (tour.adapted) printForgotten(applied);

  const service = servicesIn(platform.fleet, account)[0]?.name;
  const file = service === undefined ? undefined : platform.fleet.sources.services[service];
  print(colour.bold("\nSee it"));
  print(`  npx slipway list ${account.name}`);
  print(`  the emulator's console    ${emulator.endpoint}/moto-api/`);
  print(
    `  Terraform's states        s3://${names.stateBucket(platform.fleet.organization, account)} in the emulator`,
  );
  print("  all that Terraform said   .slipway/runs/*/*/logs/");
  print(colour.bold("\nChange it"));
  if (file !== undefined) print(`  edit ${file}: another memory, say`);
  print(`  npx slipway plan ${account.name} --sandbox`);
  print(`  npx slipway up ${account.name} --sandbox --auto-approve`);
  print(colour.bold("\nTake it down"));
  const lift = account.capabilities.deletionProtection ? " --lift-protection" : "";
  print(`  npx slipway down ${account.name} --sandbox --auto-approve${lift}`);
  print("  npx slipway sandbox --stop");
}

function printOmissions(applied: readonly Applied[]): void {
  const total = applied.reduce(
    (sum, { stack }) => sum + (stack.stack === undefined ? 0 : resourcesOf(stack.stack).length),
    0,
  );
  const omitted = applied.flatMap(({ omissions }) => omissions);
  print(
    `\nLeft out, because the emulator cannot play it: ${resourcesOnly(omitted).length} of ${plural(total, "resource")}.`,
  );
  const reasons = new Map<string, number>();
  for (const { type, reason } of omitted) {
    const key = `${type}: ${reason}`;
    reasons.set(key, (reasons.get(key) ?? 0) + 1);
  }
  for (const [key, count] of [...reasons].sort()) print(`  ${count} x ${key}`);
}

/** Attributes that the emulator forgets are set once, and left out of later plans. */
function printForgotten(applied: readonly Applied[]): void {
  const types = new Set(
    applied.flatMap(({ stack }) =>
      stack.stack === undefined ? [] : resourcesOf(stack.stack).map(({ type }) => type),
    ),
  );
  for (const [type, attributes] of Object.entries(FORGOTTEN)) {
    if (types.has(type))
      print(`  not compared, because the emulator forgets it: ${attributes.join(", ")} of ${type}`);
  }
}

const resourcesOnly = (omissions: readonly Omission[]) => omissions.filter(({ type }) => type !== "output");
