import { z } from "zod";
import { everyMigration } from "./common";
import { endpoint } from "./endpoint";
import { tableMappings } from "./table-mappings";
import { taskSettings } from "./task-settings";

const CAPACITY_UNITS = [1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384] as const;

/** What replicates. */
const compute = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("instance").describe("A replication instance, which runs until the migration ends."),
    engineVersion: z
      .string()
      .regex(/^3\.\d+\.\d+$/, "a version of DMS such as 3.6.1")
      .default("3.6.1")
      .describe("Version of DMS; nothing upgrades it by itself. Default: 3.6.1."),
    replicationInstanceClass: z
      .string()
      .regex(/^dms\.[a-z0-9]+\.[a-z0-9]+$/, "a class such as dms.r6i.large")
      .describe("Such as dms.t3.medium or dms.r6i.large."),
    allocatedStorage: z
      .number()
      .int()
      .min(5)
      .max(6144)
      .default(100)
      .describe("GiB for logs and for changes that wait. Default: 100."),
    multiAz: z
      .boolean()
      .optional()
      .describe("Whether a standby is kept in a second zone. Default: as the account is `multiAz`."),
    availabilityZone: z
      .string()
      .regex(/^[a-f]$/, "a zone letter, a to f")
      .optional()
      .describe("Zone of the only instance; not with `multiAz`. Default: AWS chooses."),
  }),
  z.strictObject({
    mode: z.literal("serverless").describe("DMS Serverless, which grows and shrinks by itself."),
    minCapacityUnits: z
      .literal([...CAPACITY_UNITS])
      .default(1)
      .describe("Least capacity, units of 2 GB. Default: 1."),
    maxCapacityUnits: z.literal([...CAPACITY_UNITS]).describe("Greatest capacity, units of 2 GB."),
    multiAz: z
      .boolean()
      .optional()
      .describe("Whether a standby is kept in a second zone. Default: as the account is `multiAz`."),
  }),
]);

const task = z.strictObject({
  migrationType: z
    .enum(["full-load-and-cdc", "full-load", "cdc"])
    .default("full-load-and-cdc")
    .describe("What is there, what changes from then on, or both. Default: `full-load-and-cdc`."),
  tableMappings: tableMappings.describe("Which tables move."),
  cdcStartPosition: z
    .string()
    .regex(/^[\w.:/=-]{1,200}$/, "a position as the engine writes it")
    .optional()
    .describe(
      "Position in the source's log from which changes are read, with `cdc`; never changes afterwards. Default: none.",
    ),
  cdcStartTime: z.iso
    .datetime()
    .optional()
    .describe("Time from which changes are read, with `cdc`; never changes afterwards. Default: none."),
  settings: taskSettings.prefault({}).describe("Settings of the tasks."),
});

const validation = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe("Whether DMS compares source and target row by row. Default: true."),
  separateTask: z
    .boolean()
    .default(false)
    .describe(
      "Whether a task of its own compares them, from phase cdc on, so that the one that moves data is not slowed. Default: false.",
    ),
  threadCount: z.number().int().min(1).max(48).default(5).describe("Threads that compare. Default: 5."),
  failureMaxCount: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe("Failures at which validation of the task stops. Default: 10000."),
  tableFailureMaxCount: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1000)
    .describe("Failures at which validation of a table stops. Default: 1000."),
  recordFailureDelayLimitInMinutes: z
    .number()
    .int()
    .min(0)
    .max(1440)
    .default(0)
    .describe("Minutes for which a failure is not told, since changes may be on their way. Default: 0."),
});

const reverse = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      "Whether a task brings changes of the target back to the source, from the cutover on. Default: false.",
    ),
  loopbackPrevention: z
    .boolean()
    .default(false)
    .describe("Whether both tasks may run at once, each leaving out what the other wrote. Default: false."),
  loopbackSchema: z
    .string()
    .regex(/^\w{1,63}$/, "letters, digits and _")
    .default("awsdms_loopback")
    .describe("Schema at both ends with the table that this takes. Default: awsdms_loopback."),
  tableMappings: tableMappings
    .optional()
    .describe("Which tables come back. Default: those of the task, its renames turned round."),
  sourceSecret: z
    .string()
    .optional()
    .describe("Secret with a user that reads the target's log. Default: the target's."),
  targetSecret: z
    .string()
    .optional()
    .describe("Secret with a user that writes to the source. Default: the source's."),
});

/** Tables that move by AWS Database Migration Service. */
export const dmsMigration = z.strictObject({
  kind: z.literal("dms").describe("Databases, by AWS Database Migration Service."),
  ...everyMigration,
  source: endpoint.describe("Where data is now."),
  target: endpoint.describe("Where it moves to."),
  compute: compute.describe("What replicates."),
  task: task.describe("What moves, and how."),
  validation: validation.prefault({}).describe("How source and target are compared."),
  reverse: reverse.prefault({}).describe("The way back by replication."),
});

export type DmsMigration = z.output<typeof dmsMigration>;
export type DmsCompute = DmsMigration["compute"];
