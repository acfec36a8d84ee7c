import { z } from "zod";

const minutes = z.number().int().min(0).max(1440);
const percent = (least: number) => z.number().min(least).max(100).multipleOf(0.1);

/** Steps of `CANARY`. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CanaryConfiguration.html */
const canaryConfiguration = z.strictObject({
  canaryPercent: percent(0.1)
    .default(5)
    .describe("Per cent of traffic that the new version gets first. Default: 5."),
  canaryBakeTimeInMinutes: minutes
    .default(10)
    .describe("Minutes before it gets the rest; a day at most. Default: 10."),
});

/** Steps of `LINEAR`. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html */
const linearConfiguration = z.strictObject({
  stepPercent: percent(3)
    .default(10)
    .describe("Per cent of traffic that moves at each step, 3 at least. Default: 10."),
  stepBakeTimeInMinutes: minutes.default(6).describe("Minutes between two steps; a day at most. Default: 6."),
});

/** How a deployment replaces tasks. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service-options.html */
export const deploymentConfiguration = z.strictObject({
  controller: z
    .enum(["ECS", "CODE_DEPLOY"])
    .default("ECS")
    .describe(
      "Who replaces the tasks: ECS itself, or CodeDeploy, which takes one load balancer and no rolling deployments; for life, since AWS replaces the service to change it. Default: ECS.",
    ),
  strategy: z
    .enum(["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"])
    .default("ROLLING")
    .describe(
      "`ROLLING` replaces tasks one after another. The others start all new tasks beside the old ones and move the traffic: at once, in equal steps, or a small part first. Default: ROLLING.",
    ),
  prepared: z
    .boolean()
    .default(false)
    .describe(
      "Of `ROLLING`: everything that moving traffic needs is there, and not used yet: the step between `ROLLING` and the other strategies, there and back, applied for itself. Default: false.",
    ),
  minimumHealthyPercent: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(100)
    .describe("Per cent of tasks that stay in service during a rolling deployment. Default: 100."),
  maximumPercent: z
    .number()
    .int()
    .min(100)
    .max(200)
    .default(200)
    .describe("Per cent of tasks that may run during a rolling deployment. Default: 200."),
  bakeTimeInMinutes: minutes
    .optional()
    .describe(
      "Minutes that the old tasks run on once all traffic has moved, so that going back takes seconds. Default: 5; a rolling deployment has none.",
    ),
  canaryConfiguration: canaryConfiguration
    .optional()
    .describe("Steps of `CANARY`. Default: 5 per cent of the traffic, the rest after 10 minutes."),
  linearConfiguration: linearConfiguration
    .optional()
    .describe("Steps of `LINEAR`. Default: 10 per cent of the traffic every 6 minutes."),
});

export type DeploymentConfiguration = z.output<typeof deploymentConfiguration>;

/** Minutes that the old tasks run on, unless a service says otherwise. */
const BAKE_TIME = 5;

/** What a deployment does with traffic, everything filled in; nothing, where tasks are replaced one after another. */
export interface TrafficShift {
  readonly controller: DeploymentConfiguration["controller"];
  readonly strategy: Exclude<DeploymentConfiguration["strategy"], "ROLLING">;
  readonly bakeTimeInMinutes: number;
  readonly canary: z.output<typeof canaryConfiguration>;
  readonly linear: z.output<typeof linearConfiguration>;
}

/** Whether it has two target groups behind each load balancer, of which one has the traffic. */
export const takesTurns = ({ strategy, prepared }: DeploymentConfiguration): boolean =>
  strategy !== "ROLLING" || prepared;

export function trafficShift(configuration: DeploymentConfiguration): TrafficShift | undefined {
  const { controller, strategy, bakeTimeInMinutes = BAKE_TIME } = configuration;
  if (strategy === "ROLLING") return undefined;
  return {
    controller,
    strategy,
    bakeTimeInMinutes,
    canary: configuration.canaryConfiguration ?? canaryConfiguration.parse({}),
    linear: configuration.linearConfiguration ?? linearConfiguration.parse({}),
  };
}
