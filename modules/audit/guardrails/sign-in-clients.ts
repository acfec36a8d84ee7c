import type { AuditedResource } from "../audited-stack";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import { isExpression, show, strings } from "../values";

/** Flows in which the program itself sees people's passwords. */
const WITH_PASSWORD = /^(ALLOW_)?(ADMIN_)?USER_PASSWORD_AUTH$|^ADMIN_NO_SRP_AUTH$/;

/**
 * RFC 9700: no implicit grant, no password grant, and nothing in clear.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
 */
export const signInClients: Guardrail = {
  id: "sign-in-clients",
  controls: ["Cognito.3"],
  description:
    "People sign in by code and HTTPS, with a second factor at hand, and nobody learns who they are",
  types: ["aws_cognito_user_pool", "aws_cognito_user_pool_client"],
  check: (resource) => (resource.type === "aws_cognito_user_pool" ? pool(resource) : client(resource)),
};

function pool({ attributes }: AuditedResource): Finding[] {
  const mfa = attributes["mfa_configuration"];
  return findingIf(
    mfa !== "ON" && mfa !== "OPTIONAL",
    `mfa_configuration ${show(mfa)}`,
    "ON, or OPTIONAL: who wants a second factor can have one",
  );
}

function client({ attributes }: AuditedResource): Finding[] {
  const flows = strings(attributes["allowed_oauth_flows"]);
  const passwords = strings(attributes["explicit_auth_flows"]).filter((flow) => WITH_PASSWORD.test(flow));
  const clear = ["callback_urls", "logout_urls"]
    .flatMap((argument) => strings(attributes[argument]))
    .filter((url) => !isExpression(url) && url.startsWith("http:"));
  return [
    ...findingIf(
      flows.includes("implicit"),
      "allowed_oauth_flows with implicit, which puts tokens into addresses",
      "code; without a secret by PKCE",
    ),
    ...findingIf(
      passwords.length > 0,
      `explicit_auth_flows with ${passwords.join(", ")}`,
      "flows in which no program sees a password",
    ),
    ...findingIf(
      attributes["prevent_user_existence_errors"] !== "ENABLED",
      `prevent_user_existence_errors ${show(attributes["prevent_user_existence_errors"])}`,
      "ENABLED: an answer must not tell who has an account",
    ),
    ...findingIf(
      attributes["enable_token_revocation"] === false,
      "enable_token_revocation false",
      "enable_token_revocation true",
    ),
    ...findingIf(
      clear.length > 0,
      `addresses in clear: ${clear.join(", ")}`,
      "https, or an app's own scheme",
    ),
  ];
}
