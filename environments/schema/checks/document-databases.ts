import type { Account } from "../account";
import type { DocumentDatabase } from "../data/document-database";
import { DOCUMENT_CLASSES } from "../document-classes";
import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Fewest days to which a cluster of a protected account can be restored. */
const LEAST_RETENTION = 7;

/** Parameters that the platform sets, and why nobody else does. */
const SET_ALREADY: Readonly<Record<string, string>> = {
  audit_logs: "the platform sets it",
  profiler: "the platform sets it",
  tls: "TLS is not a choice",
};

/** Parameters of every version, by name. */
const PARAMETERS = [
  "change_stream_log_retention_duration",
  "default_collection_compression",
  "planner_version",
  "profiler_sampling_rate",
  "profiler_threshold_ms",
  "ttl_monitor",
];

/** Clusters are such as Amazon DocumentDB has. */
export function checkDocumentDatabases(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) =>
    Object.entries(account.data?.documentDatabases ?? {}).flatMap(([name, database]) =>
      faults(database, account).map(({ path, ...found }) => ({
        ...found,
        file: fleet.sources.accounts[account.name] ?? account.name,
        path: `${formatPath(["data", "documentDatabases", name])}.${path}`,
      })),
    ),
  );
}

function faults(database: DocumentDatabase, { capabilities }: Account): Found[] {
  const { backupRetentionDays, engineVersion, instanceClass, parameters, storageType } = database;
  const found: Found[] = Object.entries(parameters).flatMap(([name, value]): Found[] => {
    const path = formatPath(["parameters", name]);
    const why = SET_ALREADY[name];
    if (why !== undefined) return [{ path, given: value, allowed: `nothing: ${why}` }];
    if (PARAMETERS.includes(name)) return [];
    const meant = nearest(name, PARAMETERS);
    return [
      {
        path,
        given: name,
        allowed: `a parameter of DocumentDB: ${PARAMETERS.join(", ")}`,
        ...(meant === undefined ? {} : { mend: `write ${meant}` }),
      },
    ];
  });
  if (!DOCUMENT_CLASSES.has(instanceClass)) {
    const meant = nearest(instanceClass, [...DOCUMENT_CLASSES.keys()]);
    found.push({
      path: "instanceClass",
      given: instanceClass,
      allowed: "a class that DocumentDB has, such as db.t4g.medium or db.r6g.large",
      mend: meant === undefined ? "choose a class of the families t3, t4g, r5, r6g, r8g" : `write "${meant}"`,
    });
  }
  if (storageType === "iopt1" && engineVersion === "4.0.0")
    found.push({
      path: "storageType",
      given: storageType,
      allowed: "standard with version 4.0.0: I/O-optimized storage begins with 5.0.0",
    });
  if (capabilities.deletionProtection && (backupRetentionDays ?? LEAST_RETENTION) < LEAST_RETENTION)
    found.push({
      path: "backupRetentionDays",
      given: backupRetentionDays,
      allowed: `at least ${LEAST_RETENTION} in an account whose stores are protected`,
    });
  return found;
}
