import { z } from "zod";
import { colour } from "./output";
import { migrationFaults } from "./migration-changes";
import { trafficFaults } from "./traffic-changes";

const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        type: z.string(),
        mode: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          before: z.unknown().optional(),
          after: z.unknown().optional(),
        }),
      }),
    )
    .default([]),
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).default({}),
  checks: z
    .array(
      z.object({
        instances: z
          .array(z.object({ problems: z.array(z.object({ message: z.string() })).default([]) }))
          .default([]),
      }),
    )
    .default([]),
});

export type Action = "create" | "update" | "replace" | "delete";

export interface Change {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
}

/** What a plan would do; destroys first. */
export interface PlanSummary {
  readonly changes: readonly Change[];
  readonly outputsChange: boolean;
  /** What the stack itself says is not as it should be, such as a secret without a value. */
  readonly notices: readonly string[];
  /** What it would do to traffic or to running replication and must not, so that it is not applied. @default nothing */
  readonly faults?: readonly string[];
}

const ORDER: readonly Action[] = ["delete", "replace", "update", "create"];

/** Reads `terraform show -json` of a saved plan. */
export function summarize(showJson: string): PlanSummary {
  const plan = planSchema.parse(JSON.parse(showJson));
  const changes = plan.resource_changes.flatMap(({ address, type, mode, change }): Change[] => {
    const action = mode === "managed" ? toAction(change.actions) : undefined;
    return action === undefined ? [] : [{ address, type, action }];
  });
  changes.sort(
    (a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action) || (a.address < b.address ? -1 : 1),
  );
  return {
    changes,
    outputsChange: Object.values(plan.output_changes).some(({ actions }) => !actions.includes("no-op")),
    notices: plan.checks.flatMap(({ instances }) =>
      instances.flatMap(({ problems }) => problems.map(({ message }) => message)),
    ),
    faults: [...trafficFaults(plan.resource_changes), ...migrationFaults(plan.resource_changes)],
  };
}

function toAction(actions: readonly string[]): Action | undefined {
  if (actions.includes("delete")) return actions.includes("create") ? "replace" : "delete";
  return actions.includes("create") ? "create" : actions.includes("update") ? "update" : undefined;
}

const SIGNS: Readonly<Record<Action, string>> = { create: "+", update: "~", replace: "-/+", delete: "-" };

/** `3 to create, 1 to update`, or `3 created, 1 updated`. */
export function describeChanges(
  { changes, outputsChange }: PlanSummary,
  tense: "future" | "past" = "future",
): string {
  const counts = ORDER.flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [tense === "future" ? `${count} to ${action}` : `${count} ${action}d`];
  });
  return counts.length > 0 ? counts.join(", ") : outputsChange ? "outputs only" : "no changes";
}

/** A line a change, destroys first; long lists of new resources are cut. */
export function changeLines({ changes }: Pick<PlanSummary, "changes">, limit = 40): string[] {
  const paint = { create: colour.green, update: colour.yellow, replace: colour.red, delete: colour.red };
  const lines = changes
    .slice(0, limit)
    .map(({ action, address }) => `    ${paint[action](SIGNS[action].padStart(3))} ${address}`);
  return changes.length > limit ? [...lines, `        and ${changes.length - limit} more`] : lines;
}
