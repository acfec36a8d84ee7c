import type { RdsClusterParameterGroupParameter } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";

/**
 * What every cluster is told: TLS or nothing, and a log that shows who connects, what changes the schema, and what
 * takes longer than a second.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 */
export const OWN_PARAMETERS: Readonly<Record<string, string>> = {
  log_connections: "1",
  log_disconnections: "1",
  log_lock_waits: "1",
  log_min_duration_statement: "1000",
  log_statement: "ddl",
  log_temp_files: "10240",
  "rds.force_ssl": "1",
};

/** Parameters that PostgreSQL reads when it starts; AWS refuses to apply them at once. */
const STATIC = new Set([
  "apg_plan_mgmt.max_databases",
  "apg_plan_mgmt.max_plans",
  "autovacuum_freeze_max_age",
  "autovacuum_max_workers",
  "autovacuum_multixact_freeze_max_age",
  "commit_timestamp_buffers",
  "cron.database_name",
  "cron.max_running_jobs",
  "cron.use_background_workers",
  "huge_pages",
  "max_connections",
  "max_files_per_process",
  "max_locks_per_transaction",
  "max_logical_replication_workers",
  "max_notify_queue_pages",
  "max_pred_locks_per_transaction",
  "max_prepared_transactions",
  "max_replication_slots",
  "max_wal_senders",
  "max_worker_processes",
  "multixact_member_buffers",
  "multixact_offset_buffers",
  "notify_buffers",
  "old_snapshot_threshold",
  "pg_stat_statements.max",
  "rds.enable_plan_management",
  "rds.logical_replication",
  "reserved_connections",
  "serializable_buffers",
  "shared_buffers",
  "shared_preload_libraries",
  "subtransaction_buffers",
  "superuser_reserved_connections",
  "track_activity_query_size",
  "track_commit_timestamp",
  "transaction_buffers",
  "wal_buffers",
]);

/** Parameters of a group, sorted, each with the only way in which AWS applies it. */
export function clusterParameters(
  parameters: Readonly<Record<string, string>>,
): RdsClusterParameterGroupParameter[] {
  return Object.entries({ ...parameters, ...OWN_PARAMETERS })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({
      name,
      value,
      applyMethod: STATIC.has(name) ? "pending-reboot" : "immediate",
    }));
}
