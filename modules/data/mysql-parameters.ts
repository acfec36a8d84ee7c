import type { EngineParameters } from "./database-parameters";

/** TLS or nothing, and a log of what takes longer than a second, in files that CloudWatch gets. */
const OWN: Readonly<Record<string, string>> = {
  log_output: "FILE",
  long_query_time: "1",
  require_secure_transport: "1",
  slow_query_log: "1",
};

/**
 * Aurora's own log of who connects, and what changes schema and rights.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html
 */
const AUDIT: Readonly<Record<string, string>> = {
  server_audit_events: "CONNECT,QUERY_DCL,QUERY_DDL",
  server_audit_logging: "1",
};

/** https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html */
const BINARY_LOG: Readonly<Record<string, string>> = {
  binlog_format: "ROW",
  binlog_row_image: "full",
};

/**
 * Parameters that MySQL reads when it starts; AWS refuses to apply them at once. The platform's own are with them: they
 * are there before the first start, and some are the default of newer releases, which AWS knows by no other method.
 */
const STATIC = new Set([
  ...Object.keys({ ...OWN, ...AUDIT, ...BINARY_LOG }),
  "back_log",
  "default_authentication_plugin",
  "ft_max_word_len",
  "ft_min_word_len",
  "gtid-mode",
  "enforce_gtid_consistency",
  "innodb_autoinc_lock_mode",
  "innodb_buffer_pool_chunk_size",
  "innodb_buffer_pool_instances",
  "innodb_dedicated_server",
  "innodb_flush_method",
  "innodb_ft_max_token_size",
  "innodb_ft_min_token_size",
  "innodb_log_file_size",
  "innodb_log_files_in_group",
  "innodb_open_files",
  "innodb_page_cleaners",
  "innodb_purge_threads",
  "innodb_read_io_threads",
  "innodb_rollback_on_timeout",
  "innodb_sort_buffer_size",
  "innodb_write_io_threads",
  "log_bin_use_v1_row_events",
  "lower_case_table_names",
  "max_digest_length",
  "ngram_token_size",
  "open_files_limit",
  "performance_schema",
  "relay_log_recovery",
  "replica_skip_errors",
  "skip_name_resolve",
  "table_open_cache_instances",
  "thread_stack",
  "tls_version",
]);

export const mysqlParameters = (engine: "aurora-mysql" | "mysql" | "mariadb"): EngineParameters => ({
  own: engine === "aurora-mysql" ? { ...OWN, ...AUDIT } : OWN,
  logicalReplication: BINARY_LOG,
  static: STATIC,
});
