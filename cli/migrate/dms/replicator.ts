import type {
  AssessmentObservation,
  ConnectionObservation,
  TableObservation,
  TaskObservation,
} from "./observation";

/** How DMS is told to start a task. */
export type StartType = "start-replication" | "resume-processing" | "reload-target";

/** A task without what other calls tell of it. */
export type DescribedTask = Omit<TaskObservation, "direction" | "tables" | "latency" | "incomingChanges"> & {
  /** CloudWatch's dimensions of its metrics; none known before they are asked for. */
  readonly dimensions?: Readonly<Record<string, string>>;
};

/** Where a first start of changes begins, when not now. */
export interface StartPosition {
  readonly position?: string;
}

/** An assessment that is to be made. */
export interface NewAssessment {
  readonly name: string;
  readonly bucket: string;
  readonly folder: string;
  /** ARN of the role by which DMS writes its findings. */
  readonly role: string;
}

/** DMS of one account, by the names that Slipway gives. What runs a task, an instance or serverless capacity, differs. */
export interface Replicator {
  /** The task of a name; nothing when there is none. */
  describe(id: string): Promise<DescribedTask | undefined>;
  tables(task: Pick<DescribedTask, "arn">): Promise<readonly TableObservation[]>;
  /** Endpoints by name, as the compute last reached them; none where DMS tests them itself. */
  connections(endpoints: readonly string[]): Promise<readonly ConnectionObservation[]>;
  /** Tests the connections that did not succeed yet. */
  testConnections(endpoints: readonly string[]): Promise<readonly ConnectionObservation[]>;
  assessment(task: Pick<DescribedTask, "arn">): Promise<AssessmentObservation | undefined>;
  /** Starts an assessment; returns its name. */
  startAssessment(task: Pick<DescribedTask, "arn">, assessment: NewAssessment): Promise<string>;
  start(task: Pick<DescribedTask, "arn">, type: StartType, from?: StartPosition): Promise<void>;
  stop(task: Pick<DescribedTask, "arn">): Promise<void>;
  /** Loads tables anew while the task runs. */
  reload(
    task: Pick<DescribedTask, "arn">,
    tables: readonly Pick<TableObservation, "schema" | "table">[],
  ): Promise<void>;
}
