import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version";
import * as names from "../../environments/schema/names";
import type { Authentication } from "../../modules/edge/service-doors";
import { SignInClient } from "../../modules/identity/sign-in-client";
import { read } from "../contract";
import { secretContract, userPoolContract } from "../contracts";
import type { ServiceContext } from "./feature";

/**
 * The client with which a service's doors sign people in, one for all of its hosts; or that of the account's identity
 * provider. The load balancer keeps its secret, and so does this stack's state.
 */
export function signIn(
  { stack, definition }: ServiceContext,
  hostNames: readonly string[],
): Authentication | undefined {
  if (hostNames.length === 0) return undefined;
  const provider = stack.account.auth?.oidc;
  if (provider !== undefined) {
    const secret = new DataAwsSecretsmanagerSecretVersion(stack, "sign_in_secret", {
      secretId: read(stack, secretContract(provider.clientSecret)).arn,
    });
    return { ...provider, clientSecret: secret.secretString };
  }
  const { userPoolId, userPoolArn, domain } = read(stack, userPoolContract);
  const { client } = new SignInClient(stack, "sign_in", {
    clientName: names.signInClient(stack.account, definition),
    userPoolId,
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
    callbackUrls: [...new Set(hostNames)].sort().map((host) => `https://${host}/oauth2/idpresponse`),
    refreshTokenDays: 1,
    secret: true,
  });
  return { userPoolArn, userPoolClientId: client.id, userPoolDomain: domain };
}
