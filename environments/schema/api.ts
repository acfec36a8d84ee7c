import { z } from "zod";
import type { Account } from "./account";
import { slug } from "./common";
import { seconds } from "./service/seconds";

/** HTTP methods that a route may be of. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * Whose tokens an API takes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export const authorizer = z.strictObject({
  issuer: z
    .url({ protocol: /^https$/, error: "an address that begins with https://" })
    .max(2048)
    .optional()
    .describe("`iss` of its tokens, letter for letter. Default: the account's user pool."),
  audience: z
    .array(z.string().min(1).max(128))
    .max(50)
    .default([])
    .describe("`aud` or `client_id` of tokens. Default: every client of `auth.clients`, with the user pool."),
});

/**
 * Pages of which origins may call it from a browser. Preflights are answered by API Gateway itself.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export const cors = z.strictObject({
  allowOrigins: z
    .array(
      z
        .string()
        .regex(
          /^(https:\/\/[a-z0-9.-]+(:\d+)?|http:\/\/localhost(:\d+)?)$/,
          "an origin such as https://app.example.com, without a path",
        ),
    )
    .min(1)
    .max(20)
    .describe("Origins; never all of them."),
  allowHeaders: z
    .array(z.string().regex(/^[a-z0-9-]+$/, "a header's name in lower case"))
    .default(["authorization", "content-type"])
    .describe("Headers that pages may send. Default: authorization and content-type."),
  exposeHeaders: z
    .array(z.string().regex(/^[a-z0-9-]+$/, "a header's name in lower case"))
    .default([])
    .describe("Headers of answers that pages may read. Default: none beside those that all may."),
  allowCredentials: z.boolean().default(false).describe("Whether cookies come along. Default: false."),
  maxAge: seconds(0, 86_400)
    .default(3600)
    .describe("Seconds for which a browser remembers the answer. Default: 3600."),
});

/** Requests a second that each route of the API answers, whoever asks; the others get 429. */
export const throttling = z.strictObject({
  rateLimit: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe("Requests a second, on the average. Default: 100."),
  burstLimit: z
    .number()
    .int()
    .min(1)
    .max(5_000)
    .default(200)
    .describe("Requests at once, on top. Default: 200."),
});

const alarms = z.strictObject({
  http5xxPercent: z
    .number()
    .min(0.1)
    .max(100)
    .default(1)
    .describe("Per cent of answers that may be 5xx. Default: 1."),
  latencyP95Seconds: z
    .number()
    .min(0.05)
    .max(30)
    .default(2)
    .describe("Seconds that 95 % of answers take at the most, all told. Default: 2."),
  integrationLatencyP95Seconds: z
    .number()
    .min(0.05)
    .max(30)
    .default(1.5)
    .describe("Seconds of these that what is behind the API may take. Default: 1.5."),
});

/**
 * An HTTP API of API Gateway: a public door before private load balancers and streams. What it answers is said by
 * services, in `apis` of each.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
 */
export const api = z.strictObject({
  host: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "one DNS label, such as api")
    .describe("Host name without its zone: `api` becomes api.<public zone>."),
  authorizers: z
    .record(
      slug(24).regex(/^(?!(none|iam)$)/, "a name that is neither none nor iam, which routes may say"),
      authorizer,
    )
    .optional()
    .describe(
      "Whose tokens routes may ask for, by name. Default: `people`, where the account has a user pool.",
    ),
  throttling: throttling
    .prefault({})
    .describe("What each route answers; a route that needs other limits belongs to another API."),
  cors: cors.optional().describe("Pages that may call it. Default: none, nobody's."),
  alarms: alarms.prefault({}).describe("When somebody is told."),
});

export type Api = z.output<typeof api>;
export type Authorizer = z.output<typeof authorizer>;

/** Whether people of the account sign in to a user pool of its own. */
const hasUserPool = ({ auth }: Pick<Account, "auth">) => auth !== undefined && auth.oidc === undefined;

/** The authorizers of an API by name, sorted. */
export function authorizersOf(account: Pick<Account, "auth">, { authorizers }: Api): [string, Authorizer][] {
  const standard = hasUserPool(account) ? { people: { audience: [] } } : {};
  return Object.entries(authorizers ?? standard).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether an API of the account takes tokens for any client of its user pool. */
export function takesUserPoolClients(account: Pick<Account, "auth" | "apis">): boolean {
  return (
    hasUserPool(account) &&
    Object.values(account.apis).some((each) =>
      authorizersOf(account, each).some(
        ([, { issuer, audience }]) => issuer === undefined && audience.length === 0,
      ),
    )
  );
}
