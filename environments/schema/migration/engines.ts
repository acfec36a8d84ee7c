/** How a connection is encrypted and who is at its other end. */
export const SSL_MODES = ["none", "require", "verify-ca", "verify-full"] as const;

export type SslMode = (typeof SSL_MODES)[number];

/** Engines that a DMS endpoint may have here, as DMS names them; `aurora` is Aurora MySQL. */
export const ENGINES = [
  "mysql",
  "mariadb",
  "aurora",
  "postgres",
  "aurora-postgresql",
  "oracle",
  "sqlserver",
  "mongodb",
  "docdb",
  "s3",
] as const;

export type EngineName = (typeof ENGINES)[number];

/** What an engine can do for DMS. */
export interface Engine {
  /** What people call it. */
  readonly title: string;
  /** Engines that speak the same language have one family, and settings of one form. */
  readonly family: "mysql" | "postgres" | "oracle" | "sqlserver" | "mongodb" | "s3";
  readonly source: boolean;
  readonly target: boolean;
  /** Modes beside `none`, weakest first. https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html */
  readonly sslModes: readonly SslMode[];
  /** What it is trusted by; none where the engine takes no certificate. */
  readonly certificate: "pem" | "wallet" | "none";
  /** Whether an endpoint names a database. MySQL's are named by the table mappings. */
  readonly databaseName: boolean;
  readonly port: number;
  /** Whether changes can be read from a point in time. PostgreSQL has slots, which have positions only. */
  readonly cdcStartTime: boolean;
  /** Whether DMS can compare it row by row. */
  readonly validation: { readonly source: boolean; readonly target: boolean };
}

const relational = { source: true, target: true, validation: { source: true, target: true } } as const;

const mysql = {
  ...relational,
  family: "mysql",
  sslModes: ["verify-ca", "verify-full"],
  certificate: "pem",
  databaseName: false,
  port: 3306,
  cdcStartTime: true,
} as const;

const postgres = {
  ...relational,
  family: "postgres",
  sslModes: ["require", "verify-ca", "verify-full"],
  certificate: "pem",
  databaseName: true,
  port: 5432,
  cdcStartTime: false,
} as const;

const documents = {
  family: "mongodb",
  certificate: "pem",
  databaseName: true,
  port: 27017,
  cdcStartTime: true,
  validation: { source: false, target: false },
} as const;

/** https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.html and CHAP_Target.html */
export const ENGINE: Readonly<Record<EngineName, Engine>> = {
  mysql: { ...mysql, title: "MySQL" },
  mariadb: { ...mysql, title: "MariaDB" },
  aurora: { ...mysql, title: "Aurora MySQL" },
  postgres: { ...postgres, title: "PostgreSQL" },
  "aurora-postgresql": { ...postgres, title: "Aurora PostgreSQL" },
  oracle: {
    ...relational,
    title: "Oracle",
    family: "oracle",
    sslModes: ["verify-ca"],
    certificate: "wallet",
    databaseName: true,
    port: 1521,
    cdcStartTime: true,
  },
  sqlserver: {
    ...relational,
    title: "SQL Server",
    family: "sqlserver",
    sslModes: ["require", "verify-full"],
    certificate: "pem",
    databaseName: true,
    port: 1433,
    cdcStartTime: true,
  },
  mongodb: {
    ...documents,
    title: "MongoDB",
    source: true,
    target: false,
    sslModes: ["require", "verify-full"],
  },
  docdb: { ...documents, title: "DocumentDB", source: true, target: true, sslModes: ["verify-full"] },
  s3: {
    title: "S3",
    family: "s3",
    source: true,
    target: true,
    sslModes: [],
    certificate: "none",
    databaseName: false,
    port: 443,
    cdcStartTime: false,
    // Files of a target would be compared by Athena, for which DMS has no rights here.
    validation: { source: false, target: false },
  },
};

/** The strictest mode that an engine has with what it is given. */
export function defaultSslMode(engineName: EngineName, certificate: boolean): SslMode {
  const { sslModes } = ENGINE[engineName];
  const possible = sslModes.filter((mode) => certificate || mode === "require");
  return possible.at(-1) ?? "none";
}
