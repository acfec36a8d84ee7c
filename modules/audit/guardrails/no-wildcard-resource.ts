import type { Guardrail } from "../guardrail";
import {
  allows,
  everyResource,
  IDENTITY_POLICY_TYPES,
  identityPolicies,
  nameOf,
  narrowedTo,
  type PolicyStatement,
} from "../policies";

/**
 * Actions that take no resource, so that `*` is all one can write.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const WITHOUT_RESOURCE = [
  /^(autoscaling|elasticloadbalancing):Describe[A-Za-z]*\*?$/,
  /^ec2:Describe[A-Za-z]*\*?$/,
  /^cloudwatch:(PutMetricData|GetMetric(Data|Statistics|WidgetImage)|ListMetrics|DescribeAlarmsForMetric)$/,
  /^ecr:GetAuthorizationToken$/,
  /^ecs:(DiscoverPollEndpoint|ListAccountSettings|PutAccountSetting(Default)?|DeleteAccountSetting|CreateCluster)$/,
  /^kms:(ListAliases|ListKeys|CreateKey|GenerateRandom)$/,
  /^s3:ListAllMyBuckets$/,
  /^secretsmanager:(GetRandomPassword|ListSecrets)$/,
  /^sns:List[A-Za-z]*$/,
  /^ssmmessages:(Create|Open)(Control|Data)Channel$/,
  /^sts:GetCallerIdentity$/,
  /^tag:Get[A-Za-z]*\*?$/,
  /^xray:(Put|Get)[A-Za-z]*\*?$/,
];

/** Conditions that say which resources, or where, in the resource's stead. */
const NARROWING = /^(aws:(RequestedRegion|ResourceAccount|ResourceTag\/.+|CalledVia.*)|kms:|ecs:cluster$)/i;

/** What is granted is granted on something. */
export const noWildcardResource: Guardrail = {
  id: "no-wildcard-resource",
  controls: ["CKV_AWS_355", "CKV_AWS_356", "CKV_AWS_290"],
  description:
    "A permission names its resources; * stands only for actions that take none, or under a condition",
  types: IDENTITY_POLICY_TYPES,
  check: (resource, stack) =>
    identityPolicies(resource, stack)
      .flatMap(allows)
      .filter((statement) => everyResource(statement) && !isNarrowed(statement))
      .map((statement) => ({ statement, wide: withResource(statement) }))
      .filter(({ wide }) => wide.length > 0)
      .map(({ statement, wide }) => ({
        given: `${nameOf(statement)} allows ${wide.join(", ")} on *`,
        allowed: "ARNs; or a condition on aws:RequestedRegion, aws:ResourceTag or the service's own keys",
      })),
};

function withResource({ actions, notActions }: PolicyStatement): readonly string[] {
  if (notActions.length > 0) return [`all but ${notActions.join(", ")}`];
  return actions.filter((action) => !WITHOUT_RESOURCE.some((pattern) => pattern.test(action)));
}

function isNarrowed(statement: PolicyStatement): boolean {
  return statement.conditions.some(
    ({ variable }) => NARROWING.test(variable) && narrowedTo(statement, variable).length > 0,
  );
}
