import type { Migration } from "../../environments/schema/migration";
import type { EvidenceByPhase } from "../../environments/schema/migration/evidence";
import { percentOf as shifted } from "../../environments/schema/migration/traffic";
import { gate, type Gate } from "./gate";
import { measuredIs, type Measured } from "./measured";

/** Percent of the answers that name the target now; all of them where clients move by other means. */
export const percentOf = ({ traffic }: Pick<Migration, "traffic">): number =>
  traffic === undefined ? 100 : shifted(traffic);

/** Every client is at the target; none where they move by other means. */
export function trafficGates(migration: Migration): readonly Gate[] {
  if (migration.traffic === undefined) return [];
  const percent = percentOf(migration);
  return [
    gate(
      "traffic",
      { value: `${percent} %`, limit: "100 %", holds: percent === 100 },
      `write the next traffic.step into the definition of ${migration.id}, and apply it`,
    ),
  ];
}

/** The way back stayed open for as long as it was to, and nothing else wrote to the source. */
export function windowGates({
  migration,
  measured,
  evidence,
  now,
}: {
  readonly migration: Migration;
  readonly measured?: Measured;
  readonly evidence: EvidenceByPhase;
  readonly now: Date;
}): readonly Gate[] {
  const { rollback } = migration;
  const since = evidence.cutover?.at;
  const hours = since === undefined ? 0 : Math.floor((now.getTime() - Date.parse(since)) / 3_600_000);
  return [
    gate(
      "windowHours",
      { value: `${hours} h`, limit: `≥ ${rollback.windowHours} h`, holds: hours >= rollback.windowHours },
      `the way back stays open until then; only ${rollback.decisionOwner} decides to go it`,
    ),
    measuredIs(
      measured,
      "sourceWrites",
      0,
      "writes of applications at the source since the cutover, which have to be none",
    ),
  ];
}
