import { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import type { TerraformStack } from "cdktf";
import { searchHardening } from "../../../../modules/audit/guardrails/search-hardening";
import type { Example, Fault } from "../audited";

const guardrail = searchHardening;
const domain =
  (change: object = {}) =>
  (stack: TerraformStack) =>
    new OpensearchDomain(stack, "domain", {
      domainName: "products",
      vpcOptions: { subnetIds: ["subnet-1"] },
      encryptAtRest: { enabled: true, kmsKeyId: "arn:aws:kms:eu-central-1:200000000003:key/data" },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
      advancedSecurityOptions: { enabled: true, internalUserDatabaseEnabled: false },
      logPublishingOptions: [{ logType: "AUDIT_LOGS", cloudwatchLogGroupArn: "arn:aws:logs:x" }],
      ...change,
    });
const fault = (shows: string, change: object, given: string): Fault => ({
  guardrail,
  shows,
  build: domain(change),
  address: "aws_opensearch_domain.domain",
  given,
});

export const SEARCH_FAULTS: readonly Fault[] = [
  fault("a public domain", { vpcOptions: undefined }, "no vpc_options"),
  fault("AWS's key", { encryptAtRest: { enabled: true } }, "kms_key_id nothing"),
  fault(
    "clear text between its nodes",
    { nodeToNodeEncryption: { enabled: false } },
    "node_to_node_encryption enabled false",
  ),
  fault(
    "an old TLS",
    { domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-0-2019-07" } },
    "Policy-Min-TLS-1-0-2019-07",
  ),
  fault(
    "passwords within",
    { advancedSecurityOptions: { enabled: true, internalUserDatabaseEnabled: true } },
    "internal_user_database_enabled true",
  ),
  fault("a domain without audit", { logPublishingOptions: undefined }, "no AUDIT_LOGS"),
];

export const SEARCH_SOUND: readonly Example[] = [
  { guardrail, shows: "a domain that is sound", build: domain() },
];
