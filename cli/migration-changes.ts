import { z } from "zod";
import type { PlannedResource } from "./traffic-changes";

/** A task of DMS, as far as it is looked at here. */
const taskSchema = z.looseObject({
  replication_task_id: z.string(),
  status: z.string().nullish(),
});

/** Attributes that DMS changes without stopping the task. */
const HARMLESS = ["tags", "tags_all", "status", "start_replication_task"];

/**
 * What a plan would do to replication tasks while they run, and must not, in words: DMS stops a task to change it, and
 * nobody would start it again.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_ModifyReplicationTask.html
 */
export function migrationFaults(resources: readonly PlannedResource[]): string[] {
  return resources
    .filter(({ type }) => type === "aws_dms_replication_task")
    .flatMap(({ change }) => {
      const before = taskSchema.safeParse(change.before);
      if (!before.success || !["running", "starting"].includes(before.data.status ?? "")) return [];
      const { replication_task_id: task } = before.data;
      if (change.actions.includes("delete"))
        return [
          `The task ${task} runs, and would be stopped and removed. Stop it first: slipway migrate stop.`,
        ];
      if (!change.actions.includes("update")) return [];
      const after = z.looseObject({}).safeParse(change.after);
      const changed = Object.keys(before.data).filter(
        (key) =>
          !HARMLESS.includes(key) &&
          after.success &&
          JSON.stringify(before.data[key]) !== JSON.stringify(after.data[key]),
      );
      return changed.length === 0
        ? []
        : [
            `The task ${task} runs, and would be stopped to change ${changed.join(", ")}. Take the change back, or stop it first: slipway migrate stop; and afterwards slipway migrate start.`,
          ];
    });
}
