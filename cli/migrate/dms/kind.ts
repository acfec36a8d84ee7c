import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DatabaseMigrationServiceClient } from "@aws-sdk/client-database-migration-service";
import type { DmsMigration } from "../../../environments/schema/migration/dms";
import type { Phase } from "../../../environments/schema/migration/phase";
import * as names from "../../../environments/schema/names";
import type { MigrationKind, Place } from "../kind";
import type { Measure } from "../measured";
import { markerOf } from "./cutover-gates";
import { DMS_GATES } from "./gates";
import { InstanceTasks } from "./instance-tasks";
import { intendDms } from "./intend";
import { validates } from "./load-gates";
import { namesOf } from "./names";
import { observeDms } from "./observe";
import { taskOf, type DmsObservation } from "./observation";
import type { Replicator } from "./replicator";
import { ServerlessReplications } from "./serverless-replications";
import { notesOf, progressOf, showDms } from "./show";

/** Databases, by AWS Database Migration Service. */
export const DMS: MigrationKind<DmsMigration, DmsObservation> = {
  observe: (place, now) =>
    observeDms(
      replicatorOf(place),
      new CloudWatchClient(place.options),
      namesOf(place.account, place.migration),
      now,
    ),
  gates: DMS_GATES,
  measures: measuresOf,
  missing: ({ phase }, observed) =>
    phase !== "decommission" && taskOf(observed, "forward") === undefined
      ? "its forward task is not there yet"
      : undefined,
  show: showDms,
  progress: progressOf,
  notes: notesOf,
  intend: (operation, place, observed, asked) =>
    intendDms(operation, place, replicatorOf(place), observed, asked),
};

function replicatorOf({ account, migration, options }: Place<DmsMigration>): Replicator {
  const client = new DatabaseMigrationServiceClient(options);
  return migration.compute.mode === "serverless"
    ? new ServerlessReplications(client)
    : new InstanceTasks(client, names.migrationInstance(account, migration.id));
}

function measuresOf(migration: DmsMigration, phase: Phase): readonly Measure[] {
  const counted: readonly Measure[] = validates(migration)
    ? []
    : [{ name: "SCHEMA.TABLE", what: "a count or hash of every table, at both ends", comparison: true }];
  if (phase === "validated") return counted;
  if (phase === "rollback-window")
    return [{ name: "sourceWrites", what: "writes of applications at the source since the cutover: 0" }];
  if (phase !== "cutover") return [];
  return [
    {
      name: "marker",
      what:
        migration.task.migrationType === "full-load"
          ? "frozen, once nothing writes to the source"
          : `${markerOf(migration)}, once that row is read at the target`,
    },
    ...(migration.reverse.enabled
      ? [{ name: "targetPosition", what: "position of the target's log before the first write to it" }]
      : []),
    ...counted,
  ];
}
