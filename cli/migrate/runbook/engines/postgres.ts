import { quoted, renamed, type Check, type End, type EngineRunbook } from "./engine";

const table = ({ marker }: End) => `"${marker.schema}"."${marker.table}"`;
const database = ({ endpoint }: End) => endpoint.databaseName ?? "postgres";
/** The user of the way back, which is DMS's own where no other is named. */
const back = ({ name }: End) => `:${name.toUpperCase()}_BACK:`;
const user = ({ name }: End) => `:${name.toUpperCase()}_USER:`;

const grants = (end: End): Check => ({
  title: "DMS's user may replicate and read",
  statement: [
    "SELECT rolname, rolreplication, pg_has_role(rolname, 'rds_replication', 'member') AS rds_replication",
    "  FROM pg_roles WHERE rolname = current_user AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication')",
    "UNION ALL SELECT rolname, rolreplication, false FROM pg_roles WHERE rolname = current_user",
    "  AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication');",
  ],
  expected: `rolreplication t, or rds_replication t at Amazon RDS and Aurora. If not, as an administrator (\`${end.name}_admin\`): \`GRANT rds_replication TO "${user(end)}";\` there, \`ALTER ROLE "${user(end)}" REPLICATION;\` elsewhere; and \`GRANT SELECT ON ALL TABLES IN SCHEMA ${end.schemas.map((schema) => `"${schema}"`).join(", ")} TO "${user(end)}";\``,
});

/** PostgreSQL and Aurora PostgreSQL. */
export const POSTGRES: EngineRunbook = {
  client: (end) => [
    // A database that is frozen is so for the runbook's own sessions too, which could not open it again.
    `PGPASSWORD="$3" PGOPTIONS="-c default_transaction_read_only=off" psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 \\`,
    `  "host=$(jq -r .host <<<"$1") port=$(jq -r .port <<<"$1") user=$2 dbname=${database(end)} sslmode=${end.endpoint.sslMode === "none" ? "disable" : (end.endpoint.sslMode ?? "require")}${end.endpoint.certificate === undefined ? "" : ` sslrootcert=${end.certificates}/${end.endpoint.certificate}`}"`,
  ],
  readsFrom: (end, tasks) => [
    {
      title: "the log is logical",
      statement: ["SHOW wal_level;"],
      expected: "logical; at Amazon RDS and Aurora by rds.logical_replication = 1 and a reboot",
    },
    {
      title: "slots and senders are enough",
      statement: [
        "SELECT name, setting FROM pg_settings WHERE name IN ('max_replication_slots', 'max_wal_senders');",
        "SELECT count(*) AS slots_in_use FROM pg_replication_slots;",
      ],
      expected: `at least ${tasks} more than are in use`,
    },
    {
      title: "a slow sender is not cut off",
      statement: ["SHOW wal_sender_timeout;"],
      expected: "0, or 10 s and more",
    },
    grants(end),
    {
      title: "tables without a primary key, which lose UPDATE and DELETE and cannot be compared",
      statement: [
        "SELECT n.nspname || '.' || c.relname, c.relreplident FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace",
        "  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')",
        "    AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary);",
      ],
      expected: "none, or each with REPLICA IDENTITY FULL (f) and a waiver noPrimaryKey in the definition",
    },
    {
      title: "the disk has room for what slots hold back, and an alarm on it",
      statement: [
        "SELECT slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) FROM pg_replication_slots;",
      ],
      expected: "no inactive slot that grows",
    },
  ],
  writesTo: (end) => [
    {
      title: "DMS's user may write, and switch triggers off",
      statement: [
        `SELECT has_database_privilege(current_user, '${database(end)}', 'CREATE') AS may_create,`,
        "  current_setting('session_replication_role') AS session_replication_role;",
      ],
      expected: "may_create t; replica with afterConnectScript SET session_replication_role = 'replica'",
    },
  ],
  createMarker: (end) => [
    `CREATE TABLE IF NOT EXISTS ${table(end)} (id varchar(64) PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${table(end)} TO "${user(end)}", "${back(end)}";`,
  ],
  writeMarker: (end, marker) => [
    "SET default_transaction_read_only = off;",
    `INSERT INTO ${table(end)} (id) VALUES ('${marker}') ON CONFLICT (id) DO UPDATE SET at = now();`,
  ],
  readMarker: (end, marker) => [`SELECT id, at FROM ${table(end)} WHERE id = '${marker}';`],
  freeze: (end) => [
    `SELECT 'ALTER DATABASE "${database(end)}" SET default_transaction_read_only = on;';`,
    `SELECT 'ALTER ROLE "${user(end)}" IN DATABASE "${database(end)}" SET default_transaction_read_only = off;';`,
    `SELECT 'ALTER ROLE "${back(end)}" IN DATABASE "${database(end)}" SET default_transaction_read_only = off;';`,
  ],
  unfreeze: (end) => [
    `SELECT 'ALTER DATABASE "${database(end)}" RESET default_transaction_read_only;';`,
    `SELECT 'ALTER ROLE "${user(end)}" IN DATABASE "${database(end)}" RESET default_transaction_read_only;';`,
    `SELECT 'ALTER ROLE "${back(end)}" IN DATABASE "${database(end)}" RESET default_transaction_read_only;';`,
  ],
  sessions: (end) => [
    "SELECT 'SELECT pg_terminate_backend(' || pid || ');' FROM pg_stat_activity",
    `  WHERE datname = '${database(end)}' AND usename <> current_user AND usename NOT IN ('rdsadmin', '${user(end)}', '${back(end)}')`,
    "    AND backend_type = 'client backend';",
  ],
  position: ({ endpoint }) => ({
    statement: [
      ...(endpoint.postgresSettings?.slotName === undefined
        ? []
        : [
            `SELECT pg_create_logical_replication_slot('${endpoint.postgresSettings.slotName}', '${endpoint.postgresSettings.pluginName ?? "test_decoding"}');`,
          ]),
      "SELECT pg_current_wal_lsn();",
    ],
    form: "an LSN, such as 0/16B3748",
  }),
  sequences: (end) => ({
    from: end,
    statement: [
      "SELECT format('SELECT setval(pg_get_serial_sequence(%L, %L), (SELECT coalesce(max(%I), 0) + 1 FROM %I.%I), false);',",
      "  format('%I.%I', table_schema, table_name), column_name, column_name, table_schema, table_name)",
      "  FROM information_schema.columns",
      "  WHERE (column_default LIKE 'nextval(%' OR is_identity = 'YES')",
      "    AND pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name) IS NOT NULL",
      `    AND table_schema IN (${quoted(end.schemas)});`,
      "SELECT format('ALTER TABLE %s VALIDATE CONSTRAINT %I;', k.conrelid::regclass, k.conname)",
      "  FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace",
      `  WHERE k.contype = 'f' AND NOT k.convalidated AND n.nspname IN (${quoted(end.schemas)});`,
    ],
  }),
  constraints: (end, to) => [
    // Tables that a path finds are named without their schema, which is another one at the target.
    "SET search_path = '';",
    // What an earlier run made is left alone, so that a run that broke off is run again.
    `SELECT replace(regexp_replace(indexdef, '^CREATE (UNIQUE )?INDEX ', 'CREATE \\1INDEX IF NOT EXISTS ') || ';', ' ON ' || quote_ident(schemaname) || '.', ' ON ' || quote_ident(${renamed(end, to, "schemaname")}) || '.')`,
    "  FROM pg_indexes i",
    `  WHERE schemaname IN (${quoted(end.schemas)})`,
    "    AND NOT EXISTS (SELECT FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace",
    "      WHERE c.conname = i.indexname AND n.nspname = i.schemaname AND c.contype IN ('p', 'u', 'x'));",
    `SELECT format('DO $do$ BEGIN ALTER TABLE %I.%I ADD CONSTRAINT %I %s%s; EXCEPTION WHEN duplicate_object OR duplicate_table THEN NULL; END $do$;', ${renamed(end, to, "n.nspname::text")}, c.relname, k.conname,`,
    `  ${to.schemas.reduce(
      (text, there, index) =>
        there === end.schemas[index] ? text : `replace(${text}, '${end.schemas[index] ?? ""}.', '${there}.')`,
      "pg_get_constraintdef(k.oid)",
    )}, CASE k.contype WHEN 'f' THEN ' NOT VALID' ELSE '' END)`,
    "  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace",
    // A foreign key may rest on what is unique, which therefore comes first.
    `  WHERE k.contype IN ('u', 'x', 'f') AND k.conparentid = 0 AND n.nspname IN (${quoted(end.schemas)})`,
    "  ORDER BY k.contype = 'f', k.conname;",
  ],
  counts: (end) => [
    "SELECT format('SELECT %L, count(*) FROM %I.%I;', table_schema || '.' || table_name, table_schema, table_name)",
    "  FROM information_schema.tables",
    `  WHERE table_type = 'BASE TABLE' AND table_schema IN (${quoted(end.schemas)}) ORDER BY 1;`,
  ],
  cleanUp: (end) => [
    "SELECT 'SELECT pg_drop_replication_slot(' || quote_literal(slot_name) || ');' FROM pg_replication_slots",
    `  WHERE NOT active AND database = '${database(end)}' AND slot_type = 'logical'`,
    // Slots that DMS names; others may be somebody else's.
    `    AND (slot_name ~ '^[a-z0-9]{16,}_[0-9]{8}_' OR slot_name = '${end.endpoint.postgresSettings?.slotName ?? "slipway"}');`,
    "SELECT 'DROP EVENT TRIGGER IF EXISTS awsdms_intercept_ddl;';",
    `SELECT 'DROP FUNCTION IF EXISTS ${end.endpoint.postgresSettings?.ddlArtifactsSchema ?? "public"}.awsdms_intercept_ddl();';`,
    "SELECT format('DROP TABLE IF EXISTS %I.%I;', schemaname, tablename) FROM pg_tables WHERE tablename LIKE 'awsdms\\_%';",
    `SELECT 'DROP TABLE IF EXISTS ${table(end)};';`,
    // Without CASCADE: it may be a schema of the application, whose tables stay.
    ...(["public", ...end.schemas].includes(end.controlSchema)
      ? []
      : [`SELECT 'DROP SCHEMA IF EXISTS "${end.controlSchema}";';`]),
    // Tables that DMS made are its user's: they go to the administrator, or DROP OWNED takes them away.
    `SELECT 'GRANT "${user(end)}" TO CURRENT_USER; REASSIGN OWNED BY "${user(end)}" TO CURRENT_USER; DROP OWNED BY "${user(end)}"; DROP ROLE "${user(end)}";'`,
    `  FROM pg_roles WHERE rolname = '${user(end)}' AND rolname <> current_user;`,
  ],
};
