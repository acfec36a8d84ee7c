import type { Parts } from "../../cli/delivery/deliver";
import type { Ending } from "../../cli/delivery/follow";
import { ReleaseHistory } from "../../cli/delivery/release-history";
import type { PlanSummary } from "../../cli/plan-summary";
import { MemoryStore } from "./memory-store";

const NOTHING: PlanSummary = { changes: [], outputsChange: false, notices: [] };
const OK: Ending = { state: "completed", running: 2, desired: 2, pending: 0, failed: 0 };

/** What a test lets go wrong. */
export interface Faults {
  /** What a plan touches beside task definition and service, by how many plans were made before. */
  readonly alsoPlanned?: (plans: number) => PlanSummary["changes"];
  readonly plan?: (plans: number) => void;
  readonly apply?: (applies: number) => void;
  /** How the rollout of a digest ends. */
  readonly ends?: (digest: string, rollouts: number) => Partial<Ending>;
  readonly write?: (value: string) => void;
  /** A service that CodeDeploy rolls out. */
  readonly codeDeploy?: boolean;
  /** A task that a schedule starts. */
  readonly scheduled?: boolean;
}

/** A service of which parameter, Terraform and ECS are played, and all that was done to it in order. */
export function playDelivery(released: string | undefined, faults: Faults = {}) {
  const done: string[] = [];
  const events: string[] = [];
  const stop = new AbortController();
  const store = new MemoryStore();
  let parameter = released;
  let applied = released;
  let plans = 0;
  let applies = 0;
  let rollouts = 0;
  const parts: Parts = {
    parameter: {
      read: () => Promise.resolve(parameter),
      write: async (value) => {
        await Promise.resolve();
        faults.write?.(value);
        done.push(`write ${value}`);
        parameter = value;
      },
    },
    stack: {
      id: "live-service-orders",
      plan: async () => {
        await Promise.resolve();
        done.push("plan");
        faults.plan?.(plans);
        const foreign = faults.alsoPlanned?.(plans) ?? [];
        plans++;
        if (applied === parameter && foreign.length === 0) return NOTHING;
        return {
          ...NOTHING,
          changes: [
            { address: "aws_ecs_task_definition.t", type: "aws_ecs_task_definition", action: "replace" },
            { address: "aws_ecs_service.s", type: "aws_ecs_service", action: "update" },
            ...foreign,
          ],
        };
      },
      apply: async () => {
        await Promise.resolve();
        done.push(`apply ${parameter ?? ""}`);
        faults.apply?.(applies++);
        applied = parameter;
      },
      taskDefinition: () => Promise.resolve(`orders:${applied ?? ""}`),
    },
    ...(faults.scheduled === true
      ? {}
      : {
          running: {
            keepsFormerTasks: faults.codeDeploy === true,
            remember: () =>
              Promise.resolve({
                follow: async (taskDefinition: string) => {
                  await Promise.resolve();
                  done.push(`follow ${taskDefinition}`);
                  return { ...OK, ...faults.ends?.(applied ?? "", rollouts++) };
                },
              }),
            restart: () => Promise.resolve(""),
            stop: () => {
              done.push("stop");
              return Promise.resolve();
            },
          },
        }),
    history: new ReleaseHistory(store, "deploys/orders/"),
    watching: { timeout: 1000, signals: [stop.signal] },
    onProgress: () => undefined,
    onEvent: (text) => events.push(text),
  };
  return { parts, done, events, stop, parameter: () => parameter, history: parts.history };
}

export const RELEASE = {
  service: "orders",
  account: "live",
  digest: "sha256:new",
  tag: "v2",
  who: "anna",
  where: "laptop",
};
