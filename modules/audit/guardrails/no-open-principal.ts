import type { AuditedResource } from "../audited-stack";
import type { Finding, Guardrail } from "../guardrail";
import {
  allows,
  narrowedTo,
  nameOf,
  RESOURCE_POLICY_TYPES,
  resourcePolicy,
  type PolicyStatement,
} from "../policies";

const NARROWING = [
  "aws:PrincipalAccount",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:SourceVpc",
  "aws:SourceVpce",
];

/** Statements on AWS's own buckets, which no condition on the caller could let through. */
const OF_AWS = [
  {
    // ECR hands out addresses of layers that it has signed itself: the caller is AWS, in none of our accounts.
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
    action: "s3:GetObject",
    resource: /^arn:aws[a-z-]*:s3:::prod-[a-z0-9-]+-starport-layer-bucket\/\*$/,
  },
  {
    // Amazon Linux's packages are public, and fetched without credentials.
    action: "s3:GetObject",
    resource: /^arn:aws[a-z-]*:s3:::al2023-repos-[a-z0-9-]+-de612dc2\/\*$/,
  },
  {
    // Patch Manager signs the addresses of its snapshots itself, as ECR does.
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-minimum-s3-permissions.html
    action: "s3:GetObject",
    resource: /^arn:aws[a-z-]*:s3:::(aws-ssm|patch-baseline-snapshot)-[a-z]{2}(-[a-z]+)+-\d\/\*$/,
  },
];

/** `Principal: *` is the whole world, unless a condition says otherwise. */
export const noOpenPrincipal: Guardrail = {
  id: "no-open-principal",
  controls: ["S3.6", "CKV_AWS_70", "CKV_AWS_168", "CKV_AWS_283", "CKV_AWS_364"],
  description: "Everyone is allowed in only under a condition on organization, account or VPC",
  types: RESOURCE_POLICY_TYPES,
  check: (resource, stack) => [
    ...allows(resourcePolicy(resource, stack))
      .filter(({ principals }) =>
        principals.some(({ type, identifiers }) => type !== "Service" && identifiers.includes("*")),
      )
      .filter(
        (statement) =>
          !isNarrowed(statement) && !(resource.type === "aws_vpc_endpoint" && isOfAws(statement)),
      )
      .map((statement) => ({
        given: `${nameOf(statement)} allows ${[...statement.actions].join(", ") || "all but a few actions"} to everyone`,
        allowed: `a condition on one of ${NARROWING.join(", ")}`,
      })),
    ...withoutPolicy(resource),
  ],
};

const isNarrowed = (statement: PolicyStatement) =>
  NARROWING.some((variable) => narrowedTo(statement, variable).length > 0);

function isOfAws({ actions, notActions, resources, notResources }: PolicyStatement): boolean {
  return (
    notActions.length + notResources.length === 0 &&
    resources.length > 0 &&
    OF_AWS.some(
      ({ action, resource }) =>
        actions.every((given) => given === action) && resources.every((given) => resource.test(given)),
    )
  );
}

/**
 * An endpoint of AWS's without a policy has the default, which lets everyone reach every account's resources. Endpoint
 * services of others, such as MongoDB Atlas', take no policy: what they let in is their own.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
function withoutPolicy({ type, attributes }: AuditedResource): Finding[] {
  const { policy, service_name: service } = attributes;
  return type === "aws_vpc_endpoint" && policy === undefined && !/\.vpce-svc-[0-9a-f]+$/.test(String(service))
    ? [{ given: "an endpoint without a policy", allowed: "a policy for this account's principals" }]
    : [];
}
