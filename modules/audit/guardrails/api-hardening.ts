import type { AuditedResource } from "../audited-stack";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import { block, isExpression, show, strings } from "../values";

type Check = (resource: AuditedResource) => readonly Finding[];

/** Largest limits that an account has by default; with more, one route takes what all APIs have. */
const ACCOUNT_RATE = 10_000;

const CHECKS: Readonly<Record<string, Check>> = {
  aws_apigatewayv2_api: ({ attributes }) => {
    const origins = strings(block(attributes["cors_configuration"])["allow_origins"]);
    const headers = strings(block(attributes["cors_configuration"])["allow_headers"]);
    return [
      ...findingIf(
        attributes["disable_execute_api_endpoint"] !== true,
        `disable_execute_api_endpoint ${show(attributes["disable_execute_api_endpoint"])}`,
        "true: the host of its own is the only way in",
      ),
      ...findingIf(
        [...origins, ...headers].includes("*"),
        "a cors_configuration that lets pages of every origin, or every header, in",
        "the origins and the headers that are meant",
      ),
    ];
  },
  aws_apigatewayv2_stage: ({ attributes }) => {
    const { destination_arn: destination, format } = block(attributes["access_log_settings"]);
    const { throttling_rate_limit: rate, throttling_burst_limit: burst } = block(
      attributes["default_route_settings"],
    );
    return [
      ...findingIf(
        destination === undefined || format === undefined,
        `access_log_settings ${show(attributes["access_log_settings"])}`,
        "a log group, and what is logged of each request",
      ),
      ...findingIf(
        !(Number(rate) > 0 && Number(rate) <= ACCOUNT_RATE && Number(burst) > 0),
        `throttling of ${show(rate)} requests a second and ${show(burst)} at once`,
        `throttling_rate_limit up to ${ACCOUNT_RATE}, and throttling_burst_limit, of default_route_settings`,
      ),
    ];
  },
  aws_apigatewayv2_domain_name: ({ attributes }) => {
    const policy = block(attributes["domain_name_configuration"])["security_policy"];
    return findingIf(!String(policy).startsWith("TLS_1_2"), `security_policy ${show(policy)}`, "TLS_1_2");
  },
  aws_apigatewayv2_integration: ({ attributes }) => {
    const { connection_type: connection, tls_config: tls, integration_uri: uri } = attributes;
    return [
      ...findingIf(
        connection === "VPC_LINK" && block(tls)["server_name_to_verify"] === undefined,
        "an integration through a VPC link in clear",
        "tls_config with server_name_to_verify",
      ),
      ...findingIf(
        typeof uri === "string" && !isExpression(uri) && uri.startsWith("http:"),
        `integration_uri ${show(uri)}`,
        "https, or a VPC link",
      ),
    ];
  },
};

/**
 * An API is reached at its host, by TLS, is logged, holds requests back, and speaks TLS to what is behind it.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html
 */
export const apiHardening: Guardrail = {
  id: "api-hardening",
  controls: ["APIGateway.9", "CKV_AWS_95", "CKV_AWS_206"],
  description: "APIs have one address, TLS 1.2 on both sides, access logs, throttling, and no open CORS",
  types: Object.keys(CHECKS),
  check: (resource) => CHECKS[resource.type]?.(resource) ?? [],
};
