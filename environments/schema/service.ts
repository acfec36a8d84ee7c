import { z } from "zod";
import { costCentre, email, slug } from "./common";
import { alarms } from "./service/alarms";
import { apiRoute } from "./service/api-route";
import { autoScaling } from "./service/auto-scaling";
import { capacityProviderStrategy } from "./service/capacity-provider-strategy";
import { deploymentConfiguration } from "./service/deployment";
import { door } from "./service/door";
import { egress } from "./service/egress";
import { serviceFunction } from "./service/function";
import { containerHealthCheck, healthCheck } from "./service/health-check";
import { logConfiguration } from "./service/log-configuration";
import { networkDoor } from "./service/network-door";
import { mount } from "./service/mount";
import { isolation } from "./service/isolation";
import { schedule } from "./service/schedule";
import { seconds } from "./service/seconds";
import { source } from "./service/source";
import { serviceConnect } from "./service/service-connect";
import { dependsOn, initContainer, sidecar } from "./service/sidecar";
import { variables } from "./service/variables";
import { statement } from "./statement";

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
    .describe("Where it runs. Default: every account with `hosting`; with an account, its second regions."),
  exceptAccounts: z
    .array(slug(16))
    .default([])
    .describe(
      "Where it does not run all the same, such as in a second region: a job that must run once. Default: nowhere.",
    ),
  repository: z
    .string()
    .regex(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, "an ECR repository name")
    .max(200)
    .optional()
    .describe("Image repository. Default: the service's name."),
  source: source.prefault({}).describe("Where its code is and how the image is made, for `delivery`."),
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
  capacityProviderStrategy: capacityProviderStrategy
    .optional()
    .describe(
      "Several capacity providers, in place of `capacityProvider`: such as a base on FARGATE, the rest on FARGATE_SPOT. Default: all on one.",
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
  ...isolation,
  dependsOn: dependsOn.describe(
    "Sidecars that its own container waits for, and until when: START, COMPLETE, SUCCESS or HEALTHY. Default: none; it waits for `initContainers` anyway.",
  ),
  sidecars: z
    .record(slug(24), sidecar)
    .default({})
    .describe("Containers beside its own, by name. Default: none."),
  initContainers: z
    .record(slug(24), initContainer)
    .default({})
    .describe("Containers that end before its own starts, by name. Default: none."),
  loadBalancers: z
    .array(z.union([door, networkDoor]))
    .max(20)
    .superRefine((entries, context) => {
      const last = entries.findLastIndex((entry) => "alb" in entry);
      const first = entries.findIndex((entry) => "nlb" in entry);
      if (first === -1 || first > last) return;
      const params = { mend: `move loadBalancers[${last}] before it` };
      const message = "entries with alb first, then those with nlb";
      context.addIssue({ code: "custom", path: [first], input: "an entry with nlb", message, params });
    })
    .default([])
    .describe(
      "Doors it stands behind: entries with `alb`, then those with `nlb`; behind five target groups at most. Default: none.",
    ),
  apis: z
    .array(apiRoute)
    .max(40)
    .default([])
    .describe("What it answers of the account's `apis`, or puts into a stream. Default: nothing."),
  serviceDiscovery: z
    .boolean()
    .optional()
    .describe(
      "Whether Cloud Map names its tasks. Default: when it has a port, no door at which people sign in, nothing in `apis`, and deployments that move no traffic.",
    ),
  serviceConnect: serviceConnect
    .prefault({})
    .describe("A proxy in each task that knows the tasks of other services. Default: none."),
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
  environment: variables.default({}).describe("Plain settings. Default: none."),
  secrets: variables
    .default({})
    .describe(
      "Environment variable to name of a secret of the account, or to a key of its JSON: `orders/db:password`. Default: none.",
    ),
  databases: z
    .array(slug(24))
    .default([])
    .describe(
      "Databases of the account's `data` that it connects to: group, endpoint and IAM sign-in. Default: none.",
    ),
  caches: z
    .array(slug(15))
    .default([])
    .describe(
      "Caches of the account's `data` that it connects to: group, endpoint and IAM sign-in. Default: none.",
    ),
  documentDatabases: z
    .array(slug(24))
    .default([])
    .describe(
      "DocumentDB clusters of the account's `data` that it connects to: group and endpoint. Default: none.",
    ),
  memoryDatabases: z
    .array(slug(15))
    .default([])
    .describe(
      "MemoryDB clusters of the account's `data` that it connects to: group, endpoint and IAM sign-in. Default: none.",
    ),
  searchDomains: z
    .record(slug(20), z.enum(["read", "readWrite"]))
    .default({})
    .describe(
      "OpenSearch domains of the account's `data`, and what its signed requests may do there. Default: none.",
    ),
  mysqlClusters: z
    .array(slug(20))
    .default([])
    .describe("MySQL clusters of the account's `data` that it connects to: group and names. Default: none."),
  buckets: z
    .record(slug(24), z.enum(["read", "readWrite"]))
    .default({})
    .describe("Buckets of the account's `data`, and what it does in them. Default: none."),
  externalDatabases: z
    .array(slug(24))
    .default([])
    .describe(
      "Databases outside that it connects to, of the account's `data`: group, and `MONGODB_<NAME>_URL`. Default: none.",
    ),
  streams: z
    .record(slug(24), z.enum(["produce", "consume"]))
    .default({})
    .describe("Streams of the account's `data`, and what it does with their records. Default: none."),
  tables: z
    .record(slug(24), z.enum(["read", "readWrite"]))
    .default({})
    .describe("Tables of the account's `data`, and what it does in them. Default: none."),
  consumes: z.array(slug(40)).default([]).describe("Queues that it reads. Default: none."),
  sends: z.array(slug(40)).default([]).describe("Queues that it sends to. Default: none."),
  publishes: z.array(slug(40)).default([]).describe("Topics that it publishes to. Default: none."),
  brokers: z.array(slug(16)).default([]).describe("Brokers that it speaks to. Default: none."),
  logConfiguration: logConfiguration
    .default({ destination: "awslogs" })
    .describe(
      'Where what its containers write goes, by `destination`: `awslogs`, or through a router `cloudwatch`, `s3` or `http`. Default: { destination: "awslogs" }.',
    ),
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
  readonly overrides?: Readonly<
    Record<string, Override<Omit<Base, "name" | "accounts" | "exceptAccounts" | "source">>>
  >;
};

type Parsed = z.output<typeof service>;

/** A service as it is in one account, everything filled in. */
export type Service = Omit<
  Parsed,
  | "costCentre"
  | "repository"
  | "serviceDiscovery"
  | "autoScaling"
  | "accounts"
  | "exceptAccounts"
  | "capacityProvider"
  | "capacityProviderStrategy"
  | "serviceConnect"
  | "loadBalancers"
> & {
  /** Hosts and paths behind Application Load Balancers, in their order. */
  readonly loadBalancers: readonly z.output<typeof door>[];
  /** Ports of Network Load Balancers, which come after those. */
  readonly networkDoors: readonly z.output<typeof networkDoor>[];
  /** FARGATE, FARGATE_SPOT, or a capacity provider of the account; the first of its strategy. */
  readonly capacityProvider: string;
  /** What its tasks run on, one entry at the least. */
  readonly capacityProviderStrategy: NonNullable<Parsed["capacityProviderStrategy"]>;
  readonly costCentre: string;
  readonly repository: string;
  readonly serviceDiscovery: boolean;
  readonly serviceConnect: Parsed["serviceConnect"] & { readonly enabled: boolean };
  readonly autoScaling: Parsed["autoScaling"] & {
    readonly minCapacity: number;
    readonly maxCapacity: number;
  };
};

export type Door = Service["loadBalancers"][number];
export type NetworkDoor = Service["networkDoors"][number];
export type Sidecar = Service["sidecars"][string];
export type InitContainer = Service["initContainers"][string];
export type ServiceFunction = Service["functions"][string];
