import { quoted, renamed, type Check, type End, type EngineRunbook } from "./engine";

const table = ({ marker }: End) => `"${marker.schema}"."${marker.table}"`;
const database = ({ endpoint }: End) => endpoint.databaseName ?? "postgres";
/** The user of the way back, which is DMS's own where no other is named. */
const back = ({ name }: End) => `:${name.toUpperCase()}_BACK:`;
const user = ({ name }: End) => `:${name.toUpperCase()}_USER:`;

const grants: Check = {
  title: "DMS's user may replicate and read",
  statement: [
    "SELECT rolname, rolreplication, pg_has_role(rolname, 'rds_replication', 'member') AS rds_replication",
    "  FROM pg_roles WHERE rolname = current_user AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication')",
    "UNION ALL SELECT rolname, rolreplication, false FROM pg_roles WHERE rolname = current_user",
    "  AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication');",
  ],
  expected: "rolreplication t, or rds_replication t at Amazon RDS and Aurora",
};

/** PostgreSQL and Aurora PostgreSQL. */
export const POSTGRES: EngineRunbook = {
  client: (end) => [
    `PGPASSWORD="$3" psql --no-psqlrc --tuples-only --no-align --set ON_ERROR_STOP=1 \\`,
    `  "host=$(jq -r .host <<<"$1") port=$(jq -r .port <<<"$1") user=$2 dbname=${database(end)} sslmode=${end.endpoint.sslMode === "none" ? "disable" : (end.endpoint.sslMode ?? "require")}${end.endpoint.certificate === undefined ? "" : ` sslrootcert=${end.certificates}/${end.endpoint.certificate}`}"`,
  ],
  readsFrom: (_, tasks) => [
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
    grants,
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
    `  WHERE datname = '${database(end)}' AND usename <> current_user AND usename NOT IN ('${user(end)}', '${back(end)}')`,
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
    ],
  }),
  constraints: (end, to) => [
    `SELECT replace(indexdef || ';', ' ON ' || quote_ident(schemaname) || '.', ' ON ' || quote_ident(${renamed(end, to, "schemaname")}) || '.')`,
    "  FROM pg_indexes i",
    `  WHERE schemaname IN (${quoted(end.schemas)})`,
    "    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname AND c.contype IN ('p', 'u'));",
    `SELECT format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s NOT VALID;', ${renamed(end, to, "n.nspname::text")}, c.relname, k.conname,`,
    `  ${to.schemas.reduce(
      (text, there, index) =>
        there === end.schemas[index] ? text : `replace(${text}, '${end.schemas[index] ?? ""}.', '${there}.')`,
      "pg_get_constraintdef(k.oid)",
    )})`,
    "  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace",
    `  WHERE k.contype = 'f' AND n.nspname IN (${quoted(end.schemas)});`,
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
    `SELECT 'DROP SCHEMA IF EXISTS "${end.controlSchema}" CASCADE;';`,
    `SELECT 'DROP OWNED BY "${user(end)}"; DROP ROLE IF EXISTS "${user(end)}";';`,
  ],
};
