/** What clusters and instances of RDS have in common. */

/** Sunday night, UTC, clear of each other as AWS asks. */
export const BACKUP_WINDOW = "00:30-01:30";
export const MAINTENANCE_WINDOW = "sun:02:00-sun:03:00";

export const CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1";

export const MASTER_USERNAME = "platform";

/** Where a database comes from that is not made empty. */
export type RestoreSource =
  | { readonly snapshot: string }
  | {
      /** Identifier of the cluster or instance. */
      readonly source: string;
      /** An instant, RFC 3339. @default the latest that AWS can */
      readonly pointInTime?: string;
    };

/**
 * The master's password: kept and rotated by RDS where AWS can, which it cannot of what is copied by other databases.
 * There it is drawn when the database is made, and neither state nor plan nor anybody knows it; whoever needs the
 * master gives it another. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export const keptByRds = (dataKeyArn: string) =>
  ({ manageMasterUserPassword: true, masterUserSecretKmsKeyId: dataKeyArn }) as const;

/** Drawn anew by each apply, and sent with the first alone. */
export const UNKNOWN_PASSWORD = "${uuid()}";
export const UNKNOWN_PASSWORD_VERSION = 1;
