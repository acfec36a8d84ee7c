import { quoted, type End, type EngineRunbook } from "./engine";

const upper = (schemas: readonly string[]) => quoted(schemas.map((schema) => schema.toUpperCase()));
const table = ({ marker }: End) => `${marker.schema}.${marker.table}`.toUpperCase();

const accounts = (end: End, word: "LOCK" | "UNLOCK") => [
  `SELECT 'ALTER USER "' || username || '" ACCOUNT ${word};' FROM dba_users`,
  "  WHERE oracle_maintained = 'N' AND username <> USER",
  `    AND username NOT IN (UPPER(':${end.name.toUpperCase()}_USER:'), UPPER(':${end.name.toUpperCase()}_BACK:'));`,
];

export const ORACLE: EngineRunbook = {
  client: ({ endpoint }) => [
    `{ printf 'CONNECT "%s"/"%s"@//%s:%s/${endpoint.databaseName ?? ""}\\n' "$2" "$3" "$(jq -r .host <<<"$1")" "$(jq -r .port <<<"$1")"`,
    `  printf 'SET HEADING OFF FEEDBACK OFF PAGESIZE 0 LINESIZE 4000 TRIMSPOOL ON\\nWHENEVER SQLERROR EXIT FAILURE\\n'`,
    "  cat; } | sqlplus -S /nolog",
  ],
  readsFrom: (end) => [
    {
      title: "redo logs are archived",
      statement: ["SELECT log_mode FROM v$database;"],
      expected: "ARCHIVELOG; at Amazon RDS by automated backups",
    },
    {
      title: "archived logs are kept for 24 hours at least",
      statement: [
        "SELECT MIN(first_time) FROM v$archived_log WHERE deleted = 'NO';",
        "-- Amazon RDS: EXEC rdsadmin.rdsadmin_util.set_configuration('archivelog retention hours', 72);",
      ],
      expected: "a time at least 24 hours ago, once it has run for so long",
    },
    {
      title: "supplemental logging, of the database and of each table",
      statement: [
        "SELECT supplemental_log_data_min FROM v$database;",
        `SELECT owner || '.' || table_name FROM dba_tables t WHERE owner IN (${upper(end.schemas)})`,
        "  AND NOT EXISTS (SELECT 1 FROM dba_log_groups g WHERE g.owner = t.owner AND g.table_name = t.table_name);",
      ],
      expected:
        "YES or IMPLICIT, and no table; ALTER TABLE … ADD SUPPLEMENTAL LOG DATA (PRIMARY KEY) COLUMNS adds one",
    },
    {
      title: "tables without a primary key, which DMS cannot compare",
      statement: [
        `SELECT owner || '.' || table_name FROM dba_tables t WHERE owner IN (${upper(end.schemas)})`,
        "  AND NOT EXISTS (SELECT 1 FROM dba_constraints c WHERE c.owner = t.owner",
        "    AND c.table_name = t.table_name AND c.constraint_type = 'P');",
      ],
      expected: "none, or each with a waiver noPrimaryKey in the definition",
    },
  ],
  writesTo: () => [
    {
      title: "DMS's user may write",
      statement: ["SELECT privilege FROM session_privs WHERE privilege LIKE '%ANY TABLE' ORDER BY 1;"],
      expected: "ALTER, CREATE, DELETE, DROP, INSERT, SELECT and UPDATE ANY TABLE, or those on what moves",
    },
  ],
  createMarker: (end) => [
    `CREATE TABLE ${table(end)} (id VARCHAR2(64) PRIMARY KEY, at TIMESTAMP DEFAULT SYSTIMESTAMP NOT NULL);`,
    `ALTER TABLE ${table(end)} ADD SUPPLEMENTAL LOG DATA (PRIMARY KEY) COLUMNS;`,
  ],
  writeMarker: (end, marker) => [`INSERT INTO ${table(end)} (id) VALUES ('${marker}');`, "COMMIT;"],
  readMarker: (end, marker) => [`SELECT id, at FROM ${table(end)} WHERE id = '${marker}';`],
  freeze: (end) => accounts(end, "LOCK"),
  unfreeze: (end) => accounts(end, "UNLOCK"),
  sessions: (end) => [
    "SELECT 'ALTER SYSTEM KILL SESSION ''' || sid || ',' || serial# || ''' IMMEDIATE;' FROM v$session",
    "  WHERE type = 'USER' AND username IS NOT NULL AND username <> USER",
    `    AND username NOT IN (UPPER(':${end.name.toUpperCase()}_USER:'), UPPER(':${end.name.toUpperCase()}_BACK:'));`,
  ],
  position: () => ({ statement: ["SELECT current_scn FROM v$database;"], form: "an SCN, such as 12345678" }),
  sequences: (end) => ({
    from: end,
    statement: [
      "SELECT 'ALTER TABLE \"' || owner || '\".\"' || table_name || '\" MODIFY \"' || column_name ||",
      "  '\" GENERATED ' || generation_type || ' AS IDENTITY (START WITH LIMIT VALUE);'",
      `  FROM dba_tab_identity_cols WHERE owner IN (${upper(end.schemas)});`,
      "-- sequences that are not of a column: compare with the source, and ALTER SEQUENCE … RESTART START WITH",
      `SELECT '-- ' || sequence_owner || '.' || sequence_name || ' stands at ' || last_number FROM dba_sequences`,
      `  WHERE sequence_owner IN (${upper(end.schemas)});`,
    ],
  }),
  constraints: (end) => [
    "EXEC DBMS_METADATA.SET_TRANSFORM_PARAM(DBMS_METADATA.SESSION_TRANSFORM, 'SQLTERMINATOR', TRUE);",
    "SET LONG 100000",
    `SELECT DBMS_METADATA.GET_DDL('INDEX', index_name, owner) FROM dba_indexes i WHERE owner IN (${upper(end.schemas)})`,
    "  AND NOT EXISTS (SELECT 1 FROM dba_constraints c WHERE c.index_name = i.index_name AND c.owner = i.owner);",
    "SELECT DBMS_METADATA.GET_DDL('REF_CONSTRAINT', constraint_name, owner) FROM dba_constraints",
    `  WHERE constraint_type = 'R' AND owner IN (${upper(end.schemas)});`,
  ],
  counts: (end) => [
    "SELECT 'SELECT ''' || owner || '.' || table_name || ''', COUNT(*) FROM \"' || owner || '\".\"' || table_name || '\";'",
    `  FROM dba_tables WHERE owner IN (${upper(end.schemas)}) ORDER BY 1;`,
  ],
  cleanUp: (end) => [
    `SELECT 'DROP TABLE ${table(end)} PURGE;' FROM dual;`,
    "SELECT 'DROP TABLE \"' || owner || '\".\"' || table_name || '\" PURGE;' FROM dba_tables WHERE LOWER(table_name) LIKE 'awsdms\\_%' ESCAPE '\\';",
    `SELECT 'DROP USER "' || username || '" CASCADE;' FROM dba_users`,
    `  WHERE username IN (UPPER(':${end.name.toUpperCase()}_USER:'), UPPER('${end.controlSchema}'))`,
    // A user is a schema here: one that has tables of an application stays.
    `    AND username NOT IN (${upper(end.schemas)})`,
    "    AND NOT EXISTS (SELECT 1 FROM dba_tables WHERE owner = username AND LOWER(table_name) NOT LIKE 'awsdms\\_%' ESCAPE '\\');",
  ],
};
