import type { DmsMigration } from "../../environments/schema/migration/dms";
import { reached } from "../../environments/schema/migration/phase";
import { reverseMappings } from "../../environments/schema/migration/reverse-mappings";
import * as names from "../../environments/schema/names";
import { InstanceAlarms, TaskAlarms } from "../../modules/migration/alarms";
import { ReplicationInstance } from "../../modules/migration/replication-instance";
import { ReplicationTask, type ReplicationTaskProps } from "../../modules/migration/replication-task";
import { ServerlessReplication } from "../../modules/migration/serverless-replication";
import { tableMappings } from "../../modules/migration/table-mappings";
import { taskSettings, type TaskPurpose } from "../../modules/migration/task-settings";
import { read } from "../contract";
import { topicsContract } from "../contracts";
import type { PlatformStack } from "../platform-stack";
import type { Ends } from "./ends";

interface Place {
  readonly ends: Ends;
  readonly subnetGroupId: string;
  readonly securityGroupIds: string[];
  readonly dataKeyArn: string;
}

/** What replicates, and the tasks that the phase calls for. */
export function addTasks(stack: PlatformStack, migration: DmsMigration, place: Place): void {
  if (migration.compute.mode === "serverless") addServerless(stack, migration, migration.compute, place);
  else addInstance(stack, migration, migration.compute, place);
}

type Compute<M> = Extract<DmsMigration["compute"], { readonly mode: M }>;

/** Settings of a task, by what it is for; both of a pair that prevents loops must say so. */
function settingsOf(
  { task, validation, reverse }: DmsMigration,
  compares: TaskPurpose["validation"],
  loads: boolean,
): string {
  return taskSettings(task.settings, validation, {
    validation: compares,
    loads,
    ...(reverse.enabled && reverse.loopbackPrevention && compares !== "only"
      ? { loopbackSchema: reverse.loopbackSchema }
      : {}),
  });
}

function addServerless(
  stack: PlatformStack,
  migration: DmsMigration,
  { minCapacityUnits, maxCapacityUnits, multiAz }: Compute<"serverless">,
  { ends, ...place }: Place,
): void {
  const { account } = stack;
  const { id, task, validation } = migration;
  new ServerlessReplication(stack, "replication", {
    ...place,
    configId: names.migrationInstance(account, id),
    resourceIdentifier: names.migrationResource(id, "serverless"),
    replicationType: task.migrationType,
    sourceEndpointArn: ends.source,
    targetEndpointArn: ends.target,
    tableMappings: tableMappings(task.tableMappings),
    settings: settingsOf(migration, validation.enabled ? "with" : "none", true),
    minCapacityUnits,
    maxCapacityUnits,
    multiAz: multiAz ?? account.capabilities.multiAz,
    dependsOn: [],
  });
}

function addInstance(
  stack: PlatformStack,
  migration: DmsMigration,
  compute: Compute<"instance">,
  { ends, ...place }: Place,
): void {
  const { account } = stack;
  const { id, phase, task, validation } = migration;
  const instanceId = names.migrationInstance(account, id);
  const topics = read(stack, topicsContract);
  const multiAz = compute.multiAz ?? account.capabilities.multiAz;
  const { arn } = new ReplicationInstance(stack, "replication", {
    ...place,
    instanceId,
    engineVersion: compute.engineVersion,
    replicationInstanceClass: compute.replicationInstanceClass,
    allocatedStorage: compute.allocatedStorage,
    multiAz,
    ...(compute.availabilityZone === undefined || multiAz
      ? {}
      : { availabilityZone: `${account.region}${compute.availabilityZone}` }),
    dependsOn: [],
  });
  new InstanceAlarms(stack, "replication_alarms", {
    instanceId,
    allocatedStorage: compute.allocatedStorage,
    ...topics,
  });

  const follows = task.migrationType !== "full-load";
  const apart = validation.enabled && validation.separateTask;
  const way = (
    what: "forward" | "validation" | "reverse",
    taskId: string,
    props: Pick<ReplicationTaskProps, "migrationType" | "tableMappings" | "settings" | "cdcStart">,
    [from, to]: readonly [from: string, to: string],
  ) =>
    new ReplicationTask(stack, what, {
      ...props,
      taskId,
      resourceIdentifier: names.migrationResource(id, what),
      replicationInstanceArn: arn,
      sourceEndpointArn: from,
      targetEndpointArn: to,
      dependsOn: [],
    });
  const alarms = (
    what: "forward" | "validation" | "reverse",
    taskId: string,
    watched: { readonly latency: boolean; readonly running: boolean; readonly compares: boolean },
  ) =>
    new TaskAlarms(stack, `${what}_alarms`, {
      taskId,
      resourceIdentifier: names.migrationResource(id, what),
      instanceId,
      running: watched.running,
      ...(watched.latency ? { maxLatencySeconds: migration.gates.maxCdcLatencySeconds } : {}),
      ...(watched.compares ? { maxFailedRecords: migration.gates.maxFailedRecords } : {}),
      ...topics,
    });

  const mappings = tableMappings(task.tableMappings);
  const there = [ends.source, ends.target] as const;
  const forward = names.migrationTask(account, id);
  const start = cdcStart(migration);
  way(
    "forward",
    forward,
    {
      migrationType: task.migrationType,
      tableMappings: mappings,
      settings: settingsOf(migration, validation.enabled && !apart ? "with" : "none", true),
      ...(start === undefined ? {} : { cdcStart: start }),
    },
    there,
  );
  // After the cutover the forward task is stopped, and its silence is no fault.
  if (!reached(phase, "rollback-window"))
    alarms("forward", forward, {
      latency: follows,
      running: phase === "cdc" || phase === "validated",
      compares: validation.enabled && !apart,
    });
  if (apart && reached(phase, "cdc")) {
    const taskId = names.migrationValidationTask(account, id);
    const type = follows ? "cdc" : "full-load";
    way(
      "validation",
      taskId,
      { migrationType: type, tableMappings: mappings, settings: settingsOf(migration, "only", false) },
      there,
    );
    if (!reached(phase, "rollback-window"))
      alarms("validation", taskId, { latency: false, running: false, compares: true });
  }
  if (ends.back !== undefined && reached(phase, "cutover")) {
    const taskId = names.migrationReverseTask(account, id);
    way(
      "reverse",
      taskId,
      {
        migrationType: "cdc",
        tableMappings: tableMappings(reverseMappings(migration)),
        settings: settingsOf(migration, validation.enabled ? "with" : "none", false),
      },
      [ends.back.source, ends.back.target],
    );
    alarms("reverse", taskId, {
      latency: true,
      running: phase === "rollback-window",
      compares: validation.enabled,
    });
  }
}

/** Seconds since 1970, as Terraform's provider wants a time. */
function cdcStart({ task }: DmsMigration): ReplicationTaskProps["cdcStart"] {
  if (task.cdcStartPosition !== undefined) return { position: task.cdcStartPosition };
  return task.cdcStartTime === undefined
    ? undefined
    : { unixTime: String(Math.floor(Date.parse(task.cdcStartTime) / 1000)) };
}
