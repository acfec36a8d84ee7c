import type { Account } from "../account";
import type { Fleet } from "../fleet";
import type { OpensearchMigration } from "../migration/opensearch";
import type { Violation } from "../violation";
import { above, sizeFaults, unknownStore, unreadableSecret } from "./migration-parts";
import { perMigration, type Found } from "./per-migration";

/** The last version that was Apache's, whose snapshots OpenSearch reads. */
const LAST = "7.10.2";

/** What restores the snapshots of a major version of Elasticsearch. */
const RESTORED: Readonly<Record<string, RegExp>> = {
  "6": /^(Elasticsearch_7|OpenSearch_1)\./,
  "7": /^(Elasticsearch_7|OpenSearch_[12])\./,
};

/** Each migration of indices is one that its mode can do. */
export function checkOpensearchMigrations(fleet: Fleet): Violation[] {
  return perMigration(fleet, (migration, account) =>
    migration.kind === "opensearch"
      ? [
          ...unknownStore(
            migration.target.searchDomain,
            "target.searchDomain",
            "search domain",
            account,
            account.data?.searchDomains ?? {},
          ),
          ...unreadableSecret(migration.source.secret, "source.secret", account),
          ...(migration.mode === "snapshot" ? snapshot(migration, account) : assistant(migration)),
        ]
      : [],
  );
}

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/snapshot-based-migration.html */
function snapshot({ source, target, assistant: given }: OpensearchMigration, { data }: Account): Found[] {
  const mend = "set mode: migration-assistant";
  const domain = data?.searchDomains[target.searchDomain];
  const unneeded =
    given === undefined
      ? []
      : [
          {
            path: "assistant",
            given,
            allowed: "nothing with snapshot: the domain restores by itself",
            mend: "remove it",
          },
        ];
  if (above(source.version, LAST))
    return [
      ...unneeded,
      {
        path: "source.version",
        given: source.version,
        allowed: `${LAST} at most with snapshot: OpenSearch restores no later one`,
        mend,
      },
    ];
  const restores = RESTORED[source.version.split(".")[0] ?? ""];
  return domain === undefined || restores?.test(domain.engineVersion) === true
    ? unneeded
    : [
        ...unneeded,
        {
          path: "source.version",
          given: source.version,
          allowed: `a version whose snapshots ${domain.engineVersion} restores`,
          mend,
        },
      ];
}

function assistant({ assistant: given }: OpensearchMigration): Found[] {
  return given === undefined
    ? [
        {
          path: "assistant",
          given: "nothing",
          inWords: true,
          allowed: "the images of Migration Assistant: console and reindexFromSnapshot",
          mend: "name them by digest",
        },
      ]
    : sizeFaults("assistant", given);
}
