import { z } from "zod";
import { clockTime, isTimezone, logRetentionDays } from "./common";

const days = z.enum(["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]);

/** When an environment's services run; outside these hours their task counts are zero. */
export const workingHours = z
  .strictObject({
    timezone: z
      .string()
      .refine(isTimezone, "an IANA time zone such as Europe/Berlin")
      .describe("IANA time zone that `start` and `stop` are in."),
    start: z
      .union([clockTime, z.literal("onRequest")], { error: 'HH:MM, or "onRequest" for slipway wake alone' })
      .describe(
        "When services return to their minimum task counts, HH:MM; `onRequest` only when somebody runs slipway wake.",
      ),
    stop: clockTime.describe("When services go to zero tasks, HH:MM; later than `start`."),
    days: z
      .array(days)
      .superRefine((given, context) => {
        if (given.length > 0) return;
        const mend = "leave days away for Monday to Friday, or write workingHours: null to run always";
        context.addIssue({ code: "custom", input: given, message: "at least one day", params: { mend } });
      })
      .default(["MON", "TUE", "WED", "THU", "FRI"])
      .describe("Days with working hours."),
  })
  .superRefine(({ start, stop }, context) => {
    if (start === "onRequest" || stop > start) return;
    const mend =
      stop < start
        ? `write start: "${stop}" and stop: "${start}", if it is these hours of a day`
        : "write a later time";
    context.addIssue({
      code: "custom",
      path: ["stop"],
      input: stop,
      message: `later than start, ${start}`,
      params: { mend },
    });
  });

/**
 * What an account can do and what it affords. Stacks branch on these, never on an account's name.
 * Each preset below fills all of them; an account overrides one at a time.
 */
export const capabilities = z.strictObject({
  multiAz: z.boolean().describe("Whether services and stores keep a standby in a second availability zone."),
  minimumTasks: z
    .number()
    .int()
    .min(1)
    .max(10)
    .describe("The task count below which autoscaling never goes while the environment is awake."),
  deletionProtection: z
    .boolean()
    .describe(
      "Whether whatever is stateful or at a front door refuses deletion (`prevent_destroy` included).",
    ),
  natGateways: z
    .enum(["none", "one", "perZone"])
    .describe(
      "Outbound internet for private subnets: none, one for all zones (cheap), one in each (robust).",
    ),
  publicLoadBalancers: z
    .boolean()
    .describe("Whether load balancers may face the internet; false where `apis` are the only public door."),
  interfaceEndpoints: z
    .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, "a service such as ecr.api"))
    .describe("AWS services reached through private endpoints, by the last part of the endpoint's name."),
  fargateSpot: z.boolean().describe("Whether services run on Fargate Spot unless they say otherwise."),
  executeCommand: z.boolean().describe("Whether people may open a shell in a task (ECS Exec)."),
  rollbackOnAlarms: z.boolean().describe("Whether a deployment rolls back when the service's alarms go off."),
  containerInsights: z
    .enum(["enhanced", "enabled", "disabled"])
    .describe("How much CloudWatch Container Insights records of the cluster."),
  serviceDashboards: z
    .boolean()
    .describe(
      "Whether each service has a CloudWatch dashboard, which costs $3 a month; the account's own always is.",
    ),
  logRetentionDays: logRetentionDays.describe("How long application logs are kept, in days."),
  auditLogRetentionDays: logRetentionDays.describe("How long flow logs and access logs are kept, in days."),
  secretRecoveryDays: z
    .union([z.literal(0), z.number().int().min(7).max(30)])
    .describe("How long a deleted secret can be restored, in days: 0 (at once gone) or 7 to 30."),
  applyApproval: z
    .boolean()
    .describe(
      "Whether a person approves each apply from CI: reviewers of the environment, or a manual step.",
    ),
  provenReleases: z
    .boolean()
    .describe(
      "Whether slipway deploy takes only images that were released in the account before it in `delivery.stages`, and no tag that can move, such as latest.",
    ),
  workingHours: workingHours
    .nullable()
    .describe("The hours in which services run; null runs them always. Outside them, task counts are zero."),
});

export type Capabilities = z.output<typeof capabilities>;
export type CapabilitiesInput = z.input<typeof capabilities>;

const office: z.output<typeof workingHours> = {
  timezone: "Europe/Berlin",
  start: "07:00",
  stop: "20:00",
  days: ["MON", "TUE", "WED", "THU", "FRI"],
};

const PRIVATE_SERVICES = ["ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager", "ssm", "sts"];

const development: Capabilities = {
  multiAz: false,
  minimumTasks: 1,
  deletionProtection: false,
  natGateways: "one",
  publicLoadBalancers: true,
  interfaceEndpoints: [],
  fargateSpot: true,
  executeCommand: true,
  rollbackOnAlarms: false,
  containerInsights: "enabled",
  serviceDashboards: false,
  logRetentionDays: 14,
  auditLogRetentionDays: 90,
  secretRecoveryDays: 0,
  applyApproval: false,
  provenReleases: false,
  workingHours: office,
};

/** The four environments every company of this kind has; an account names one and overrides what differs. */
export const PRESETS = {
  live: {
    multiAz: true,
    minimumTasks: 2,
    deletionProtection: true,
    natGateways: "perZone",
    publicLoadBalancers: true,
    interfaceEndpoints: PRIVATE_SERVICES,
    fargateSpot: false,
    executeCommand: false,
    rollbackOnAlarms: true,
    containerInsights: "enhanced",
    serviceDashboards: true,
    logRetentionDays: 30,
    auditLogRetentionDays: 365,
    secretRecoveryDays: 30,
    applyApproval: true,
    provenReleases: true,
    workingHours: null,
  },
  qa: {
    ...development,
    multiAz: true,
    executeCommand: false,
    serviceDashboards: true,
    logRetentionDays: 30,
    rollbackOnAlarms: true,
  },
  development,
  playground: {
    ...development,
    containerInsights: "disabled",
    logRetentionDays: 7,
    // Down until somebody wakes it, and down again each evening.
    workingHours: { ...office, start: "onRequest", days: ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"] },
  },
} as const satisfies Record<string, Capabilities>;

export const PRESET_NAMES = [
  "live",
  "qa",
  "development",
  "playground",
] as const satisfies (keyof typeof PRESETS)[];
