import type { Account } from "../account";
import { isAurora, type Database } from "../data/database";
import { databaseClasses, instanceClassOf } from "../database-classes";
import { ENGINE_WORDS, isPostgresql, isSqlServer } from "../database-engines";
import type { Fleet } from "../fleet";
import * as names from "../names";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";
import { auroraFaults } from "./aurora";
import { globalFaults } from "./global-databases";
import { instanceFaults } from "./rds-instances";

type Found = Omit<Violation, "file">;

/** Fewest days to which a database of a protected account can be restored. */
const LEAST_RETENTION = 7;

const TLS = "TLS is not a choice";
const SET = "the platform sets it";
const CDC = "`logicalReplication` sets it";

/** Parameters that the platform sets, and what for, by the family of the engine. */
const SET_ALREADY = {
  postgresql: {
    "rds.force_ssl": TLS,
    log_connections: SET,
    log_disconnections: SET,
    log_lock_waits: SET,
    log_min_duration_statement: SET,
    log_statement: SET,
    log_temp_files: SET,
    "rds.logical_replication": CDC,
  },
  mysql: {
    require_secure_transport: TLS,
    log_output: SET,
    long_query_time: SET,
    slow_query_log: SET,
    server_audit_events: SET,
    server_audit_logging: SET,
    binlog_format: CDC,
    binlog_row_image: CDC,
  },
  sqlserver: { "rds.force_ssl": TLS, "rds.tls10": TLS, "rds.tls11": TLS },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Databases are such as their engine has them, and buckets archive before they expire. */
export function checkDatabases(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const file = fleet.sources.accounts[account.name] ?? account.name;
    const { databases = {}, buckets = {} } = account.data ?? {};
    return [
      ...Object.entries(databases).flatMap(([name, database]) =>
        [
          ...databaseFaults(name, database, account),
          ...(isAurora(database) ? globalFaults(database, account, fleet) : []),
        ].map((found) => ({
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

function databaseFaults(name: string, database: Database, account: Account): Found[] {
  const { backupRetentionDays } = database;
  return [
    ...parameterFaults(database),
    ...classFaults(database),
    ...(account.capabilities.deletionProtection && (backupRetentionDays ?? LEAST_RETENTION) < LEAST_RETENTION
      ? [
          {
            path: "backupRetentionDays",
            given: backupRetentionDays,
            allowed: `at least ${LEAST_RETENTION} in an account whose stores are protected`,
          },
        ]
      : []),
    ...restoreFaults(names.store(account, name), database),
    ...restoredStorageFaults(database, account),
    ...(isAurora(database) ? auroraFaults(database, account) : instanceFaults(database)),
  ];
}

function parameterFaults(database: Database): Found[] {
  const family = isPostgresql(database) ? "postgresql" : isSqlServer(database) ? "sqlserver" : "mysql";
  const set: Readonly<Record<string, string>> = SET_ALREADY[family];
  return Object.entries(database.parameters).flatMap(([name, value]): Found[] => {
    const path = formatPath(["parameters", name]);
    const why = set[name];
    if (why !== undefined) return [{ path, given: value, allowed: `nothing: ${why}` }];
    if (name === "max_connections" && !/^\d{2,6}$/.test(value))
      return [{ path, given: value, allowed: "a number; the alarm on connections counts by it" }];
    return [];
  });
}

function classFaults(database: Database): Found[] {
  const { engine } = database;
  if (isAurora(database) && database.serverless !== undefined) return [];
  const given = instanceClassOf(database);
  const classes = databaseClasses(engine);
  if (classes.has(given)) return [];
  const meant = nearest(given, [...classes.keys()]);
  return [
    {
      path: "instanceClass",
      given,
      allowed: `a class that ${ENGINE_WORDS[engine]} has, such as ${examples(database)}`,
      mend: meant === undefined ? `choose one of the families ${families(classes)}` : `write "${meant}"`,
    },
  ];
}

const examples = (database: Database) =>
  isSqlServer(database) ? "db.m6i.xlarge" : "db.t4g.medium or db.r7g.large";

const families = (classes: ReadonlyMap<string, number>) =>
  [...new Set([...classes.keys()].map((name) => name.split(".")[1] ?? ""))].join(", ");

/** What it is restored from is another database. */
function restoreFaults(own: string, { restoreFrom }: Database): Found[] {
  if (restoreFrom === undefined || "snapshot" in restoreFrom) return [];
  const [field, source] =
    "cluster" in restoreFrom ? ["cluster", restoreFrom.cluster] : ["instance", restoreFrom.instance];
  if (source !== own) return [];
  return [
    {
      path: `restoreFrom.${field}`,
      given: source,
      allowed: "another database: AWS restores into a new one only",
      mend: "add an entry of another name, and let services use that",
    },
  ];
}

/** AWS restores into no less storage than there was, nor can that grow to less. */
function restoredStorageFaults(database: Database, account: Account): Found[] {
  const { restoreFrom } = database;
  if (isAurora(database) || restoreFrom === undefined || "snapshot" in restoreFrom) return [];
  const source = "instance" in restoreFrom ? restoreFrom.instance : restoreFrom.cluster;
  return Object.entries(account.data?.databases ?? {}).flatMap(([name, other]): Found[] =>
    names.store(account, name) !== source ||
    isAurora(other) ||
    other.allocatedStorage <= database.allocatedStorage
      ? []
      : [
          {
            path: "allocatedStorage",
            given: database.allocatedStorage,
            allowed: `at least ${other.allocatedStorage}, the GiB of ${source}, which it is restored from`,
            mend: `write ${other.allocatedStorage}, or more if that has grown`,
          },
        ],
  );
}
