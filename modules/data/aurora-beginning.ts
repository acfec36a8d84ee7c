import type { RdsCluster, RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsGlobalCluster } from "@cdktf/provider-aws/lib/rds-global-cluster";
import type { Construct } from "constructs";
import {
  MASTER_USERNAME,
  UNKNOWN_PASSWORD,
  UNKNOWN_PASSWORD_VERSION,
  keptByRds,
  type RestoreSource,
} from "./database-settings";

/** The part of a cluster in an Aurora global database. */
export type GlobalMembership =
  | { readonly role: "primary"; readonly globalClusterIdentifier: string }
  | {
      readonly role: "secondary";
      readonly globalClusterIdentifier: string;
      /** Region of the primary. */
      readonly sourceRegion: string;
    };

interface BeginningProps {
  readonly databaseName: string;
  readonly dataKeyArn: string;
  readonly restoreFrom?: RestoreSource;
  readonly global?: GlobalMembership;
}

interface Beginning {
  readonly config: Pick<
    RdsClusterConfig,
    | "databaseName"
    | "globalClusterIdentifier"
    | "manageMasterUserPassword"
    | "masterPasswordWo"
    | "masterPasswordWoVersion"
    | "masterUserSecretKmsKeyId"
    | "masterUsername"
    | "restoreToPointInTime"
    | "snapshotIdentifier"
    | "sourceRegion"
  >;
  /** What others write, or what counts at the beginning only. */
  readonly ignored: readonly string[];
}

/** How a cluster begins: empty, as a copy of the past, or as a copy of another region's. */
export function beginning({ databaseName, dataKeyArn, restoreFrom, global }: BeginningProps): Beginning {
  if (global?.role === "secondary")
    return {
      config: {
        globalClusterIdentifier: global.globalClusterIdentifier,
        sourceRegion: global.sourceRegion,
      },
      // AWS says whom it copies, and changes it when another region takes over.
      ignored: ["global_cluster_identifier", "replication_source_identifier"],
    };
  const password =
    global === undefined
      ? keptByRds(dataKeyArn)
      : { masterPasswordWo: UNKNOWN_PASSWORD, masterPasswordWoVersion: UNKNOWN_PASSWORD_VERSION };
  // The global cluster is made of the cluster, which then says so.
  const joined = global === undefined ? [] : ["global_cluster_identifier"];
  if (restoreFrom === undefined)
    return { config: { databaseName, masterUsername: MASTER_USERNAME, ...password }, ignored: joined };
  if ("snapshot" in restoreFrom)
    return {
      config: { snapshotIdentifier: restoreFrom.snapshot, ...password },
      ignored: ["snapshot_identifier", ...joined],
    };
  const { source, pointInTime } = restoreFrom;
  return {
    config: {
      restoreToPointInTime: {
        sourceClusterIdentifier: source,
        restoreType: "full-copy",
        ...(pointInTime === undefined ? { useLatestRestorableTime: true } : { restoreToTime: pointInTime }),
      },
      ...password,
    },
    ignored: ["restore_to_point_in_time", ...joined],
  };
}

/**
 * The global database, made of its first cluster, whether that is new or has lived alone until now.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-getting-started.html
 */
export function globalCluster(
  scope: Construct,
  { globalClusterIdentifier }: GlobalMembership,
  primary: RdsCluster,
  protection: boolean,
): RdsGlobalCluster {
  return new RdsGlobalCluster(scope, "global", {
    globalClusterIdentifier,
    sourceDbClusterIdentifier: primary.arn,
    // The clusters leave it and live on; AWS asks for it of one that was made of a cluster.
    forceDestroy: true,
    deletionProtection: protection,
    lifecycle: { preventDestroy: protection },
  });
}
