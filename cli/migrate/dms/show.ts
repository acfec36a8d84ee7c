import { plural } from "../../output";
import type { Notes, Shown } from "../kind";
import { tableName, taskOf, type DmsObservation, type TaskObservation } from "./observation";

const TABLES = 15;

/** Tasks, what is not as it should be among tables, connections and the assessment. */
export function showDms({ tasks, connections, assessment }: DmsObservation): readonly Shown[] {
  const troubled = tasks.flatMap((task) =>
    task.tables
      .filter(
        ({ state, validationFailed, validationSuspended }) =>
          !CALM.includes(state) || validationFailed + validationSuspended > 0,
      )
      .map((each) => [
        task.direction,
        tableName(each),
        each.state,
        each.rows,
        each.validationState,
        each.validationFailed,
        each.validationPending,
        each.validationSuspended,
      ]),
  );
  return [
    {
      head: ["TASK", "STATE", "FULL LOAD", "TABLES", "ERRORED", "LATENCY", "VALIDATION"],
      rows: tasks.map((task) => [
        `${task.direction}: ${task.id}`,
        [task.status, task.stopReason, task.failure].filter((text) => text !== undefined).join("; "),
        `${task.fullLoadPercent} %`,
        `${task.tablesLoaded} of ${task.tablesLoaded + task.tablesLoading + task.tablesQueued + task.tablesErrored}`,
        task.tablesErrored,
        latency(task),
        validation(task),
      ]),
    },
    ...(troubled.length === 0
      ? []
      : [
          {
            head: ["OF", "TABLE", "STATE", "ROWS", "VALIDATION", "FAILED", "PENDING", "SUSPENDED"],
            rows: troubled.slice(0, TABLES),
          },
        ]),
    ...(connections.length === 0 && assessment === undefined
      ? []
      : [
          {
            head: ["CHECK", "STATE", ""],
            rows: [
              ...connections.map(({ endpoint, status, failure = "" }) => [
                `connection ${endpoint}`,
                status,
                failure,
              ]),
              ...(assessment === undefined
                ? []
                : [[`assessment ${assessment.name}`, assessment.status, assessment.results ?? ""]]),
            ],
          },
        ]),
  ];
}

const CALM = ["Table completed", "Before load", "Full load", "Table is being reloaded"];

const latency = ({ latency: seen, incomingChanges }: TaskObservation) =>
  seen === undefined
    ? ""
    : `source ${seen.source} s, target ${seen.target} s${incomingChanges === undefined ? "" : `, ${incomingChanges} waiting`}`;

function validation({ tables }: TaskObservation): string {
  const compared = tables.filter(({ validationState }) => validationState !== "Not enabled");
  if (compared.length === 0) return "";
  const done = compared.filter(({ validationState }) => validationState === "Validated").length;
  const failed = compared.reduce((sum, each) => sum + each.validationFailed, 0);
  const pending = compared.reduce((sum, each) => sum + each.validationPending, 0);
  return `${done} of ${plural(compared.length, "table")}, ${failed} failed, ${pending} pending`;
}

/** How far the tasks are, in a line. */
export function progressOf(observed: DmsObservation): string {
  const lines = observed.tasks.map((task) =>
    [
      `${task.direction} ${task.status}`,
      task.fullLoadPercent < 100 && task.migrationType !== "cdc" ? `${task.fullLoadPercent} %` : "",
      latency(task),
      validation(task),
    ]
      .filter((text) => text !== "")
      .join(", "),
  );
  return lines.join(" · ") || "no task yet";
}

/** What the evidence keeps of the tasks: where they stopped, and what they had moved. */
export function notesOf(observed: DmsObservation): Notes {
  const forward = taskOf(observed, "forward");
  const reverse = taskOf(observed, "reverse");
  return {
    ...(forward === undefined
      ? {}
      : {
          task: forward.arn,
          tables: forward.tables.length,
          rows: forward.tables.reduce((sum, { rows }) => sum + rows, 0),
        }),
    ...(forward?.recoveryCheckpoint === undefined ? {} : { recoveryCheckpoint: forward.recoveryCheckpoint }),
    ...(reverse === undefined ? {} : { reverseTask: reverse.arn }),
    ...(reverse?.cdcStartPosition === undefined ? {} : { reverseStartPosition: reverse.cdcStartPosition }),
    ...(observed.assessment === undefined ? {} : { assessment: observed.assessment.name }),
  };
}
