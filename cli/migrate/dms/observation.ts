/** Which of a migration's tasks. */
export type Direction = "forward" | "validation" | "reverse";

/** A task of DMS as it is at a moment, whether an instance or a serverless replication runs it. */
export interface TaskObservation {
  readonly direction: Direction;
  /** As AWS names it. */
  readonly id: string;
  readonly arn: string;
  /** DMS's own word: `ready`, `running`, `stopped`, `failed`. */
  readonly status: string;
  readonly stopReason?: string;
  readonly failure?: string;
  readonly migrationType: string;
  /** Whether it was ever started. */
  readonly hasRun: boolean;
  readonly fullLoadPercent: number;
  readonly tablesLoaded: number;
  readonly tablesLoading: number;
  readonly tablesQueued: number;
  readonly tablesErrored: number;
  /** Where a stopped task goes on; what the evidence keeps. */
  readonly recoveryCheckpoint?: string;
  /** The position in the log that its changes start at. */
  readonly cdcStartPosition?: string;
  readonly tables: readonly TableObservation[];
  /** None where nothing was measured, or the task does no CDC. */
  readonly latency?: LatencyObservation;
  /** Changes that wait at the source to be taken over, last measured. */
  readonly incomingChanges?: number;
}

/** A table, from DescribeTableStatistics. */
export interface TableObservation {
  readonly schema: string;
  readonly table: string;
  readonly state: string;
  readonly rows: number;
  readonly inserts: number;
  readonly updates: number;
  readonly deletes: number;
  readonly validationState: string;
  readonly validationPending: number;
  readonly validationFailed: number;
  readonly validationSuspended: number;
}

/** The worst of each minute within a window that ends now. */
export interface LatencyObservation {
  /** Minutes of the window. */
  readonly minutes: number;
  /** Minutes of it that both metrics have a value for. */
  readonly measured: number;
  /** Highest CDCLatencySource in seconds. */
  readonly source: number;
  /** Highest CDCLatencyTarget in seconds. */
  readonly target: number;
}

/** Whether the replication instance reaches an endpoint, as last tested. */
export interface ConnectionObservation {
  /** As AWS names the endpoint. */
  readonly endpoint: string;
  /** `successful`, `failed`, `testing`, or `not tested`. */
  readonly status: string;
  readonly failure?: string;
}

/** The latest premigration assessment. */
export interface AssessmentObservation {
  readonly name: string;
  /** `passed`, `warning`, `failed`, `running` and so on. */
  readonly status: string;
  readonly failure?: string;
  /** Folder in S3 with its findings. */
  readonly results?: string;
}

/** Everything that AWS tells of a migration by DMS. */
export interface DmsObservation {
  readonly kind: "dms";
  readonly tasks: readonly TaskObservation[];
  /** None of a serverless replication: it tests its connections when it starts. */
  readonly connections: readonly ConnectionObservation[];
  readonly assessment?: AssessmentObservation;
}

export const taskOf = (
  { tasks }: Pick<DmsObservation, "tasks">,
  direction: Direction,
): TaskObservation | undefined => tasks.find((task) => task.direction === direction);

export const tableName = ({ schema, table }: Pick<TableObservation, "schema" | "table">) =>
  `${schema}.${table}`;
