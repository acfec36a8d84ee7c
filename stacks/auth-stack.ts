import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { takesUserPoolClients } from "../environments/schema/api";
import type { Auth } from "../environments/schema/auth";
import * as names from "../environments/schema/names";
import { SignInClient } from "../modules/identity/sign-in-client";
import { UserPool } from "../modules/identity/user-pool";
import { publish, read } from "./contract";
import { keysContract, userPoolClientsContract, userPoolContract } from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

/** People at the public door: a user pool, its sign-in page, and the programs they sign in with. */
export class AuthStack extends PlatformStack {
  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern"> & { readonly auth: Auth }) {
    super(scope, { ...props, concern: "auth" });
    const { account, fleet, protection } = this;
    const { auth } = props;
    const { pool, domain } = new UserPool(this, "people", {
      userPoolName: names.userPool(account),
      domainPrefix: auth.domainPrefix ?? names.signInDomain(fleet.organization, account),
      mfa: auth.mfa,
      selfSignUp: auth.selfSignUp,
      minimumPasswordLength: auth.minimumPasswordLength,
      logGroupName: `/aws/vendedlogs/slipway/${account.name}/auth`,
      logRetentionInDays: account.capabilities.auditLogRetentionDays,
      logsKeyArn: read(this, keysContract).logsKeyArn,
      protection,
    });
    publish(this, userPoolContract, { userPoolId: pool.id, userPoolArn: pool.arn, domain: domain.domain });

    const clientIds: string[] = [];
    const clients = Object.entries(auth.clients).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, { callbackUrls, logoutUrls, refreshTokenDays }] of clients) {
      const id = name.replaceAll("-", "_");
      const { client } = new SignInClient(this, `client_${id}`, {
        clientName: name,
        userPoolId: pool.id,
        callbackUrls,
        logoutUrls,
        refreshTokenDays,
      });
      clientIds.push(client.id);
      new TerraformOutput(this, `client_id_${id}`, {
        description: `What ${name} calls itself; no secret`,
        value: client.id,
      });
    }
    if (takesUserPoolClients(account)) publish(this, userPoolClientsContract, { clientIds });
  }
}

export const authStacks: StackKind = (fleet, account) => {
  const { auth } = account;
  if (auth === undefined || auth.oidc !== undefined) return [];
  return [
    {
      account,
      concern: "auth",
      build: (scope, options) => new AuthStack(scope, { fleet, account, auth, ...options }),
    },
  ];
};
