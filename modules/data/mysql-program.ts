import { MYSQL_LIFE_CYCLE } from "./mysql-life-cycle";

export interface MysqlProgramProps {
  readonly clusterName: string;
  readonly region: string;
  /** Namespace of its metrics. */
  readonly namespace: string;
  /** Names by which clients, and members among themselves, find the primary and each member. */
  readonly primaryHost: string;
  readonly memberHosts: readonly string[];
  readonly databaseName: string;
  /** Variables of mysqld, in the order of their names. */
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly packages: { readonly bucketName: string; readonly key: string; readonly sha256: string };
  readonly backupBucketName: string;
  /** Name of the secret with the password of the user `replication`. */
  readonly replicationSecret: string;
  readonly logGroupName: string;
}

/** Where a member keeps its volume; nothing of MySQL's own is on the root volume. */
export const MYSQL_VOLUME = "/srv/mysql";

/**
 * The program that keeps a member as it should be, run again and again: it mounts, installs, configures, and lets that
 * member write whose address DNS gives for the primary. No value of a secret is in it. Shell's braces are left out,
 * which Terraform and Systems Manager would read as their own.
 */
export function mysqlProgram(props: MysqlProgramProps): string {
  const { packages, variables } = props;
  return [
    "#!/bin/bash",
    "set -euo pipefail",
    ". /etc/slipway-mysql.env",
    `CLUSTER=${props.clusterName}`,
    `NAMESPACE=${props.namespace}`,
    `PRIMARY_HOST=${props.primaryHost}`,
    `MEMBER_HOSTS="${props.memberHosts.join(" ")}"`,
    `DATABASE=${props.databaseName}`,
    `PACKAGE=s3://${packages.bucketName}/${packages.key}`,
    `PACKAGE_SHA256=${packages.sha256}`,
    `BACKUPS=${props.backupBucketName}`,
    `REPLICATION_SECRET=${props.replicationSecret}`,
    `LOG_GROUP=${props.logGroupName}`,
    `VOLUME_PATH=${MYSQL_VOLUME}`,
    `export AWS_DEFAULT_REGION=${props.region} AWS_PAGER="" HOME=/root`,
    "variables() {",
    "  cat <<'END'",
    ...variables.map(([name, value]) => `${name}=${value}`),
    "END",
    "}",
    MYSQL_LIFE_CYCLE,
  ].join("\n");
}
