import type { OpensearchMigration } from "../../../environments/schema/migration/opensearch";
import { trafficGates, windowGates } from "../every-kind-gates";
import { gate, isOne, type Gate } from "../gate";
import type { GatesByPhase, Known } from "../kind";
import { measuredAny, measuredIs, measuredSame } from "../measured";
import type { OpensearchObservation } from "./observe";

type OpensearchKnown = Known<OpensearchMigration, OpensearchObservation>;

/** What has to hold before a migration of indices leaves each phase. */
export const OPENSEARCH_GATES: GatesByPhase<OpensearchMigration, OpensearchObservation> = {
  prepare: (known) => [
    ...domainGates(known),
    measuredIs(
      known.measured,
      "repository",
      "verified",
      "the snapshot repository is to answer _verify at the source",
    ),
  ],
  "full-load": (known) => [
    ...domainGates(known),
    measuredAny(
      known.measured,
      "snapshot",
      "the name of the snapshot that was taken, which the way back begins with",
    ),
    measuredIs(known.measured, "snapshotState", "SUCCESS", "state of the snapshot at the source"),
    measuredIs(known.measured, "failedShards", 0, "failed shards of the restore, or of the backfill"),
  ],
  cdc: followGates,
  validated: (known) => [...domainGates(known), ...comparedGates(known)],
  cutover: (known) => [
    measuredIs(known.measured, "writes", "frozen", "writes at the source are to be frozen"),
    ...domainGates(known),
    ...comparedGates(known),
    ...trafficGates(known.migration),
  ],
  "rollback-window": windowGates,
};

function domainGates({ observed: { domain } }: OpensearchKnown): readonly Gate[] {
  return [
    isOne("domain", domain?.status ?? "not there", ["Active"], "wait until OpenSearch has finished"),
    isOne(
      "health",
      domain?.health ?? "not measured",
      ["green"],
      "see which shards have no place: _cluster/allocation/explain",
    ),
  ];
}

/** A snapshot follows nothing; the assistant replays what it captured. */
function followGates(known: OpensearchKnown): readonly Gate[] {
  return [
    ...domainGates(known),
    known.migration.mode === "migration-assistant"
      ? measuredIs(
          known.measured,
          "replayLagSeconds",
          0,
          "seconds by which the replay of captured requests is behind",
        )
      : gate(
          "changes",
          {
            value: "not followed: writes freeze before the last snapshot",
            limit: "none followed",
            holds: true,
          },
          "",
        ),
  ];
}

/** As many documents in each index, and the same answers. */
function comparedGates({ migration, measured }: OpensearchKnown): readonly Gate[] {
  return [
    ...migration.indices.map((index) =>
      measuredSame(measured, `documents ${index}`, `documents of ${index} by _count at both ends`),
    ),
    measuredIs(measured, "queryDifferences", 0, "sampled searches that answer otherwise at the target"),
  ];
}
