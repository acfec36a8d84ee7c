import { mysqlParameters } from "./mysql-parameters";
import { postgresqlParameters } from "./postgresql-parameters";

/** How an engine is told what the platform wants. */
export interface EngineParameters {
  /** What every database of it is told. */
  readonly own: Readonly<Record<string, string>>;
  /** What lets others read its changes row by row. */
  readonly logicalReplication: Readonly<Record<string, string>>;
  /** Parameters that wait for a start of the engine. */
  readonly static: ReadonlySet<string>;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.SSL.Using.html */
const SQL_SERVER_OWN: Readonly<Record<string, string>> = {
  "rds.force_ssl": "1",
  "rds.tls10": "disabled",
  "rds.tls11": "disabled",
};

const SQL_SERVER: EngineParameters = {
  own: SQL_SERVER_OWN,
  logicalReplication: {},
  static: new Set([...Object.keys(SQL_SERVER_OWN), "rds.fips", "rds.rc4", "rds.tls12"]),
};

export interface DatabaseParametersProps {
  /** Such as aurora-postgresql. */
  readonly engine: string;
  /** Release that the group belongs to, such as 16. */
  readonly majorVersion: string;
  readonly logicalReplication: boolean;
  /** Parameters beside the platform's own, by name. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Parameters of a group, sorted, each with the only way in which AWS applies it. */
export function databaseParameters(props: DatabaseParametersProps) {
  const { own, logicalReplication, static: waits } = engineParameters(props);
  return Object.entries({
    ...props.parameters,
    ...(props.logicalReplication ? logicalReplication : {}),
    ...own,
  })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({
      name,
      value,
      applyMethod: waits.has(name) ? "pending-reboot" : "immediate",
    }));
}

function engineParameters({ engine, majorVersion }: DatabaseParametersProps): EngineParameters {
  switch (engine) {
    case "aurora-postgresql":
    case "postgres":
      return postgresqlParameters(engine, majorVersion);
    case "aurora-mysql":
    case "mysql":
    case "mariadb":
      return mysqlParameters(engine);
    default:
      return SQL_SERVER;
  }
}

/** A major version as parts of names have it: 8.4 as 8-4. */
export const inNames = (majorVersion: string) => majorVersion.replaceAll(".", "-");
