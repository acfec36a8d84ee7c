import { z } from "zod";
import { costCentre, email, slug } from "./common";
import { DEFAULT_RUNTIME } from "./runtimes";
import { statement } from "./statement";

const seconds = (min: number, max: number) => z.number().int().min(min).max(max);

const healthCheck = z.strictObject({
  path: z
    .string()
    .regex(/^\/\S*$/, "a path beginning with /")
    .default("/health")
    .describe("Requested path. Default: /health."),
  matcher: z
    .string()
    .regex(/^\d{3}([-,]\d{3})*$/, "codes such as 200 or 200-299")
    .default("200")
    .describe("Codes of a healthy answer. Default: 200."),
  interval: seconds(5, 300).default(15).describe("Seconds between checks. Default: 15."),
  timeout: seconds(2, 120)
    .default(5)
    .describe("Seconds an answer may take; less than `interval`. Default: 5."),
  healthyThreshold: z
    .number()
    .int()
    .min(2)
    .max(10)
    .default(2)
    .describe("Good answers that make a target healthy. Default: 2."),
  unhealthyThreshold: z
    .number()
    .int()
    .min(2)
    .max(10)
    .default(3)
    .describe("Bad answers that make it unhealthy. Default: 3."),
});

const containerHealthCheck = z.strictObject({
  command: z.array(z.string().min(1)).min(1).describe("Command run in the container, without a shell."),
  interval: seconds(5, 300).default(30).describe("Seconds between runs. Default: 30."),
  timeout: seconds(2, 60).default(5).describe("Seconds a run may take. Default: 5."),
  retries: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe("Failures that make the container unhealthy. Default: 3."),
  startPeriod: seconds(0, 300)
    .default(60)
    .describe("Seconds at the start in which failures do not count. Default: 60."),
});

const stickiness = z.strictObject({
  cookieDuration: seconds(1, 604800).describe("Seconds a client stays with its task."),
});

const door = z.strictObject({
  alb: slug(12).describe("The load balancer, by its name in the account's `hosting`."),
  host: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "one DNS label, such as orders")
    .describe(
      "Host name without its zone: `orders` becomes orders.<public zone> or orders.internal.<public zone>.",
    ),
  path: z
    .string()
    .max(128)
    .regex(/^\/[\w\-./~*?]*$/, "a path pattern such as /api/*")
    .optional()
    .describe("Path pattern, with * and ?. Default: every path of the host."),
  idleTimeout: seconds(1, 4000)
    .optional()
    .describe("Seconds of silence the service's connections live through; the load balancer must allow it."),
  callers: z
    .enum(["people", "machines"])
    .optional()
    .describe(
      "Who calls: `people` with a browser, or `machines`. Default: machines behind an internal load balancer, else people.",
    ),
  authenticate: z
    .boolean()
    .default(false)
    .describe(
      "Whether people sign in at the load balancer first; needs the account's `auth`. Default: false.",
    ),
  stickiness: stickiness.optional().describe("Keeps a client with its task. Default: off."),
});

const autoScaling = z.strictObject({
  minCapacity: z
    .number()
    .int()
    .min(1)
    .max(500)
    .optional()
    .describe("Fewest tasks. Default: the account's `minimumTasks`."),
  maxCapacity: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe("Most tasks. Default: three times the fewest, at least 4."),
  cpu: z.number().min(10).max(90).default(60).describe("Average CPU use to hold, per cent. Default: 60."),
  memory: z
    .number()
    .min(10)
    .max(90)
    .optional()
    .describe("Average memory use to hold, per cent. Default: not scaled on."),
  requestsPerTarget: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Requests a minute and task to hold. Default: not scaled on."),
  messagesPerTask: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Messages that may wait in its queues for each task. Default: not scaled on."),
});

const alarms = z.strictObject({
  http5xxPercent: z
    .number()
    .min(0.1)
    .max(100)
    .default(5)
    .describe("Per cent of answers that may be 5xx. Default: 5."),
  latencyP95Seconds: z
    .number()
    .min(0.01)
    .max(300)
    .default(2)
    .describe("95th percentile of response time, seconds. Default: 2."),
  logErrors: z
    .number()
    .int()
    .min(0)
    .default(10)
    .describe("Errors in the log, within five minutes and twice in a row, that may be. Default: 10."),
});

const egress = z.strictObject({
  description: z
    .string()
    .min(3)
    .max(120)
    .regex(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;!*]*$/, "letters of English, digits, spaces and ._-:/()#,@[]+=&;!*")
    .describe("Whom the service calls there."),
  protocol: z.enum(["tcp", "udp"]).default("tcp").describe("Default: tcp."),
  port: z.number().int().min(1).max(65535).describe("Destination port."),
  cidrBlock: z.cidrv4().describe("Destination range."),
});

const mount = z
  .strictObject({
    fileSystem: slug(24).optional().describe("A file system of the account's `data`, with `accessPoint`."),
    accessPoint: slug(24).optional().describe("Access point of the file system; there is no other way in."),
    volume: slug(24).optional().describe("A volume of the account's `data`, on instances that mount it."),
    mountPath: z
      .string()
      .regex(/^(\/[\w.-]+)+$/, "an absolute path")
      .describe("Path in the container."),
    readOnly: z.boolean().default(false).describe("Default: false."),
  })
  .superRefine(({ fileSystem, accessPoint, volume }, context) => {
    const issue = (path: string, message: string, input: unknown) =>
      context.addIssue({ code: "custom", path: [path], input, message });
    if ((fileSystem === undefined) === (volume === undefined))
      issue("fileSystem", "either fileSystem or volume", fileSystem);
    if (volume !== undefined && accessPoint !== undefined)
      issue("accessPoint", "none: only file systems have access points", accessPoint);
  });

/** Names of the functions' runtimes are checked apart, so that a retired one is told by its date. */
const serviceFunction = z.strictObject({
  runtime: z.string().default(DEFAULT_RUNTIME).describe("Lambda runtime. Default: nodejs22.x."),
  handler: z.string().default("index.handler").describe("Default: index.handler."),
  code: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*$/, "a folder below functions/, such as meter-intake")
    .optional()
    .describe("Folder of its code below the organization's `functions/`. Default: the function's name."),
  memory: z.number().int().min(128).max(10_240).default(256).describe("MiB. Default: 256."),
  timeout: seconds(1, 900).default(30).describe("Seconds. Default: 30."),
  reservedConcurrency: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe("Most executions at a time, so that it cannot take all of the account's. Default: 10."),
  bucket: slug(24).optional().describe("Runs for each new object of this bucket."),
  schedule: z.string().optional().describe("Runs at these times: rate(...) or cron(...)."),
  sends: z.array(slug(40)).default([]).describe("Queues it sends to. Default: none."),
  environment: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/), z.string())
    .default({})
    .describe("Default: none."),
});

/** When a scheduled task runs. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
const schedule = z.strictObject({
  expression: z
    .string()
    .regex(/^(rate|cron)\(.+\)$/, "rate(...) or cron(...)")
    .describe("When it runs: `rate(1 hour)`, or `cron(0 3 * * ? *)` of six fields."),
  timezone: z.string().default("UTC").describe("IANA time zone of a cron expression. Default: UTC."),
});

const deploymentConfiguration = z.strictObject({
  minimumHealthyPercent: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(100)
    .describe("Per cent of tasks that stay in service during a deployment. Default: 100."),
  maximumPercent: z
    .number()
    .int()
    .min(100)
    .max(200)
    .default(200)
    .describe("Per cent of tasks that may run during a deployment. Default: 200."),
});

/** A service: one file of `services/`. Most need eight lines or fewer. */
export const service = z.strictObject({
  name: slug(24).describe("The service's name: of its stack, repository, log group and DNS entry."),
  owner: email.describe("The team that answers for it."),
  costCentre: costCentre.optional().describe("Cost centre. Default: the account's."),
  kind: z
    .enum(["service", "worker", "scheduledTask"])
    .default("service")
    .describe(
      "`service` listens on a port; `worker` does not; `scheduledTask` runs at its `schedule` and ends. Default: service.",
    ),
  schedule: schedule.optional().describe("When a scheduled task runs; only those have one."),
  accounts: z
    .array(slug(16))
    .min(1)
    .optional()
    .describe("Where it runs. Default: every account with `hosting`."),
  repository: z
    .string()
    .regex(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, "an ECR repository name")
    .max(200)
    .optional()
    .describe("Image repository. Default: the service's name."),
  cpu: z.number().int().default(256).describe("CPU units of a task, 1024 to a vCPU. Default: 256."),
  memory: z
    .number()
    .int()
    .default(512)
    .describe(
      "Memory of a task, MiB; Fargate allows pairs with `cpu`, instances what fits on them. Default: 512.",
    ),
  capacityProvider: z
    .string()
    .optional()
    .describe(
      "What its tasks run on: FARGATE, FARGATE_SPOT, or a name of the account's `hosting.capacityProviders`. Default: the account's.",
    ),
  cpuArchitecture: z.enum(["X86_64", "ARM64"]).default("X86_64").describe("Default: X86_64."),
  containerPort: z
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe("Port the container listens on; a service has one, a worker has none."),
  peerPorts: z
    .array(z.number().int().min(1).max(65535))
    .max(5)
    .default([])
    .describe("Ports on which its tasks reach each other, such as a cluster's. Default: none."),
  command: z.array(z.string()).optional().describe("Replaces the image's command. Default: the image's own."),
  user: z
    .string()
    .regex(/^[1-9]\d*(:[1-9]\d*)?$/, "a numeric uid or uid:gid, not 0")
    .default("10001:10001")
    .describe("User of the process. Default: 10001:10001, since root in a container is root at an escape."),
  readonlyRootFilesystem: z
    .literal(true)
    .default(true)
    .describe("Always true; /tmp is writable. A different need is a volume."),
  loadBalancers: z
    .array(door)
    .max(5)
    .default([])
    .describe("Doors it stands behind, each with a target group; five at most. Default: none."),
  serviceDiscovery: z
    .boolean()
    .optional()
    .describe(
      "Whether Cloud Map names its tasks. Default: when it has a port and no door at which people sign in.",
    ),
  healthCheck: healthCheck.prefault({}).describe("How load balancers check its tasks."),
  containerHealthCheck: containerHealthCheck
    .optional()
    .describe("How ECS checks the container. Default: none."),
  healthCheckGracePeriodSeconds: seconds(0, 1800)
    .default(60)
    .describe("Seconds a new task may fail its checks. Default: 60."),
  deregistrationDelay: seconds(0, 3600)
    .default(30)
    .describe("Seconds a leaving target finishes its connections. Default: 30."),
  stopTimeout: seconds(2, 120)
    .default(30)
    .describe("Seconds between SIGTERM and SIGKILL; Fargate allows 120. Default: 30."),
  environment: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, "an environment variable's name"), z.string())
    .default({})
    .describe("Plain settings. Default: none."),
  secrets: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, "an environment variable's name"), z.string())
    .default({})
    .describe("Environment variable to name of a secret of the account. Default: none."),
  databases: z
    .array(slug(24))
    .default([])
    .describe(
      "Databases of the account's `data` that it connects to: group, endpoint and IAM sign-in. Default: none.",
    ),
  buckets: z
    .record(slug(24), z.enum(["read", "readWrite"]))
    .default({})
    .describe("Buckets of the account's `data`, and what it does in them. Default: none."),
  consumes: z.array(slug(40)).default([]).describe("Queues that it reads. Default: none."),
  sends: z.array(slug(40)).default([]).describe("Queues that it sends to. Default: none."),
  publishes: z.array(slug(40)).default([]).describe("Topics that it publishes to. Default: none."),
  brokers: z.array(slug(16)).default([]).describe("Brokers that it speaks to. Default: none."),
  volumes: z
    .record(slug(24), mount)
    .default({})
    .describe("What its container mounts, by name: file systems and volumes. Default: none, beside /tmp."),
  functions: z
    .record(slug(24), serviceFunction)
    .default({})
    .describe("Lambda functions that belong to it, such as one that feeds its queue. Default: none."),
  taskRoleStatements: z
    .array(statement)
    .default([])
    .describe("What the code may do in AWS. Default: nothing."),
  egress: z.array(egress).default([]).describe("Outbound traffic beyond HTTPS and the VPC. Default: none."),
  autoScaling: autoScaling.prefault({}).describe("How many tasks run, and on what they scale."),
  followsWorkingHours: z
    .boolean()
    .default(true)
    .describe("Whether it sleeps outside the account's working hours. Default: true."),
  deploymentConfiguration: deploymentConfiguration
    .prefault({})
    .describe("How a deployment replaces its tasks. Default: never below full strength."),
  alarms: alarms.prefault({}).describe("When its owner is told."),
});

type Base = z.input<typeof service>;

/** Deep partial of plain objects; lists are replaced as a whole. */
export type Override<T> = {
  readonly [K in keyof T]?: T[K] extends readonly unknown[] | undefined
    ? T[K]
    : T[K] extends object | undefined
      ? Override<NonNullable<T[K]>>
      : T[K];
};

/** What a service's file exports. `overrides` says, by account, what differs there. */
export type ServiceInput = Base & {
  readonly overrides?: Readonly<Record<string, Override<Omit<Base, "name" | "accounts">>>>;
};

type Parsed = z.output<typeof service>;

/** A service as it is in one account, everything filled in. */
export type Service = Omit<
  Parsed,
  "costCentre" | "repository" | "serviceDiscovery" | "autoScaling" | "accounts" | "capacityProvider"
> & {
  /** FARGATE, FARGATE_SPOT, or a capacity provider of the account. */
  readonly capacityProvider: string;
  readonly costCentre: string;
  readonly repository: string;
  readonly serviceDiscovery: boolean;
  readonly autoScaling: Parsed["autoScaling"] & {
    readonly minCapacity: number;
    readonly maxCapacity: number;
  };
};

export type Door = Service["loadBalancers"][number];
export type ServiceFunction = Service["functions"][string];
