import type { EngineParameters } from "./database-parameters";

/**
 * What every cluster is told: TLS or nothing, and a log that shows who connects, what changes the schema, and what
 * takes longer than a second.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 */
const OWN: Readonly<Record<string, string>> = {
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

/** From this release on TLS is the default, which AWS knows by no other method than this. */
const TLS_BY_DEFAULT = { "aurora-postgresql": 17, postgres: 15 } as const;

export function postgresqlParameters(
  engine: "aurora-postgresql" | "postgres",
  majorVersion: string,
): EngineParameters {
  const standard = Number(majorVersion) >= TLS_BY_DEFAULT[engine];
  return {
    own: OWN,
    logicalReplication: { "rds.logical_replication": "1" },
    static: standard ? new Set([...STATIC, "rds.force_ssl"]) : STATIC,
  };
}
