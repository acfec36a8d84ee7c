/**
 * The ledger of addresses: what must not be renamed or lost by accident, a line each, checked in. A renamed
 * stateful resource is destroyed and made anew, whatever `prevent_destroy` says of its old address.
 */

/** Types that hold data, or whose loss cannot be undone. */
const STATEFUL: ReadonlySet<string> = new Set([
  "aws_cloudwatch_log_group",
  "aws_cognito_user_pool",
  "aws_db_instance",
  "aws_docdb_cluster",
  "aws_docdb_cluster_instance",
  "aws_dynamodb_table",
  "aws_ebs_volume",
  "aws_ecr_repository",
  "aws_efs_file_system",
  "aws_kinesis_stream",
  "aws_elasticache_replication_group",
  "aws_kms_key",
  "aws_memorydb_cluster",
  "aws_mq_broker",
  "aws_opensearch_domain",
  "aws_organizations_account",
  "aws_organizations_organization",
  "aws_organizations_organizational_unit",
  "aws_rds_cluster",
  "aws_rds_cluster_instance",
  "aws_rds_global_cluster",
  "aws_route53_zone",
  "aws_s3_bucket",
  "aws_s3_bucket_object_lock_configuration",
  "aws_secretsmanager_secret",
  "aws_sqs_queue",
]);

/** Types with a name or an address that others hold on to: made anew, they collide with themselves. */
const FIXED: ReadonlySet<string> = new Set([
  "aws_acm_certificate",
  "aws_apigatewayv2_api",
  "aws_apigatewayv2_domain_name",
  "aws_apigatewayv2_vpc_link",
  "aws_autoscaling_group",
  "aws_cloudwatch_log_resource_policy",
  "aws_codebuild_project",
  "aws_codeconnections_connection",
  "aws_codepipeline",
  "aws_codedeploy_app",
  "aws_codedeploy_deployment_group",
  "aws_cognito_user_pool_client",
  "aws_cognito_user_pool_domain",
  "aws_customer_gateway",
  "aws_dms_replication_config",
  "aws_dms_replication_instance",
  "aws_dms_replication_task",
  "aws_ecs_capacity_provider",
  "aws_cloudfront_distribution",
  "aws_ecs_cluster",
  "aws_ecs_service",
  "aws_eip",
  "aws_elasticache_user",
  "aws_elasticache_user_group",
  "aws_iam_group",
  "aws_instance",
  "aws_iam_openid_connect_provider",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_kinesis_firehose_delivery_stream",
  "aws_iam_service_linked_role",
  "aws_kms_alias",
  "aws_lambda_function",
  "aws_lb",
  "aws_lb_listener",
  "aws_lb_target_group",
  "aws_memorydb_acl",
  "aws_memorydb_user",
  "aws_nat_gateway",
  "aws_organizations_policy",
  "aws_service_discovery_private_dns_namespace",
  "aws_service_discovery_service",
  "aws_sns_topic",
  "aws_ssm_parameter",
  "aws_subnet",
  "aws_vpc",
  "aws_vpn_connection",
  "aws_vpn_gateway",
]);

/** Whether destroying a resource of the type loses data. */
export const isStateful = (type: string) => STATEFUL.has(type);

/** Whether the ledger records resources of the type. */
export const isRecorded = (type: string) => STATEFUL.has(type) || FIXED.has(type);

/** A recorded resource. */
export interface LedgerEntry {
  readonly stack: string;
  readonly address: string;
}

/** A removal that somebody meant and gave a reason for. */
export interface Removal extends LedgerEntry {
  readonly reason: string;
}

export const formatEntry = ({ stack, address }: LedgerEntry) => `${stack} ${address}`;

/** Reads ledger lines, `<stack> <address>`; blank lines and # comments aside. */
export function parseLedger(text: string): LedgerEntry[] {
  return contentLines(text).flatMap((line) => {
    const [stack, address] = line.split(" ");
    return stack === undefined || address === undefined ? [] : [{ stack, address }];
  });
}

/** Reads removal lines, `<stack> <address> <reason>`. */
export function parseRemovals(text: string): Removal[] {
  return contentLines(text).flatMap((line) => {
    const [stack, address, ...reason] = line.split(" ");
    return stack === undefined || address === undefined ? [] : [{ stack, address, reason: reason.join(" ") }];
  });
}

function contentLines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

export interface LedgerComparison {
  /** Recorded before, gone now, neither moved nor removed on purpose. */
  readonly lost: readonly LedgerEntry[];
  /** There now, and not recorded yet. */
  readonly unrecorded: readonly LedgerEntry[];
}

/** Compares what is recorded with what the stacks hold now. */
export function compareLedger(
  recorded: readonly LedgerEntry[],
  current: readonly LedgerEntry[],
  moved: readonly LedgerEntry[],
  removals: readonly LedgerEntry[],
): LedgerComparison {
  const keys = (entries: readonly LedgerEntry[]) => new Set(entries.map(formatEntry));
  const now = keys(current);
  const explained = keys([...moved, ...removals]);
  const before = keys(recorded);
  return {
    lost: recorded.filter((entry) => !now.has(formatEntry(entry)) && !explained.has(formatEntry(entry))),
    unrecorded: current.filter((entry) => !before.has(formatEntry(entry))),
  };
}
