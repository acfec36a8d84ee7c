import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import {
  MASTER_USERNAME,
  UNKNOWN_PASSWORD,
  UNKNOWN_PASSWORD_VERSION,
  keptByRds,
  type RestoreSource,
} from "./database-settings";

interface BeginningProps {
  readonly engine: string;
  /** First database in it. @default none */
  readonly databaseName?: string;
  /** Read replicas. */
  readonly readers: number;
  readonly dataKeyArn: string;
  readonly restoreFrom?: RestoreSource;
}

interface Beginning {
  readonly config: Pick<
    DbInstanceConfig,
    | "dbName"
    | "manageMasterUserPassword"
    | "masterUserSecretKmsKeyId"
    | "passwordWo"
    | "passwordWoVersion"
    | "restoreToPointInTime"
    | "snapshotIdentifier"
    | "username"
  >;
  /** What counts at the beginning only. */
  readonly ignored: readonly string[];
}

/** How an instance begins: empty, or as a copy of the past. */
export function instanceBeginning(props: BeginningProps): Beginning {
  const { databaseName, restoreFrom } = props;
  // AWS makes replicas of SQL Server alone where RDS keeps the password.
  const copied = props.readers > 0 && !props.engine.startsWith("sqlserver-");
  const password = copied
    ? { passwordWo: UNKNOWN_PASSWORD, passwordWoVersion: UNKNOWN_PASSWORD_VERSION }
    : keptByRds(props.dataKeyArn);
  if (restoreFrom === undefined)
    return {
      config: {
        username: MASTER_USERNAME,
        ...(databaseName === undefined ? {} : { dbName: databaseName }),
        ...password,
      },
      ignored: [],
    };
  if ("snapshot" in restoreFrom)
    return {
      config: { snapshotIdentifier: restoreFrom.snapshot, ...password },
      ignored: ["snapshot_identifier"],
    };
  const { source, pointInTime } = restoreFrom;
  return {
    config: {
      restoreToPointInTime: {
        sourceDbInstanceIdentifier: source,
        ...(pointInTime === undefined ? { useLatestRestorableTime: true } : { restoreTime: pointInTime }),
      },
      ...password,
    },
    ignored: ["restore_to_point_in_time"],
  };
}
