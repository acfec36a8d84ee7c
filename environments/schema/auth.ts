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

/** People at the public door: a Cognito user pool. The account's stack `auth`. */
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
});

export type Auth = z.output<typeof auth>;
