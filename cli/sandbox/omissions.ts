import { z } from "zod";

/** Types that moto 5.2 cannot play for the real provider, and why. */
export const NOT_PLAYED: Readonly<Record<string, string>> = {
  aws_apigatewayv2_domain_name: "moto tells no status of a domain name, and the provider waits for one",
  aws_appautoscaling_policy: "moto has no ListTagsForResource for scaling",
  aws_appautoscaling_scheduled_action: "moto has no ListTagsForResource for scaling",
  aws_appautoscaling_target: "moto has no ListTagsForResource for scaling",
  aws_chatbot_slack_channel_configuration: "moto does not know Amazon Q Developer in chat applications",
  aws_cloudfront_response_headers_policy: "moto has no response headers policies",
  aws_cloudtrail: "moto has no event selectors that the provider reads back",
  aws_codedeploy_app: "moto deletes no application of CodeDeploy",
  aws_codedeploy_deployment_config: "moto has no deployment configurations",
  aws_codedeploy_deployment_group: "moto deletes no deployment group",
  aws_codebuild_project: "moto takes no project whose source comes from a pipeline",
  aws_codeconnections_connection: "moto does not know CodeConnections",
  aws_cognito_log_delivery_configuration: "moto has no log delivery for user pools",
  aws_dlm_lifecycle_policy: "moto does not know Data Lifecycle Manager",
  aws_docdb_cluster: "moto knows no engine docdb",
  aws_dynamodb_contributor_insights: "moto has no contributor insights",
  aws_dms_certificate: "moto knows no certificates of DMS",
  aws_dms_replication_config: "moto knows no DMS Serverless",
  aws_ecr_repository_creation_template: "moto has no templates of repositories",
  aws_ecs_account_setting_default: "moto has no account settings by default",
  aws_efs_backup_policy: "moto has no PutBackupPolicy",
  aws_efs_file_system_policy: "moto cannot delete a file system's policy",
  aws_elasticache_parameter_group: "moto has no parameter groups of caches",
  aws_elasticache_replication_group: "moto does not find the group's members",
  aws_elasticache_subnet_group: "moto deletes no subnet group of caches",
  aws_elasticache_user: "moto changes no user of caches",
  aws_elasticache_user_group: "moto has no groups of users",
  aws_memorydb_acl: "moto has no access control lists of MemoryDB",
  aws_memorydb_cluster: "moto has no access control list that a cluster could name",
  aws_memorydb_parameter_group: "moto has no parameter groups of MemoryDB",
  aws_memorydb_user: "moto has no users of MemoryDB",
  aws_opensearch_domain: "a domain never becomes ready in moto",
  aws_sqs_queue_redrive_allow_policy:
    "moto forgets whose dead letters a queue takes, and the provider waits for it",
  aws_organizations_account: "an emulator has no organization that could be taken over",
  aws_organizations_organization: "an emulator has no organization that could be taken over",
  aws_organizations_organizational_unit: "an emulator has no organization that could be taken over",
  aws_organizations_policy: "an emulator has no organization that could be taken over",
  aws_ssm_association: "moto has no associations of Systems Manager",
  aws_ssm_patch_baseline: "moto does not read patch baselines back",
  cloudflare_load_balancer: "Cloudflare is not AWS, and no emulator plays it",
  cloudflare_load_balancer_monitor: "Cloudflare is not AWS, and no emulator plays it",
  cloudflare_load_balancer_pool: "Cloudflare is not AWS, and no emulator plays it",
  aws_securityhub_account: "moto has no standards that the provider waits for",
  aws_vpn_connection_route: "moto has no CreateVpnConnectionRoute",
  aws_vpn_gateway_route_propagation: "moto has no EnableVgwRoutePropagation",
};

/** What is told of a resource that is not played, so that what rests on it can be. */
const TOLD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_elasticache_replication_group: {
    arn: "arn:aws:elasticache:eu-central-1:000000000000:replicationgroup:cache",
    configuration_endpoint_address: "cache.configuration.sandbox.example",
    primary_endpoint_address: "cache.primary.sandbox.example",
    reader_endpoint_address: "cache.reader.sandbox.example",
  },
  aws_codeconnections_connection: {
    arn: "arn:aws:codeconnections:eu-central-1:000000000000:connection/00000000-0000-0000-0000-000000000000",
  },
};

/** Attributes that moto 5.2 takes and forgets, so that every plan would want to set them again. */
export const FORGOTTEN: Readonly<Record<string, readonly string[]>> = {
  aws_autoscaling_group: ["availability_zone_distribution"],
  aws_ecs_service: [
    "capacity_provider_strategy",
    "deployment_configuration",
    "enable_ecs_managed_tags",
    "enable_execute_command",
    "health_check_grace_period_seconds",
    "service_connect_configuration",
  ],
  aws_instance: ["disable_api_termination"],
  aws_lambda_function: ["dead_letter_config", "kms_key_arn", "logging_config"],
  aws_s3_bucket: ["tags", "tags_all"],
  aws_s3_bucket_server_side_encryption_configuration: ["rule"],
};

/** A resource that the emulator does not get. */
export interface Omission {
  readonly address: string;
  readonly type: string;
  readonly reason: string;
}

const attributes = z.record(z.string(), z.unknown());
const byName = z.record(z.string(), attributes);
const stackSchema = z.looseObject({
  resource: z.record(z.string(), byName).default({}),
  data: z.record(z.string(), byName).optional(),
  output: byName.optional(),
  locals: attributes.optional(),
  import: z.array(z.looseObject({ to: z.string() })).optional(),
});

type Stack = z.output<typeof stackSchema>;

/**
 * Takes out of a stack's JSON what the emulator cannot play, and whatever rests on that; everything taken out is
 * in the list, with its reason.
 */
export function omit(json: string): { json: string; omissions: Omission[]; total: number } {
  const stack = stackSchema.parse(JSON.parse(withTold(json)));
  const total = Object.values(stack.resource).reduce(
    (sum, resources) => sum + Object.keys(resources).length,
    0,
  );
  const omissions: Omission[] = [];
  const drop = (type: string, name: string, reason: string) => {
    omissions.push({ address: `${type}.${name}`, type, reason });
    const { [name]: _dropped, ...others } = stack.resource[type] ?? {};
    if (Object.keys(others).length > 0) stack.resource[type] = others;
    else
      stack.resource = Object.fromEntries(Object.entries(stack.resource).filter(([kind]) => kind !== type));
  };
  for (const [type, resources] of Object.entries(stack.resource)) {
    const reason = NOT_PLAYED[type];
    if (reason !== undefined) Object.keys(resources).forEach((name) => drop(type, name, reason));
  }
  const followers = () => {
    dropData(stack, omissions);
    return dependents(stack, omissions);
  };
  for (let found = followers(); found.length > 0; found = followers()) {
    for (const { type, name, on } of found) drop(type, name, `rests on ${on}`);
  }
  for (const [type, forgotten] of Object.entries(FORGOTTEN)) {
    for (const resource of Object.values(stack.resource[type] ?? {})) ignoreChanges(resource, forgotten);
  }
  const gone = new Set(omissions.map(({ address }) => address));
  for (const resources of Object.values(stack.resource)) {
    for (const resource of Object.values(resources)) forgetOrder(resource, gone);
  }
  if (stack.import !== undefined) stack.import = stack.import.filter(({ to }) => !gone.has(to));
  for (const [name, output] of Object.entries(stack.output ?? {})) {
    const on = mentioned(output, omissions);
    if (on === undefined) continue;
    omissions.push({ address: `output.${name}`, type: "output", reason: `rests on ${on}` });
    stack.output = Object.fromEntries(Object.entries(stack.output ?? {}).filter(([other]) => other !== name));
  }
  return { json: JSON.stringify(stack, null, 2), omissions, total };
}

/** The JSON with what is told in place of references to it. */
function withTold(json: string): string {
  return Object.entries(TOLD).reduce(
    (text, [type, told]) =>
      Object.entries(told).reduce(
        (changed, [attribute, value]) =>
          // Within an expression a string has quotes, which in JSON are escaped.
          changed.replaceAll(
            new RegExp(`\\b${type}\\.\\w+\\.${attribute}\\b`, "g"),
            JSON.stringify(`"${value}"`).slice(1, -1),
          ),
        text,
      ),
    json,
  );
}

/** Takes out data sources, such as policies, that speak of what is gone; whatever uses these goes after them. */
function dropData(stack: Stack, omissions: Omission[]): void {
  for (const [type, sources] of Object.entries(stack.data ?? {})) {
    for (const [name, { depends_on: _order, ...used }] of Object.entries(sources)) {
      const on = mentioned(used, omissions);
      if (on === undefined) continue;
      omissions.push({ address: `data.${type}.${name}`, type: "data", reason: `rests on ${on}` });
      const { [name]: _dropped, ...others } = stack.data?.[type] ?? {};
      stack.data = { ...stack.data, [type]: others };
    }
  }
}

/** Resources that use an attribute of one that is gone; order alone (`depends_on`) is not use. */
function dependents(stack: Stack, omissions: readonly Omission[]) {
  return Object.entries(stack.resource).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([name, { depends_on: _order, ...used }]) => {
      const on = mentioned(used, omissions);
      return on === undefined ? [] : [{ type, name, on }];
    }),
  );
}

function mentioned(value: unknown, omissions: readonly Omission[]): string | undefined {
  const text = JSON.stringify(value);
  return omissions.find(({ address }) =>
    new RegExp(`\\b${address.replaceAll(".", "\\.")}\\b(?!-)`).test(text),
  )?.address;
}

const lifecycleSchema = z.looseObject({ ignore_changes: z.array(z.string()).default([]) });

function ignoreChanges(resource: Record<string, unknown>, forgotten: readonly string[]): void {
  const lifecycle = lifecycleSchema.parse(resource["lifecycle"] ?? {});
  resource["lifecycle"] = {
    ...lifecycle,
    ignore_changes: [...new Set([...lifecycle.ignore_changes, ...forgotten])],
  };
}

function forgetOrder(resource: Record<string, unknown>, gone: ReadonlySet<string>): void {
  const order = z.array(z.string()).optional().parse(resource["depends_on"]);
  if (order !== undefined) resource["depends_on"] = order.filter((address) => !gone.has(address));
}
