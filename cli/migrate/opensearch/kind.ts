import type { OpensearchMigration } from "../../../environments/schema/migration/opensearch";
import type { Phase } from "../../../environments/schema/migration/phase";
import { CliError } from "../../errors";
import type { MigrationKind } from "../kind";
import type { Measure } from "../measured";
import { OPENSEARCH_GATES } from "./gates";
import { observeOpensearch, type OpensearchObservation } from "./observe";

/** Indices of Elasticsearch, into OpenSearch. */
export const OPENSEARCH: MigrationKind<OpensearchMigration, OpensearchObservation> = {
  observe: observeOpensearch,
  gates: OPENSEARCH_GATES,
  measures: measuresOf,
  missing: ({ target }, { domain }) =>
    domain === undefined ? `the domain ${target.searchDomain} is not there yet` : undefined,
  show: ({ domain }) =>
    domain === undefined
      ? []
      : [
          {
            head: ["DOMAIN", "VERSION", "STATE", "HEALTH", "FREE GB", "DOCUMENTS"],
            rows: [
              [
                domain.name,
                domain.version,
                domain.status,
                domain.health,
                domain.freeStorageGb ?? "",
                domain.documents ?? "",
              ],
            ],
          },
        ],
  progress: ({ domain }) =>
    domain === undefined
      ? "no domain yet"
      : `${domain.name} ${domain.status}, ${domain.health}, ${domain.documents ?? "?"} documents`,
  notes: ({ domain }) =>
    domain === undefined
      ? {}
      : { domain: domain.name, ...(domain.documents === undefined ? {} : { documents: domain.documents }) },
  intend: (operation, { migration }) => {
    throw new CliError(
      `There is nothing to ${operation}: a migration by ${migration.mode} is worked at source and target themselves. Nothing was changed.`,
      `Its steps, each with its command: slipway migrate runbook ${migration.id}`,
    );
  },
};

function measuresOf({ mode, indices }: OpensearchMigration, phase: Phase): readonly Measure[] {
  const compared: readonly Measure[] = [
    ...indices.map((index) => ({ name: `documents ${index}`, what: `_count of ${index}`, comparison: true })),
    { name: "queryDifferences", what: "sampled searches that answer otherwise at the target: 0" },
  ];
  switch (phase) {
    case "prepare":
      return [{ name: "repository", what: "verified, once the snapshot repository answers _verify" }];
    case "full-load":
      return [
        { name: "snapshot", what: "name of the snapshot" },
        { name: "snapshotState", what: "SUCCESS, the snapshot's state" },
        { name: "failedShards", what: "failed shards of the restore: 0" },
      ];
    case "cdc":
      return mode === "migration-assistant"
        ? [{ name: "replayLagSeconds", what: "seconds by which the replay is behind: 0" }]
        : [];
    case "validated":
      return compared;
    case "cutover":
      return [{ name: "writes", what: "frozen, once nothing writes to the source" }, ...compared];
    case "rollback-window":
      return [{ name: "sourceWrites", what: "writes of applications at the source since the cutover: 0" }];
    case "decommission":
      return [];
  }
}
