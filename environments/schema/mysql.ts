import type { Account } from "./account";
import type { MysqlCluster } from "./data/mysql-cluster";

/** Members of a cluster beside its primary. */
export const mysqlReplicas = ({ capabilities }: Account, { replicas }: MysqlCluster): number =>
  replicas ?? (capabilities.multiAz ? 1 : 0);

/**
 * What every member is told: TLS or nothing, transactions that are safe on disk, and a log of them that replicas and
 * AWS DMS can follow.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html#CHAP_Source.MySQL.CustomerManaged
 */
export const OWN_MYSQL_VARIABLES: Readonly<Record<string, string>> = {
  binlog_expire_logs_seconds: "604800",
  binlog_format: "ROW",
  binlog_row_image: "FULL",
  enforce_gtid_consistency: "ON",
  gtid_mode: "ON",
  innodb_dedicated_server: "ON",
  innodb_flush_log_at_trx_commit: "1",
  local_infile: "OFF",
  log_bin: "binlog",
  log_replica_updates: "ON",
  long_query_time: "1",
  mysqlx: "OFF",
  require_secure_transport: "ON",
  skip_name_resolve: "ON",
  slow_query_log: "ON",
  sync_binlog: "1",
  tls_version: "TLSv1.2,TLSv1.3",
};
