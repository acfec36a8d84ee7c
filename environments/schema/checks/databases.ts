import type { Account } from "../account";
import { DATABASE_CLASSES } from "../database-classes";
import type { Database } from "../data/database";
import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Fewest days to which a database of a protected account can be restored. */
const LEAST_RETENTION = 7;

/** Parameters that the platform sets, and what for. */
const SET_ALREADY: Readonly<Record<string, string>> = {
  "rds.force_ssl": "TLS is not a choice",
  log_connections: "the platform sets it",
  log_disconnections: "the platform sets it",
  log_lock_waits: "the platform sets it",
  log_min_duration_statement: "the platform sets it",
  log_statement: "the platform sets it",
  log_temp_files: "the platform sets it",
};

/** Databases are such as Aurora PostgreSQL has, and buckets archive before they expire. */
export function checkDatabases(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const file = fleet.sources.accounts[account.name] ?? account.name;
    const { databases = {}, buckets = {} } = account.data ?? {};
    return [
      ...Object.entries(databases).flatMap(([name, database]) =>
        databaseFaults(database, account).map((found) => ({
          ...found,
          path: `${formatPath(["data", "databases", name])}.${found.path}`,
        })),
      ),
      ...Object.entries(buckets).flatMap(([name, { archiveAfterDays, expireAfterDays }]) =>
        archiveAfterDays !== undefined && expireAfterDays !== undefined && archiveAfterDays >= expireAfterDays
          ? [
              {
                path: `${formatPath(["data", "buckets", name])}.archiveAfterDays`,
                given: archiveAfterDays,
                allowed: `less than expireAfterDays, ${expireAfterDays}: S3 refuses to archive what is gone`,
              },
            ]
          : [],
      ),
    ].map((found) => ({ ...found, file }));
  });
}

function databaseFaults(database: Database, { capabilities }: Account): Found[] {
  const { instanceClass, backupRetentionDays, parameters } = database;
  const found: Found[] = Object.entries(parameters).flatMap(([name, value]): Found[] => {
    const why = SET_ALREADY[name];
    if (why !== undefined)
      return [{ path: formatPath(["parameters", name]), given: value, allowed: `nothing: ${why}` }];
    if (name === "max_connections" && !/^\d{2,6}$/.test(value))
      return [
        {
          path: formatPath(["parameters", name]),
          given: value,
          allowed: "a number; the alarm on connections counts by it",
        },
      ];
    return [];
  });
  if (!DATABASE_CLASSES.has(instanceClass)) {
    const meant = nearest(instanceClass, [...DATABASE_CLASSES.keys()]);
    found.push({
      path: "instanceClass",
      given: instanceClass,
      allowed: "a class that Aurora PostgreSQL has, such as db.t4g.medium or db.r7g.large",
      mend: meant === undefined ? "choose a class of the families t4g, r6g, r7g, r8g" : `write "${meant}"`,
    });
  }
  if (capabilities.deletionProtection && (backupRetentionDays ?? LEAST_RETENTION) < LEAST_RETENTION) {
    found.push({
      path: "backupRetentionDays",
      given: backupRetentionDays,
      allowed: `at least ${LEAST_RETENTION} in an account whose stores are protected`,
    });
  }
  return found;
}
