import { z } from "zod";

const policy = (...choices: [string, ...string[]]) => z.enum(choices);

const lob = z.strictObject({
  mode: z
    .enum(["full", "limited", "none"])
    .default("full")
    .describe(
      "Large objects and documents: `full` moves all of them, `limited` cuts them at `maxSize`, `none` leaves them out. Default: `full`.",
    ),
  chunkSize: z
    .number()
    .int()
    .min(1)
    .max(102_400)
    .default(64)
    .describe("KB that `full` moves at once. Default: 64."),
  maxSize: z
    .number()
    .int()
    .min(1)
    .max(102_400)
    .default(32)
    .describe("KB at which `limited` cuts, JSON of PostgreSQL too. Default: 32."),
});

const errorBehavior = z.strictObject({
  dataErrorPolicy: policy("LOG_ERROR", "SUSPEND_TABLE", "STOP_TASK")
    .default("SUSPEND_TABLE")
    .describe("A row that the target does not take. Default: `SUSPEND_TABLE`."),
  dataTruncationErrorPolicy: policy("LOG_ERROR", "SUSPEND_TABLE", "STOP_TASK")
    .default("SUSPEND_TABLE")
    .describe("A value that is cut. Default: `SUSPEND_TABLE`."),
  tableErrorPolicy: policy("SUSPEND_TABLE", "STOP_TASK")
    .default("SUSPEND_TABLE")
    .describe("A table that fails. Default: `SUSPEND_TABLE`."),
  applyErrorEscalationPolicy: policy("LOG_ERROR", "SUSPEND_TABLE", "STOP_TASK")
    .default("SUSPEND_TABLE")
    .describe("Changes that fail again and again. Default: `SUSPEND_TABLE`."),
  recoverableErrorCount: z
    .number()
    .int()
    .min(-1)
    .max(10_000)
    .default(-1)
    .describe("Restarts after errors of the surroundings; -1 never gives up. Default: -1."),
});

const ddl = z.strictObject({
  handleSourceTableDropped: z.boolean().default(true).describe("Default: true."),
  handleSourceTableTruncated: z.boolean().default(true).describe("Default: true."),
  handleSourceTableAltered: z.boolean().default(true).describe("Default: true."),
});

const SEVERITY = [
  "LOGGER_SEVERITY_DEFAULT",
  "LOGGER_SEVERITY_ERROR",
  "LOGGER_SEVERITY_WARNING",
  "LOGGER_SEVERITY_INFO",
] as const;

/**
 * Settings of a task, under AWS's names. Those that AWS answers otherwise than they were asked, so that every plan
 * would stop a running task, have no field here.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.html
 */
export const taskSettings = z.strictObject({
  targetTablePrepMode: z
    .enum(["DO_NOTHING", "TRUNCATE_BEFORE_LOAD", "DROP_AND_CREATE"])
    .default("DO_NOTHING")
    .describe("What happens to a table of the target before it is loaded. Default: `DO_NOTHING`."),
  maxFullLoadSubTasks: z
    .number()
    .int()
    .min(1)
    .max(49)
    .default(8)
    .describe("Tables that are loaded at once. Default: 8."),
  commitRate: z
    .number()
    .int()
    .min(1)
    .max(50_000)
    .default(10_000)
    .describe("Rows that are moved at once. Default: 10000."),
  lob: lob.prefault({}).describe("Large objects."),
  batchApplyEnabled: z
    .boolean()
    .default(false)
    .describe(
      "Whether changes are applied in batches: faster, not in the order of transactions. Default: false.",
    ),
  errorBehavior: errorBehavior.prefault({}).describe("What happens when something fails."),
  changeProcessingDdlHandlingPolicy: ddl
    .prefault({})
    .describe("Which changes of tables are followed after the load."),
  controlSchema: z
    .string()
    .regex(/^\w{1,63}$/, "letters, digits and _")
    .default("awsdms_control")
    .describe(
      "Schema of the target with DMS's own tables, which is removed at the end. Default: awsdms_control.",
    ),
  logSeverity: z
    .enum(SEVERITY)
    .default("LOGGER_SEVERITY_DEFAULT")
    .describe("Least severity that each part of the task logs. Default: `LOGGER_SEVERITY_DEFAULT`."),
});

export type TaskSettings = z.output<typeof taskSettings>;
