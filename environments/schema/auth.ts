import { z } from "zod";
import { slug } from "./common";

/** A program that people sign in with, such as a mobile app; it keeps no secret and uses PKCE (RFC 7636). */
const authClient = z.strictObject({
  callbackUrls: z
    .array(z.string().regex(/^(https:\/\/|[a-z][a-z0-9.+-]*:\/\/)\S+$/, "https:// or an app's own scheme"))
    .min(1)
    .describe("Where people come back to after signing in."),
  logoutUrls: z.array(z.string()).default([]).describe("Where they go after signing out. Default: none."),
  refreshTokenDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe("Days for which they stay signed in. Default: 30."),
});

const endpoint = z.url({ protocol: /^https$/, error: "an address that begins with https://" }).max(2048);

/**
 * An identity provider that there is already, such as Entra ID or Okta. Its addresses are at
 * `<issuer>/.well-known/openid-configuration`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#oidc-requirements
 */
export const oidc = z.strictObject({
  issuer: endpoint.describe("`issuer` of the provider, letter for letter."),
  authorizationEndpoint: endpoint.describe("`authorization_endpoint` of the provider."),
  tokenEndpoint: endpoint.describe("`token_endpoint` of the provider."),
  userInfoEndpoint: endpoint.describe("`userinfo_endpoint` of the provider."),
  clientId: z.string().min(1).max(256).describe("The client that the provider knows the load balancers as."),
  clientSecret: z
    .string()
    .describe("Name of the secret of the account that holds the client's secret, in Secrets Manager."),
  scope: z
    .string()
    .regex(/^openid( \S+)*$/, "openid, then others after spaces")
    .default("openid email profile")
    .describe("What is asked of the provider. Default: openid email profile."),
});

/** People at the public door: a Cognito user pool, the account's stack `auth`; or a provider that there is already. */
export const auth = z.strictObject({
  mfa: z
    .enum(["ON", "OPTIONAL"])
    .default("OPTIONAL")
    .describe("Whether everybody needs a second factor. Default: OPTIONAL."),
  selfSignUp: z
    .boolean()
    .default(false)
    .describe("Whether people may make their own account. Default: false, administrators make them."),
  minimumPasswordLength: z.number().int().min(12).max(99).default(14).describe("Default: 14."),
  domainPrefix: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "lower-case letters, digits and dashes")
    .refine((value) => !/aws|amazon|cognito/.test(value), "without aws, amazon or cognito, which AWS keeps")
    .optional()
    .describe("First label of the sign-in page, unique in the region. Default: `<organization>-<account>`."),
  clients: z
    .record(slug(24), authClient)
    .default({})
    .describe("Programs that people sign in with. Default: none; doors with `authenticate` make their own."),
  oidc: oidc
    .optional()
    .describe(
      "A provider that people sign in to instead of a user pool. Default: none, a user pool is made.",
    ),
});

export type Auth = z.output<typeof auth>;
