/** Settings of a task, as an organization describes them. */
export interface TaskSettingsProps {
  readonly targetTablePrepMode: string;
  readonly maxFullLoadSubTasks: number;
  readonly commitRate: number;
  readonly lob: {
    readonly mode: "full" | "limited" | "none";
    readonly chunkSize: number;
    readonly maxSize: number;
  };
  readonly batchApplyEnabled: boolean;
  readonly errorBehavior: {
    readonly dataErrorPolicy: string;
    readonly dataTruncationErrorPolicy: string;
    readonly tableErrorPolicy: string;
    readonly applyErrorEscalationPolicy: string;
    readonly recoverableErrorCount: number;
  };
  readonly changeProcessingDdlHandlingPolicy: {
    readonly handleSourceTableDropped: boolean;
    readonly handleSourceTableTruncated: boolean;
    readonly handleSourceTableAltered: boolean;
  };
  readonly controlSchema: string;
  readonly logSeverity: string;
}

export interface ValidationProps {
  readonly threadCount: number;
  readonly failureMaxCount: number;
  readonly tableFailureMaxCount: number;
  readonly recordFailureDelayLimitInMinutes: number;
}

/** What a task is for, beside its settings. */
export interface TaskPurpose {
  /** `only` moves nothing; AWS changes it in no task that is there. */
  readonly validation: "with" | "only" | "none";
  /** Whether it fills tables. Whatever does not must find them as they are, even if somebody starts it anew. */
  readonly loads: boolean;
  /** Schema with the table by which two tasks tell what the other wrote. @default none */
  readonly loopbackSchema?: string;
}

/** Parts of a task that say something of its work; the others log what AWS's support reads. */
const LOGGING = [
  "SOURCE_CAPTURE",
  "SOURCE_UNLOAD",
  "TARGET_APPLY",
  "TARGET_LOAD",
  "TASK_MANAGER",
  "VALIDATOR_EXT",
] as const;

/** What AWS logs where nothing is said. */
export const DEFAULT_SEVERITY = "LOGGER_SEVERITY_DEFAULT";

/**
 * The JSON of a task's settings. Terraform compares only what is written here, so what AWS fills in settles; what AWS
 * answers otherwise than it was asked is not written: an update stops a running task.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.html
 */
export function taskSettings(
  settings: TaskSettingsProps,
  validation: ValidationProps,
  { validation: compares, loads, loopbackSchema }: TaskPurpose,
): string {
  const { lob, errorBehavior, changeProcessingDdlHandlingPolicy: ddl } = settings;
  return JSON.stringify({
    TargetMetadata: {
      SupportLobs: lob.mode !== "none",
      FullLobMode: lob.mode === "full",
      LobChunkSize: lob.mode === "full" ? lob.chunkSize : 0,
      LimitedSizeLobMode: lob.mode === "limited",
      LobMaxSize: lob.mode === "limited" ? lob.maxSize : 0,
      BatchApplyEnabled: settings.batchApplyEnabled,
      TaskRecoveryTableEnabled: true,
    },
    FullLoadSettings: {
      TargetTablePrepMode: loads ? settings.targetTablePrepMode : "DO_NOTHING",
      MaxFullLoadSubTasks: settings.maxFullLoadSubTasks,
      CommitRate: settings.commitRate,
    },
    Logging: {
      EnableLogging: true,
      ...(settings.logSeverity === DEFAULT_SEVERITY
        ? {}
        : { LogComponents: LOGGING.map((Id) => ({ Id, Severity: settings.logSeverity })) }),
    },
    ControlTablesSettings: { ControlSchema: settings.controlSchema },
    ErrorBehavior: {
      FailOnNoTablesCaptured: true,
      DataErrorPolicy: errorBehavior.dataErrorPolicy,
      DataTruncationErrorPolicy: errorBehavior.dataTruncationErrorPolicy,
      TableErrorPolicy: errorBehavior.tableErrorPolicy,
      ApplyErrorEscalationPolicy: errorBehavior.applyErrorEscalationPolicy,
      RecoverableErrorCount: errorBehavior.recoverableErrorCount,
    },
    ChangeProcessingDdlHandlingPolicy: {
      HandleSourceTableDropped: ddl.handleSourceTableDropped,
      HandleSourceTableTruncated: ddl.handleSourceTableTruncated,
      HandleSourceTableAltered: ddl.handleSourceTableAltered,
    },
    ValidationSettings: {
      EnableValidation: compares !== "none",
      ...(compares === "only" ? { ValidationOnly: true } : {}),
      ThreadCount: validation.threadCount,
      FailureMaxCount: validation.failureMaxCount,
      TableFailureMaxCount: validation.tableFailureMaxCount,
      HandleCollationDiff: true,
      RecordFailureDelayLimitInMinutes: validation.recordFailureDelayLimitInMinutes,
    },
    ...(loopbackSchema === undefined
      ? {}
      : {
          LoopbackPreventionSettings: {
            EnableLoopbackPrevention: true,
            SourceSchema: loopbackSchema,
            TargetSchema: loopbackSchema,
          },
        }),
  });
}
