import { CliError } from "../errors";
import { changeLines, type Change, type PlanSummary } from "../plan-summary";

/** What follows the image, and how: everything else in a plan is not of the release. */
const FOLLOWS: readonly {
  readonly type: string;
  readonly actions: readonly Change["action"][];
  /** Which of that type. @default all */
  readonly address?: RegExp;
}[] = [
  // A revision is never changed: the new one replaces it, and the old one stays registered.
  { type: "aws_ecs_task_definition", actions: ["create", "replace", "update"] },
  { type: "aws_ecs_service", actions: ["update"] },
  { type: "aws_scheduler_schedule", actions: ["update"] },
  // What CodeDeploy is told to start.
  { type: "aws_ssm_parameter", actions: ["update"], address: /app_spec$/ },
];

/** What is there only while there is a release: it comes with the first, and goes when that one is taken back. */
const ONLY_WITH_A_RELEASE = /^(aws_appautoscaling_|aws_cloudwatch_metric_alarm\.scaling_step_)/;

/** Whether there is a release before and after the plan. */
export interface Releases {
  readonly before: boolean;
  readonly after: boolean;
}

/** Changes of a plan that a release does not bring about. */
export function foreignChanges(
  { changes }: Pick<PlanSummary, "changes">,
  { before, after }: Releases,
): Change[] {
  return changes.filter(({ address, type, action }) => {
    const follows = FOLLOWS.some(
      (each) => each.type === type && each.actions.includes(action) && each.address?.test(address) !== false,
    );
    if (follows) return false;
    if (!ONLY_WITH_A_RELEASE.test(address)) return true;
    return !((action === "create" && !before && after) || (action === "delete" && before && !after));
  });
}

/** @throws CliError when a plan touches more than the task definition and what must follow it. */
export function refuseForeignChanges(stack: string, plan: PlanSummary, releases: Releases): void {
  const { faults = [] } = plan;
  if (faults.length > 0)
    throw new CliError(
      `The plan of ${stack} would lead traffic astray; nothing was applied:\n${faults.join("\n")}`,
      `Look at what was described and not applied: slipway plan ${stack}`,
    );
  const foreign = foreignChanges(plan, releases);
  if (foreign.length === 0) return;
  throw new CliError(
    `The plan of ${stack} touches more than the task definition and the service; nothing was applied:\n${changeLines({ changes: foreign }).join("\n")}`,
    `Somebody changed the description, or the account, without applying it. Look at it and apply it first: slipway up ${stack}`,
  );
}
