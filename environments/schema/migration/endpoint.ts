import { z } from "zod";
import { slug } from "../common";
import { ENGINES, SSL_MODES } from "./engines";

const seconds = (least: number, most: number) => z.number().int().min(least).max(most);
const script = z
  .string()
  .min(1)
  .max(500)
  .regex(/^(?!.*[$%]\{)[^\n]*$/, "one line without ${ or %{");

const mysqlSettings = z.strictObject({
  afterConnectScript: script
    .optional()
    .describe("SQL after each connection, such as `SET FOREIGN_KEY_CHECKS=0` at a target. Default: none."),
  eventsPollInterval: seconds(1, 60)
    .optional()
    .describe("Seconds between looks into an idle binary log. Default: 5, AWS's own."),
  serverTimezone: z
    .string()
    .regex(/^[A-Za-z_]+(\/[A-Za-z_]+)*$/, "an IANA time zone such as Europe/Berlin")
    .optional()
    .describe("Time zone of the source. Default: UTC, AWS's own."),
});

const postgresSettings = z.strictObject({
  afterConnectScript: script
    .optional()
    .describe(
      "SQL after each connection, such as `SET session_replication_role='replica'` at a target. Default: none.",
    ),
  captureDdls: z
    .boolean()
    .optional()
    .describe("Whether changes of tables are followed, by triggers in the source. Default: true, AWS's own."),
  ddlArtifactsSchema: z
    .string()
    .min(1)
    .max(63)
    .optional()
    .describe("Schema of these triggers. Default: public, AWS's own."),
  heartbeatEnable: z
    .boolean()
    .default(true)
    .describe(
      "Whether the source's slot is moved on while nothing is written, without which its disk fills. Default: true.",
    ),
  heartbeatFrequency: seconds(1, 60)
    .optional()
    .describe("Minutes between heartbeats. Default: 5, AWS's own."),
  heartbeatSchema: z
    .string()
    .min(1)
    .max(63)
    .optional()
    .describe("Schema of the heartbeat's table. Default: public, AWS's own."),
  pluginName: z
    .enum(["pglogical", "test_decoding"])
    .optional()
    .describe("Decoder of the slot. Default: pglogical where it is installed, AWS's own."),
  slotName: z
    .string()
    .regex(/^[a-z0-9_]{1,63}$/, "lower-case letters, digits and _")
    .optional()
    .describe("A slot that was made before, for `cdcStartPosition`. Default: DMS makes one."),
});

const mongodbSettings = z.strictObject({
  nestingLevel: z
    .enum(["none", "one"])
    .default("none")
    .describe("`none` keeps documents, `one` makes tables of them. Default: `none`."),
  extractDocId: z
    .boolean()
    .default(false)
    .describe("Whether `_id` is a column of its own, with `none`. Default: false."),
  authSource: z
    .string()
    .regex(/^[\w-]{1,63}$/, "a database's name")
    .default("admin")
    .describe("Database with the user. Default: admin."),
});

const s3Settings = z.strictObject({
  bucketFolder: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, "folders joined by /")
    .max(200)
    .optional()
    .describe("Folder of the bucket. Default: its root."),
  externalTableDefinition: z
    .string()
    .min(2)
    .max(20_000)
    .optional()
    .describe("JSON that says which tables a source's files are; needed at a source. Default: none."),
  dataFormat: z
    .enum(["csv", "parquet"])
    .default("parquet")
    .describe("Files of a target. Default: `parquet`."),
});

/** One end of a migration by DMS; the credentials are in the secret and nowhere else. */
export const endpoint = z.strictObject({
  engineName: z.enum(ENGINES).describe("As DMS names it; `aurora` is Aurora MySQL."),
  store: slug(24)
    .optional()
    .describe(
      "Database or DocumentDB of the account's `data`, whose clients DMS joins, or a bucket for `s3`. Default: none.",
    ),
  secret: z
    .string()
    .optional()
    .describe(
      "Secret of the account with `{username, password, host, port}`; needed by all but `s3`. Default: none.",
    ),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe("TCP port, the same as in the secret. Default: the engine's own."),
  databaseName: z
    .string()
    .regex(/^[A-Za-z_][\w$.-]{0,62}$/, "a database's name")
    .optional()
    .describe(
      "Database; needed by all but MySQL, MariaDB, Aurora MySQL and `s3`, which take none. Default: none.",
    ),
  sslMode: z
    .enum(SSL_MODES)
    .optional()
    .describe("Default: the strictest that the engine has, without `certificate` that is `require`."),
  certificate: z
    .string()
    .regex(/^[\w-][\w.-]*\.(pem|sso)$/, "a file name that ends in .pem, or in .sso for Oracle")
    .max(80)
    .optional()
    .describe(
      "File of `migrations/certificates/` with who is trusted: PEM, a wallet for Oracle. Default: none.",
    ),
  mysqlSettings: mysqlSettings.optional().describe("Of MySQL, MariaDB and Aurora MySQL. Default: AWS's own."),
  postgresSettings: postgresSettings.optional().describe("Of PostgreSQL. Default: its fields' defaults."),
  mongodbSettings: mongodbSettings.optional().describe("Of MongoDB. Default: its fields' defaults."),
  s3Settings: s3Settings.optional().describe("Of `s3`. Default: its fields' defaults."),
  extraConnectionAttributes: z
    .record(
      z.string().regex(/^[A-Za-z][A-Za-z0-9]{1,60}$/, "an attribute's name"),
      z.string().regex(/^[^;=${}\n]{1,200}$/, "a value without ; = $ { }"),
    )
    .optional()
    .describe("Of Oracle and SQL Server, which DMS takes no other settings of. Default: none."),
});

export type Endpoint = z.output<typeof endpoint>;
