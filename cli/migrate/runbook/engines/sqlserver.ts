import { quoted, type End, type EngineRunbook } from "./engine";

const table = ({ marker }: End) => `[${marker.schema}].[${marker.table}]`;
const database = ({ endpoint }: End) => endpoint.databaseName ?? "master";

const logins = (end: End, word: "DISABLE" | "ENABLE") => [
  "SET NOCOUNT ON;",
  `SELECT 'ALTER LOGIN ' + QUOTENAME(name) + ' ${word};' FROM sys.server_principals`,
  "  WHERE type IN ('S', 'U') AND name NOT LIKE '##%' AND name NOT IN ('sa', 'rdsa')",
  "    AND name NOT LIKE 'NT %' AND name <> SUSER_SNAME()",
  `    AND name NOT IN (':${end.name.toUpperCase()}_USER:', ':${end.name.toUpperCase()}_BACK:');`,
];

export const SQL_SERVER: EngineRunbook = {
  client: (end) => [
    `SQLCMDPASSWORD="$3" sqlcmd -b -h -1 -W ${end.endpoint.sslMode === "none" ? "-No" : end.endpoint.sslMode === "require" ? "-N -C" : "-N"} \\`,
    `  -S "$(jq -r .host <<<"$1"),$(jq -r .port <<<"$1")" -U "$2" -d '${database(end)}' -i /dev/stdin`,
  ],
  readsFrom: (end) => [
    {
      title: "the log is kept, and a full backup was taken",
      statement: [
        "SET NOCOUNT ON;",
        `SELECT recovery_model_desc FROM sys.databases WHERE name = '${database(end)}';`,
        `SELECT MAX(backup_finish_date) FROM msdb.dbo.backupset WHERE database_name = '${database(end)}' AND type = 'D';`,
      ],
      expected: "FULL or BULK_LOGGED, and a date",
    },
    {
      title: "replication is on: MS-REPLICATION for tables with a primary key, MS-CDC for the others",
      statement: [
        "SET NOCOUNT ON;",
        `SELECT is_published, is_cdc_enabled FROM sys.databases WHERE name = '${database(end)}';`,
        "-- Amazon RDS: EXEC msdb.dbo.rds_cdc_enable_db and then, for each table, sys.sp_cdc_enable_table",
      ],
      expected: "1 in one of them",
    },
    {
      title: "tables without a primary key, which MS-REPLICATION leaves out and DMS cannot compare",
      statement: [
        "SET NOCOUNT ON;",
        "SELECT SCHEMA_NAME(t.schema_id) + '.' + t.name FROM sys.tables t",
        `  WHERE OBJECTPROPERTY(t.object_id, 'TableHasPrimaryKey') = 0 AND SCHEMA_NAME(t.schema_id) IN (${quoted(end.schemas)});`,
      ],
      expected: "none, or each in MS-CDC and with a waiver noPrimaryKey in the definition",
    },
    {
      title: "DMS's user may read the log",
      statement: ["SET NOCOUNT ON;", "SELECT IS_ROLEMEMBER('db_owner'), IS_SRVROLEMEMBER('sysadmin');"],
      expected: "1 in the first",
    },
  ],
  writesTo: () => [
    {
      title: "DMS's user may write",
      statement: ["SET NOCOUNT ON;", "SELECT IS_ROLEMEMBER('db_owner');"],
      expected: "1",
    },
  ],
  createMarker: (end) => [
    `IF OBJECT_ID('${end.marker.schema}.${end.marker.table}') IS NULL`,
    `  CREATE TABLE ${table(end)} (id varchar(64) PRIMARY KEY, at datetime2 NOT NULL DEFAULT SYSUTCDATETIME());`,
    "GO",
  ],
  writeMarker: (end, marker) => [
    `DELETE FROM ${table(end)} WHERE id = '${marker}'; INSERT INTO ${table(end)} (id) VALUES ('${marker}');`,
    "GO",
  ],
  readMarker: (end, marker) => [
    "SET NOCOUNT ON;",
    `SELECT id, at FROM ${table(end)} WHERE id = '${marker}';`,
    "GO",
  ],
  freeze: (end) => [...logins(end, "DISABLE"), "GO"],
  unfreeze: (end) => [...logins(end, "ENABLE"), "GO"],
  sessions: (end) => [
    "SET NOCOUNT ON;",
    "SELECT 'KILL ' + CAST(session_id AS varchar) + ';' FROM sys.dm_exec_sessions",
    `  WHERE is_user_process = 1 AND login_name <> SUSER_SNAME() AND login_name NOT IN (':${end.name.toUpperCase()}_USER:', ':${end.name.toUpperCase()}_BACK:')`,
    `    AND database_id = DB_ID('${database(end)}');`,
    "GO",
  ],
  position: () => ({
    statement: [
      "SET NOCOUNT ON;",
      "SELECT TOP 1 [Current LSN] FROM sys.fn_dblog(NULL, NULL) ORDER BY [Current LSN] DESC;",
      "GO",
    ],
    form: "an LSN, such as 00000047:00003320:0003",
  }),
  sequences: (end) => ({
    from: end,
    statement: [
      "SET NOCOUNT ON;",
      "SELECT 'DBCC CHECKIDENT (''' + SCHEMA_NAME(t.schema_id) + '.' + t.name + ''', RESEED);'",
      "  FROM sys.identity_columns i JOIN sys.tables t ON t.object_id = i.object_id",
      `  WHERE SCHEMA_NAME(t.schema_id) IN (${quoted(end.schemas)});`,
      "GO",
    ],
  }),
  constraints: (end) => [
    "SET NOCOUNT ON;",
    "SELECT 'CREATE ' + CASE WHEN i.is_unique = 1 THEN 'UNIQUE ' ELSE '' END + 'INDEX ' + QUOTENAME(i.name) + ' ON '",
    "  + QUOTENAME(SCHEMA_NAME(t.schema_id)) + '.' + QUOTENAME(t.name) + ' ('",
    "  + STRING_AGG(CASE WHEN c.is_included_column = 0 THEN QUOTENAME(COL_NAME(c.object_id, c.column_id)) END, ', ')",
    "    WITHIN GROUP (ORDER BY c.key_ordinal) + ');'",
    "  FROM sys.indexes i JOIN sys.tables t ON t.object_id = i.object_id",
    "  JOIN sys.index_columns c ON c.object_id = i.object_id AND c.index_id = i.index_id",
    "  WHERE i.type = 2 AND i.is_primary_key = 0 AND i.is_unique_constraint = 0",
    `    AND SCHEMA_NAME(t.schema_id) IN (${quoted(end.schemas)})`,
    "  GROUP BY i.name, i.is_unique, t.schema_id, t.name;",
    "SELECT 'ALTER TABLE ' + QUOTENAME(SCHEMA_NAME(k.schema_id)) + '.' + QUOTENAME(OBJECT_NAME(k.parent_object_id))",
    "  + ' ADD CONSTRAINT ' + QUOTENAME(k.name) + ' FOREIGN KEY ('",
    "  + STRING_AGG(QUOTENAME(COL_NAME(c.parent_object_id, c.parent_column_id)), ', ') + ') REFERENCES '",
    "  + QUOTENAME(OBJECT_SCHEMA_NAME(k.referenced_object_id)) + '.' + QUOTENAME(OBJECT_NAME(k.referenced_object_id)) + ' ('",
    "  + STRING_AGG(QUOTENAME(COL_NAME(c.referenced_object_id, c.referenced_column_id)), ', ') + ');'",
    "  FROM sys.foreign_keys k JOIN sys.foreign_key_columns c ON c.constraint_object_id = k.object_id",
    `  WHERE SCHEMA_NAME(k.schema_id) IN (${quoted(end.schemas)})`,
    "  GROUP BY k.name, k.schema_id, k.parent_object_id, k.referenced_object_id;",
    "GO",
  ],
  counts: (end) => [
    "SET NOCOUNT ON;",
    "SELECT 'SELECT ''' + SCHEMA_NAME(schema_id) + '.' + name + ''', COUNT_BIG(*) FROM ' + QUOTENAME(SCHEMA_NAME(schema_id)) + '.' + QUOTENAME(name) + ';'",
    `  FROM sys.tables WHERE SCHEMA_NAME(schema_id) IN (${quoted(end.schemas)}) ORDER BY 1;`,
    "GO",
  ],
  cleanUp: (end) => [
    "SET NOCOUNT ON;",
    `SELECT 'DROP TABLE IF EXISTS ${table(end)};';`,
    "SELECT 'DROP TABLE ' + QUOTENAME(SCHEMA_NAME(schema_id)) + '.' + QUOTENAME(name) + ';' FROM sys.tables WHERE name LIKE 'awsdms[_]%';",
    `SELECT 'DROP SCHEMA ' + QUOTENAME(name) + ';' FROM sys.schemas WHERE name = '${end.controlSchema}';`,
    `SELECT 'DROP USER ' + QUOTENAME(name) + ';' FROM sys.database_principals WHERE name = ':${end.name.toUpperCase()}_USER:';`,
    "-- the source, once nothing else replicates: EXEC sp_replicationdboption or sys.sp_cdc_disable_db",
    "GO",
  ],
};
