import type { DmsMigration } from "../../../../environments/schema/migration/dms";
import { trafficStackOf } from "../../stacks";
import { ENGINE } from "../../../../environments/schema/migration/engines";
import { markerOf } from "../../dms/cutover-gates";
import { shiftTraffic } from "../closing";
import { backToValidated, commit } from "../common";
import { fileOf, type Context } from "../context";
import { endsOf } from "../ends";
import type { End } from "../engines/engine";
import { runbookOfEngine } from "../engines/of";
import { checklist, into, piped, result, sh, type Section } from "../text";

type Dms = Context<DmsMigration>;

/** Statements that print statements, and the end at which these run; nothing at files. */
function at(
  end: End,
  of: (engine: NonNullable<ReturnType<typeof runbookOfEngine>>) => readonly string[],
): readonly string[] {
  const engine = runbookOfEngine(end.endpoint.engineName);
  return engine === undefined ? [] : [piped(`${end.name}_admin`, `${end.name}_admin`, ...of(engine))];
}

/** Nobody writes any more, and everything has arrived. */
export function freeze(context: Dms): Section {
  const { id } = context.migration;
  const { source, target } = endsOf(context);
  const from = runbookOfEngine(source.endpoint.engineName);
  const to = runbookOfEngine(target.endpoint.engineName);
  const follows = context.migration.task.migrationType !== "full-load";
  return {
    title: "Freeze, drain, marker",
    blocks: [
      checklist(
        "the application says that it is under maintenance",
        "jobs and queues that write are stopped",
      ),
      "No account of an application signs in any more; DMS's and administrators' do. Each block prints statements, and runs them:",
      ...at(source, (engine) => engine.freeze(source)),
      "Those who are still there leave:",
      ...at(source, (engine) => engine.sessions(source)),
      result("Frozen at"),
      ...(follows && from !== undefined && to !== undefined
        ? [
            "The last row that is written, and its arrival:",
            into("source_admin", ...from.writeMarker(source, markerOf(context.migration))),
            into("target_sql", ...to.readMarker(target, markerOf(context.migration))),
            result("Arrived at"),
            "Nothing waits any more: `waiting` is 0, and both latencies are low.",
          ]
        : []),
      sh(`slipway migrate status ${id}`),
      checklist("every table is validated, nothing failed, suspended or pending"),
    ],
  };
}

/** The forward task ends; where it ended, and where the target is, is written down. */
export function stopForward(context: Dms): Section {
  const { id, reverse, task } = context.migration;
  const { target } = endsOf(context);
  const engine = runbookOfEngine(target.endpoint.engineName);
  const position = engine?.position(target);
  return {
    title: "Stop forward, capture positions",
    blocks: [
      sh(`slipway migrate stop ${id}`),
      ...(task.migrationType === "full-load"
        ? []
        : [
            `It keeps the source's position in \`${context.fleet.directory}/migrations/evidence/${id}/stop-forward.json\`.`,
            result("RecoveryCheckpoint"),
          ]),
      ...(reverse.enabled && position !== undefined
        ? [
            `Position of the target's log, before anything else is written there: ${position.form}.`,
            into("target_admin", ...position.statement),
            ...(startsNow(context.migration)
              ? []
              : [
                  "Keep it in the shell, for the commands below:",
                  sh("read -r -p 'Position of the target: ' TARGET_POSITION"),
                ]),
            result("Position of the target"),
          ]
        : []),
    ],
  };
}

/** What DMS does not move. */
export function sequences(context: Dms): Section {
  const { source, target } = endsOf(context);
  const to = runbookOfEngine(target.endpoint.engineName);
  const same = ENGINE[source.endpoint.engineName].family === ENGINE[target.endpoint.engineName].family;
  const next = to?.sequences(target, same ? source : undefined);
  return {
    title: "Sequences, constraints, triggers",
    blocks: [
      ...(next === undefined
        ? []
        : [
            "Next values (sequences, AUTO_INCREMENT, identities) begin behind what was loaded, and foreign keys that were not are checked:",
            piped(`${next.from.name}_admin`, "target_admin", ...next.statement),
          ]),
      checklist(
        "every foreign key and every secondary index is at the target",
        "triggers and scheduled jobs that were off for the load are on again",
        "statistics of the target are fresh",
      ),
    ],
  };
}

/** The way back opens before clients move. */
export function startReverse(context: Dms): Section {
  const { id, reverse, rollback } = context.migration;
  return {
    title: reverse.enabled ? "Start reverse, shift traffic, open writes" : "Shift traffic, open writes",
    blocks: [
      ...(reverse.enabled
        ? [
            "What is written to the target from now on goes back to the source:",
            sh(
              `slipway migrate start ${id} --reverse ${startsNow(context.migration) ? "--now" : '--position "$TARGET_POSITION"'}`,
              `slipway migrate status ${id}`,
            ),
          ]
        : [`Nothing replicates back: the way back is ${rollback.strategy}.`]),
      ...shiftTraffic(context),
      "Writes are open at the target; applications stay locked at the source.",
      result("Writes open at the target at"),
    ],
  };
}

/** PostgreSQL begins at a position only with a slot of its own. */
const startsNow = ({ target }: DmsMigration) =>
  ENGINE[target.engineName].family === "postgres" && target.postgresSettings?.slotName === undefined;

/** Back to the source, without loss. */
export function rollbackBranch(context: Dms): Section {
  const { migration } = context;
  const { id, rollback, reverse, traffic } = migration;
  const { source, target } = endsOf(context);
  const to = runbookOfEngine(target.endpoint.engineName);
  const from = runbookOfEngine(source.endpoint.engineName);
  const marker = `${id}-rollback`;
  return {
    title: "Rollback branch",
    blocks: [
      `Only ${rollback.decisionOwner} decides to go it, within ${rollback.windowHours} h. The strategy is **${rollback.strategy}**: ${STRATEGY[rollback.strategy]}`,
      "**Before writes were open at the target:** nothing is lost. Let forward go on, and open the source.",
      sh(
        ...(reverse.enabled ? [`slipway migrate stop ${id} --reverse # if it runs`] : []),
        `slipway migrate start ${id}`,
      ),
      ...at(source, (engine) => engine.unfreeze(source)),
      "**After writes were open at the target:**",
      "1. Freeze the target.",
      ...at(target, (engine) => engine.freeze(target)),
      ...at(target, (engine) => engine.sessions(target)),
      ...(reverse.enabled && to !== undefined && from !== undefined
        ? [
            "2. Drain reverse: the last row arrives at the source, and nothing waits.",
            into("target_sql", ...to.writeMarker(target, marker)),
            into("source_sql", ...from.readMarker(source, marker)),
            sh(`slipway migrate status ${id}`),
            "3. Stop reverse.",
            sh(`slipway migrate stop ${id} --reverse`),
          ]
        : [
            rollback.strategy === "loss-declared"
              ? "2. What was written since is lost, as was declared; write down its beginning and end."
              : "2. Bring back what was written since, as the strategy says, and count it at both ends.",
            result("Brought back, or lost"),
          ]),
      ...(traffic === undefined
        ? ["4. Let clients use the source again, as they did before."]
        : [
            "4. Restore traffic: every answer names the former place.",
            sh(
              `\${EDITOR:-vi} ${fileOf(context)} # traffic: step: 0`,
              ...commit(context, "traffic back"),
              `slipway up ${trafficStackOf(context)}`,
              `sleep ${traffic.ttl * 2}`,
              ...traffic.records.map(
                ({ name, type, from: former }) => `dig +short ${name} ${type} # ${former}`,
              ),
            ),
          ]),
      "5. Open the source.",
      ...at(source, (engine) => engine.unfreeze(source)),
      "6. The migration is back before its cutover: write the phase, and remove the evidence of what did not last.",
      sh(...backToValidated(context, ["stop-forward", "stop-reverse"]), `slipway migrate status ${id}`),
      "Forward then begins anew: what the target got in between is not in the source's log as it was.",
      ...(migration.task.settings.targetTablePrepMode === "DO_NOTHING" &&
      migration.task.migrationType !== "cdc"
        ? [
            checklist(
              "a copy of the target is kept (a snapshot), and its tables are emptied and without foreign keys: `targetTablePrepMode` is DO_NOTHING, and a load onto rows that are there fails",
            ),
          ]
        : []),
      sh(`slipway migrate start ${id} --from-scratch`),
      "The target stays frozen until the next cutover; before its traffic is led over:",
      ...at(target, (engine) => engine.unfreeze(target)),
      result("Decided by, at; clients back at"),
    ],
  };
}

const STRATEGY = {
  "reverse-replication": "the reverse task has kept the source up to date.",
  "reverse-copy": "what was written since is copied back by hand.",
  "dual-write": "the application has written to both.",
  "loss-declared": "what was written since is lost, and the owner has said so.",
} as const;
