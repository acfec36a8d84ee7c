import { findingIf, type Guardrail } from "../guardrail";
import { block, blocks, show } from "../values";

/** TLS policies of OpenSearch that take nothing older than TLS 1.2. */
const TLS = [
  "Policy-Min-TLS-1-2-2019-07",
  "Policy-Min-TLS-1-2-PFS-2023-10",
  "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08",
];

/** Search domains are private, encrypted everywhere, and know who asks. */
export const searchHardening: Guardrail = {
  id: "search-hardening",
  controls: [
    "Opensearch.1",
    "Opensearch.2",
    "Opensearch.3",
    "Opensearch.5",
    "Opensearch.7",
    "Opensearch.8",
    "CKV_AWS_5",
    "CKV_AWS_6",
    "CKV_AWS_83",
    "CKV_AWS_137",
    "CKV_AWS_228",
    "CKV_AWS_247",
    "CKV_AWS_317",
  ],
  description: "Search domains are in a network, encrypted everywhere, audited, and sign in by IAM",
  types: ["aws_opensearch_domain"],
  check: ({ attributes }) => {
    const atRest = block(attributes["encrypt_at_rest"]);
    const endpoint = block(attributes["domain_endpoint_options"]);
    const security = block(attributes["advanced_security_options"]);
    const nodes = block(attributes["node_to_node_encryption"]);
    const audited = blocks(attributes["log_publishing_options"]).some(
      (log) => log["log_type"] === "AUDIT_LOGS",
    );
    return [
      ...findingIf(attributes["vpc_options"] === undefined, "no vpc_options", "vpc_options: it is private"),
      ...findingIf(
        atRest["enabled"] !== true || atRest["kms_key_id"] === undefined,
        `encrypt_at_rest enabled ${show(atRest["enabled"])}, kms_key_id ${show(atRest["kms_key_id"])}`,
        "encrypt_at_rest enabled, under a customer key",
      ),
      ...findingIf(
        nodes["enabled"] !== true,
        `node_to_node_encryption enabled ${show(nodes["enabled"])}`,
        "node_to_node_encryption enabled true",
      ),
      ...findingIf(
        endpoint["enforce_https"] !== true || !TLS.includes(String(endpoint["tls_security_policy"])),
        `enforce_https ${show(endpoint["enforce_https"])}, tls_security_policy ${show(endpoint["tls_security_policy"])}`,
        "enforce_https true, with a policy of TLS 1.2",
      ),
      ...findingIf(
        security["enabled"] !== true || security["internal_user_database_enabled"] === true,
        `advanced_security_options enabled ${show(security["enabled"])}, internal_user_database_enabled ${show(security["internal_user_database_enabled"])}`,
        "fine-grained access control with a role as master, and no passwords",
      ),
      ...findingIf(!audited, "no AUDIT_LOGS", "log_publishing_options of AUDIT_LOGS"),
    ];
  },
};
