import type { DmsMigration } from "../../../environments/schema/migration/dms";
import * as names from "../../../environments/schema/names";
import { pause } from "../../delivery/pause";
import { CliError } from "../../errors";
import { interruption } from "../../terraform";
import type { Intention } from "../intention";
import type { Place } from "../kind";
import { namesOf } from "./names";
import type { AssessmentObservation, TaskObservation } from "./observation";
import type { Replicator } from "./replicator";

const LOOK_EVERY = 10_000;
const ENDED = [
  "passed",
  "warning",
  "failed",
  "error-provisioning",
  "error-executing",
  "invalid state",
  "deleting",
];

/** Every check that DMS has of a task's source, target and tables, with findings in the account's bucket. */
export function assess(
  { fleet, account, migration }: Place<DmsMigration>,
  replicator: Replicator,
  task: TaskObservation,
): Intention {
  if (["running", "starting", "stopping"].includes(task.status))
    throw new CliError(
      `The task ${task.id} is ${task.status}: DMS assesses one that does not run. Nothing was changed.`,
      `Stop it first: slipway migrate stop ${migration.id}`,
    );
  return {
    what: `${task.id}: assess`,
    run: async (onProgress) => {
      const run = await replicator.startAssessment(task, {
        // A name of its own, by the moment: DMS takes none twice.
        name: `${migration.id}-${new Date().toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)}`,
        bucket: names.migrationAssessments(fleet.organization, account),
        folder: migration.id,
        role: names.roleArn(
          account,
          `${names.WORKLOAD_ROLE_PATH.slice(1)}${names.migrationAssessmentRole(account)}`,
        ),
      });
      const ended = await waitForAssessment(replicator, task, run, onProgress);
      const findings = ended.results === undefined ? "" : `; findings: ${ended.results}`;
      if (ended.status !== "passed")
        throw new CliError(
          `The assessment ${ended.name} ended as ${ended.status}: ${ended.failure ?? "not every check passed"}${findings}`,
          'Mend it and assess again, or waive "assessment" in the definition with a reason.',
        );
      return { text: `the assessment ${ended.name} passed${findings}` };
    },
  };
}

async function waitForAssessment(
  replicator: Replicator,
  task: TaskObservation,
  name: string,
  onProgress: (text: string) => void,
): Promise<AssessmentObservation> {
  for (;;) {
    const latest = await replicator.assessment(task);
    if (latest?.name === name && ENDED.includes(latest.status)) return latest;
    onProgress(`assessment ${name}: ${latest?.name === name ? latest.status : "starting"}`);
    await pause(LOOK_EVERY, interruption);
    if (interruption.aborted)
      throw new CliError(
        `The assessment ${name} goes on in DMS.`,
        "slipway migrate status shows how it ends.",
      );
  }
}

/** Lets the compute reach every endpoint, and tells which it does. */
export function testConnections(
  { account, migration }: Place<DmsMigration>,
  replicator: Replicator,
): Intention {
  const { endpoints } = namesOf(account, migration);
  if (migration.compute.mode === "serverless")
    throw new CliError(
      "DMS Serverless tests its connections when it starts. Nothing was changed.",
      `Start it: slipway migrate start ${migration.id}`,
    );
  return {
    what: `test ${endpoints.length} connections`,
    run: async (onProgress) => {
      let tested = await replicator.testConnections(endpoints);
      while (tested.some(({ status }) => status === "testing") && !interruption.aborted) {
        onProgress(tested.map(({ endpoint, status }) => `${endpoint} ${status}`).join(", "));
        await pause(LOOK_EVERY / 2, interruption);
        tested = await replicator.connections(endpoints);
      }
      const failed = tested.filter(({ status }) => status !== "successful");
      if (failed.length > 0)
        throw new CliError(
          `Not every endpoint is reached:\n${failed.map(({ endpoint, status, failure }) => `  ${endpoint}: ${status}${failure === undefined ? "" : `, ${failure}`}`).join("\n")}`,
          "See its secret, the path to it, its allowlist and its certificate; then test again.",
        );
      return { text: `every endpoint is reached: ${endpoints.join(", ")}` };
    },
  };
}
