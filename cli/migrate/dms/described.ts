import type {
  ReplicationStats,
  ReplicationTaskStats,
  TableStatistics,
} from "@aws-sdk/client-database-migration-service";
import type { DescribedTask } from "./replicator";
import type { AssessmentObservation, TableObservation } from "./observation";

/** Fields that a task and a serverless replication share. */
interface Described {
  readonly id: string | undefined;
  readonly arn: string | undefined;
  readonly status: string | undefined;
  readonly stopReason: string | undefined;
  readonly failure: string | undefined;
  readonly migrationType: string | undefined;
  readonly recoveryCheckpoint: string | undefined;
  readonly cdcStartPosition: string | undefined;
  readonly stats: ReplicationTaskStats | ReplicationStats | undefined;
}

/** Plain words of what AWS answers, which leaves out whatever is empty. */
export function described({ stats, ...task }: Described): DescribedTask {
  return {
    id: task.id ?? "",
    arn: task.arn ?? "",
    status: task.status ?? "unknown",
    migrationType: task.migrationType ?? "",
    ...given("stopReason", task.stopReason?.replace(/^Stop Reason /, "")),
    ...given("failure", task.failure),
    ...given("recoveryCheckpoint", task.recoveryCheckpoint),
    ...given("cdcStartPosition", task.cdcStartPosition),
    hasRun: stats?.StartDate !== undefined || stats?.FreshStartDate !== undefined,
    fullLoadPercent: stats?.FullLoadProgressPercent ?? 0,
    tablesLoaded: stats?.TablesLoaded ?? 0,
    tablesLoading: stats?.TablesLoading ?? 0,
    tablesQueued: stats?.TablesQueued ?? 0,
    tablesErrored: stats?.TablesErrored ?? 0,
  };
}

function given<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  const some: Partial<Record<K, string>> = {};
  if (value !== undefined && value !== "") some[key] = value;
  return some;
}

export const table = (each: TableStatistics): TableObservation => ({
  schema: each.SchemaName ?? "",
  table: each.TableName ?? "",
  state: each.TableState ?? "unknown",
  rows: each.FullLoadRows ?? 0,
  inserts: each.Inserts ?? 0,
  updates: each.Updates ?? 0,
  deletes: each.Deletes ?? 0,
  validationState: each.ValidationState ?? "Not enabled",
  validationPending: each.ValidationPendingRecords ?? 0,
  validationFailed: each.ValidationFailedRecords ?? 0,
  validationSuspended: each.ValidationSuspendedRecords ?? 0,
});

/** Tables in the order of their names, whatever order AWS has. */
export const sorted = (tables: readonly TableObservation[]): readonly TableObservation[] =>
  [...tables].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));

const nameOf = ({ schema, table: name }: TableObservation) => `${schema}.${name}`;

/** An assessment, as tasks of instances and serverless replications both tell it. */
export const assessmentOf = (
  name = "",
  {
    Status: status = "unknown",
    LastFailureMessage: failure,
    ResultLocationBucket: bucket,
    ResultLocationFolder: folder = "",
  }: {
    readonly Status?: string | undefined;
    readonly LastFailureMessage?: string | undefined;
    readonly ResultLocationBucket?: string | undefined;
    readonly ResultLocationFolder?: string | undefined;
  },
): AssessmentObservation => ({
  name,
  status,
  ...(failure === undefined || failure === "" ? {} : { failure }),
  ...(bucket === undefined ? {} : { results: `s3://${bucket}/${folder}` }),
});
