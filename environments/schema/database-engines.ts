import { isAurora, type Database, type DatabaseEngine, type RdsInstanceDatabase } from "./data/database";
import { memoryOf } from "./database-classes";

/** How people call an engine. */
export const ENGINE_WORDS: Readonly<Record<DatabaseEngine, string>> = {
  "aurora-postgresql": "Aurora PostgreSQL",
  "aurora-mysql": "Aurora MySQL",
  postgres: "PostgreSQL",
  mysql: "MySQL",
  mariadb: "MariaDB",
  "sqlserver-ex": "SQL Server Express",
  "sqlserver-web": "SQL Server Web",
  "sqlserver-se": "SQL Server Standard",
  "sqlserver-ee": "SQL Server Enterprise",
};

export const isSqlServer = ({ engine }: Pick<Database, "engine">) => engine.startsWith("sqlserver-");
export const isPostgresql = ({ engine }: Pick<Database, "engine">) => /postgres/.test(engine);

/** The port that clients of an engine try by themselves. */
export function databasePort(definition: Pick<Database, "engine">): number {
  if (isPostgresql(definition)) return 5432;
  return isSqlServer(definition) ? 1433 : 3306;
}

/** The release that parameter groups belong to: 16, 8.0, 8.4, 11.4, 16.00. */
export function majorVersion({ engine, engineVersion }: Pick<Database, "engine" | "engineVersion">): string {
  const parts = engineVersion.split(".");
  return /postgres/.test(engine) ? (parts[0] ?? "") : parts.slice(0, 2).join(".");
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html */
export function parameterFamily(definition: Pick<Database, "engine" | "engineVersion">): string {
  const major = majorVersion(definition);
  return isSqlServer(definition)
    ? `${definition.engine}-${major.replace(/0$/, "")}`
    : `${definition.engine}${major}`;
}

/** Whether services sign in with a token of IAM; SQL Server knows passwords only. */
export const signsInByIam = (definition: Pick<Database, "engine">) => !isSqlServer(definition);

/** Instances beside the writer, where the account keeps standbys or not. */
export function readersOf(definition: Database, multiAz: boolean): number {
  if (!isAurora(definition)) return definition.readers;
  return definition.readers ?? (multiAz ? 1 : 0);
}

/** Engines of which AWS keeps a standby in another zone. */
const STANDBYS = new Set<DatabaseEngine>(["postgres", "mysql", "mariadb", "sqlserver-se", "sqlserver-ee"]);
export const canStandBy = ({ engine }: Pick<Database, "engine">) => STANDBYS.has(engine);

/**
 * Connections that an instance takes: as its parameters say, or by AWS's formula of the memory; none where the engine
 * has no limit.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html
 */
export function mostConnections(definition: Database): number | undefined {
  if (isSqlServer(definition)) return undefined;
  const said = definition.parameters["max_connections"];
  if (said !== undefined) return Number(said);
  const bytes = memoryOf(definition) * 1024 ** 3;
  switch (definition.engine) {
    case "aurora-mysql":
      return Math.floor(
        Math.max(Math.log2(bytes / 805_306_368) * 45, Math.log2(bytes / 8_187_281_408) * 1000),
      );
    case "mysql":
      return Math.floor(bytes / 12_582_880);
    case "mariadb":
      return Math.min(12_000, Math.floor(bytes / 25_165_760));
    default: {
      const most = Math.min(5000, Math.floor(bytes / 9_531_392));
      // What may shrink to less than a unit keeps room for these only.
      const small = isAurora(definition) && (definition.serverless?.minCapacity ?? 1) < 1;
      return small ? Math.min(2000, most) : most;
    }
  }
}

/** GiB to which an instance's storage grows by itself. */
export function mostStorage(definition: RdsInstanceDatabase): number {
  const limit = isSqlServer(definition) ? 16_384 : 65_536;
  return definition.maxAllocatedStorage ?? Math.min(limit, 5 * definition.allocatedStorage);
}
