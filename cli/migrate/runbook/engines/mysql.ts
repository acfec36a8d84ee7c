import { quoted, renamed, type End, type EngineRunbook } from "./engine";

const SYSTEM =
  "'mysql.sys', 'mysql.session', 'mysql.infoschema', 'mariadb.sys', 'rdsadmin', 'rdsrepladmin', 'root', 'event_scheduler', 'system user', 'unauthenticated user'";
const MODES = {
  none: "DISABLED",
  require: "REQUIRED",
  "verify-ca": "VERIFY_CA",
  "verify-full": "VERIFY_IDENTITY",
} as const;

const table = ({ marker }: End) => `\`${marker.schema}\`.\`${marker.table}\``;
const schemasOf = ({ schemas }: End) => `(${quoted(schemas)})`;

/** Prints a statement for each account that is neither the system's, nor DMS's, nor one's own. */
const accounts = (end: End, word: "LOCK" | "UNLOCK") => [
  `SELECT CONCAT('ALTER USER ', QUOTE(User), '@', QUOTE(Host), ' ACCOUNT ${word};') FROM mysql.user`,
  `  WHERE User NOT IN (${SYSTEM})`,
  `    AND User <> SUBSTRING_INDEX(CURRENT_USER(), '@', 1)`,
  `    AND User NOT IN (':${end.name.toUpperCase()}_USER:', ':${end.name.toUpperCase()}_BACK:');`,
];

/** MySQL, MariaDB and Aurora MySQL. */
export const MYSQL: EngineRunbook = {
  client: ({ endpoint, certificates }) => [
    `MYSQL_PWD="$3" mysql --batch --raw --skip-column-names \\`,
    `  --host="$(jq -r .host <<<"$1")" --port="$(jq -r .port <<<"$1")" --user="$2" \\`,
    `  --ssl-mode=${MODES[endpoint.sslMode ?? "none"]}${endpoint.certificate === undefined ? "" : ` --ssl-ca=${certificates}/${endpoint.certificate}`}`,
  ],
  readsFrom: () => [
    {
      title: "the binary log is on, by rows, whole",
      statement: [
        "SHOW GLOBAL VARIABLES WHERE Variable_name IN",
        "  ('log_bin', 'server_id', 'binlog_format', 'binlog_row_image', 'binlog_checksum');",
      ],
      expected: "log_bin ON, server_id ≥ 1, binlog_format ROW, binlog_row_image FULL",
    },
    {
      title:
        "the binary log is kept for 24 hours at least (a source of Amazon RDS: its `binlog retention hours`)",
      statement: [
        "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('binlog_expire_logs_seconds', 'expire_logs_days');",
        "-- Amazon RDS and Aurora: CALL mysql.rds_show_configuration;",
        "-- to set it there:      CALL mysql.rds_set_configuration('binlog retention hours', 72);",
      ],
      expected: "≥ 86400 seconds, or ≥ 1 day, or ≥ 24 hours; automated backups on at Amazon RDS",
    },
    {
      title: "DMS's user may read the log and the tables",
      statement: ["SHOW GRANTS FOR CURRENT_USER();"],
      expected: "REPLICATION CLIENT and REPLICATION SLAVE on *.*, SELECT on what moves",
    },
    {
      title: "tables without a primary key, which DMS cannot compare",
      statement: [
        "SELECT t.table_schema, t.table_name FROM information_schema.tables t",
        "  LEFT JOIN information_schema.table_constraints c ON c.table_schema = t.table_schema",
        "    AND c.table_name = t.table_name AND c.constraint_type IN ('PRIMARY KEY', 'UNIQUE')",
        "  WHERE t.table_type = 'BASE TABLE' AND c.constraint_name IS NULL",
        "    AND t.table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema');",
      ],
      expected: "none, or each with a waiver noPrimaryKey in the definition",
    },
  ],
  writesTo: () => [
    {
      title: "DMS's user may write, and load files",
      statement: ["SHOW GRANTS FOR CURRENT_USER();", "SHOW GLOBAL VARIABLES LIKE 'local_infile';"],
      expected: "ALTER, CREATE, DROP, INDEX, INSERT, UPDATE, DELETE, SELECT on what moves; local_infile ON",
    },
  ],
  createMarker: (end) => [
    `CREATE TABLE IF NOT EXISTS ${table(end)} (id VARCHAR(64) PRIMARY KEY, at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);`,
  ],
  writeMarker: (end, marker) => [`REPLACE INTO ${table(end)} (id) VALUES ('${marker}');`],
  readMarker: (end, marker) => [`SELECT id, at FROM ${table(end)} WHERE id = '${marker}';`],
  freeze: (end) => accounts(end, "LOCK"),
  unfreeze: (end) => accounts(end, "UNLOCK"),
  sessions: (end) => [
    // Amazon RDS and Aurora let an administrator end others' sessions by a procedure only.
    "SELECT CONCAT(IF(EXISTS (SELECT 1 FROM information_schema.routines WHERE routine_schema = 'mysql'",
    "  AND routine_name = 'rds_kill'), 'CALL mysql.rds_kill(', 'KILL ('), id, ');')",
    "  FROM information_schema.processlist",
    `  WHERE user NOT IN (${SYSTEM}) AND user <> SUBSTRING_INDEX(CURRENT_USER(), '@', 1)`,
    `    AND user NOT IN (':${end.name.toUpperCase()}_USER:', ':${end.name.toUpperCase()}_BACK:') AND command NOT LIKE 'Binlog Dump%';`,
  ],
  position: () => ({
    statement: ["SHOW MASTER STATUS;", "-- from MySQL 8.4 on: SHOW BINARY LOG STATUS;"],
    form: "file:position, such as mysql-bin-changelog.000024:373",
  }),
  sequences: (target, source) =>
    source === undefined
      ? {
          // InnoDB takes the next free value where a lower one is asked for.
          from: target,
          statement: [
            "SELECT CONCAT('ALTER TABLE `', table_schema, '`.`', table_name, '` AUTO_INCREMENT = 1;')",
            "  FROM information_schema.columns",
            `  WHERE extra LIKE '%auto_increment%' AND table_schema IN ${schemasOf(target)};`,
          ],
        }
      : {
          from: source,
          statement: [
            `SELECT CONCAT('ALTER TABLE \`', ${renamed(source, target, "c.table_schema")}, '\`.\`', c.table_name, '\` MODIFY \`', c.column_name,`,
            "  '` ', c.column_type, ' NOT NULL AUTO_INCREMENT, AUTO_INCREMENT = ', COALESCE(t.auto_increment, 1), ';')",
            "  FROM information_schema.columns c JOIN information_schema.tables t",
            "    ON t.table_schema = c.table_schema AND t.table_name = c.table_name",
            `  WHERE c.extra LIKE '%auto_increment%' AND c.table_schema IN ${schemasOf(source)};`,
          ],
        },
  constraints: (end, to) => [
    "SET SESSION group_concat_max_len = 1000000;",
    "SELECT CONCAT('ALTER TABLE `', s.schema_to, '`.`', s.table_name, '` ADD ', IF(s.non_unique = 0, 'UNIQUE ', ''),",
    "  'INDEX `', s.index_name, '` (', GROUP_CONCAT(CONCAT('`', s.column_name, '`',",
    "  IF(s.sub_part IS NULL, '', CONCAT('(', s.sub_part, ')'))) ORDER BY s.seq_in_index), ');')",
    `  FROM (SELECT *, ${renamed(end, to, "table_schema")} AS schema_to FROM information_schema.statistics) s`,
    `  WHERE s.table_schema IN ${schemasOf(end)} AND s.index_name <> 'PRIMARY' AND s.index_type <> 'FULLTEXT'`,
    "  GROUP BY s.schema_to, s.table_name, s.index_name, s.non_unique;",
    "SELECT CONCAT('ALTER TABLE `', k.schema_to, '`.`', k.table_name, '` ADD CONSTRAINT `', k.constraint_name,",
    "  '` FOREIGN KEY (', GROUP_CONCAT(CONCAT('`', k.column_name, '`') ORDER BY k.ordinal_position), ') REFERENCES `',",
    "  k.schema_to, '`.`', k.referenced_table_name, '` (',",
    "  GROUP_CONCAT(CONCAT('`', k.referenced_column_name, '`') ORDER BY k.ordinal_position), ');')",
    `  FROM (SELECT *, ${renamed(end, to, "table_schema")} AS schema_to FROM information_schema.key_column_usage) k`,
    `  WHERE k.table_schema IN ${schemasOf(end)} AND k.referenced_table_name IS NOT NULL`,
    "  GROUP BY k.schema_to, k.table_name, k.constraint_name, k.referenced_table_name;",
  ],
  counts: (end) => [
    "SELECT CONCAT('SELECT ''', table_schema, '.', table_name, ''', COUNT(*) FROM `', table_schema, '`.`', table_name, '`;')",
    "  FROM information_schema.tables",
    `  WHERE table_type = 'BASE TABLE' AND table_schema IN ${schemasOf(end)} ORDER BY 1;`,
  ],
  cleanUp: (end) => [
    `DROP TABLE IF EXISTS ${table(end)};`,
    "SELECT CONCAT('DROP TABLE `', table_schema, '`.`', table_name, '`;') FROM information_schema.tables",
    "  WHERE table_name LIKE 'awsdms\\_%';",
    // With its last table that is DMS's, and never with one that is somebody else's.
    "SELECT CONCAT('DROP DATABASE `', schema_name, '`;') FROM information_schema.schemata s",
    `  WHERE schema_name = '${end.controlSchema}' AND schema_name NOT IN ${schemasOf(end)} AND NOT EXISTS (`,
    "    SELECT 1 FROM information_schema.tables t WHERE t.table_schema = s.schema_name AND t.table_name NOT LIKE 'awsdms\\_%');",
    `DROP USER IF EXISTS ':${end.name.toUpperCase()}_USER:'@'%';`,
    "-- Amazon RDS and Aurora: CALL mysql.rds_set_configuration('binlog retention hours', NULL);",
  ],
};
