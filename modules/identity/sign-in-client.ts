import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { Construct } from "constructs";

export interface SignInClientProps {
  readonly clientName: string;
  readonly userPoolId: string;
  /** Where people come back to after signing in. */
  readonly callbackUrls: string[];
  /** Where they go after signing out. @default nowhere */
  readonly logoutUrls?: string[];
  /** Days for which they stay signed in. */
  readonly refreshTokenDays: number;
  /**
   * Whether it keeps a secret, as a load balancer does. One without proves itself by PKCE (RFC 7636).
   * @default false
   */
  readonly secret?: boolean;
}

/**
 * A program that people of a user pool sign in with, by the pool's own page and the authorization code flow alone: it
 * never sees a password, and no token passes through an address.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html
 */
export class SignInClient extends Construct {
  readonly client: CognitoUserPoolClient;

  constructor(scope: Construct, id: string, props: SignInClientProps) {
    super(scope, id);
    this.client = new CognitoUserPoolClient(this, "client", {
      name: props.clientName,
      userPoolId: props.userPoolId,
      generateSecret: props.secret ?? false,
      supportedIdentityProviders: ["COGNITO"],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: ["email", "openid", "profile"],
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      callbackUrls: props.callbackUrls,
      ...(props.logoutUrls === undefined || props.logoutUrls.length === 0
        ? {}
        : { logoutUrls: props.logoutUrls }),
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      accessTokenValidity: 60,
      idTokenValidity: 60,
      refreshTokenValidity: props.refreshTokenDays,
      tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "days" }],
    });
  }
}
