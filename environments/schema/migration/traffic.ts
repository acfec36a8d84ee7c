import { z } from "zod";
import { domainName } from "../common";

/** A DNS name whose answers move from the former place to the new one. */
const record = z.strictObject({
  name: domainName.describe("The name that clients ask for."),
  type: z.enum(["CNAME", "A"]).default("CNAME").describe("Default: `CNAME`."),
  from: z.string().min(1).max(255).describe("Where the former place answers: a name, or an address for `A`."),
  to: z.string().min(1).max(255).describe("Where the new place answers."),
});

const steps = {
  records: z.array(record).min(1).max(20).describe("Names that move, all at once."),
  steps: z
    .array(z.number().int().min(1).max(100))
    .min(1)
    .max(10)
    .refine(
      (given) => given.at(-1) === 100 && given.every((step, index) => step > (given[index - 1] ?? 0)),
      "percents that grow, and end in 100",
    )
    .default([5, 25, 50, 100])
    .describe("Percent of the answers that name the new place, step by step. Default: 5, 25, 50, 100."),
  step: z
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe("How many of the steps are taken. Nothing moves before the cutover. Default: 0."),
  ttl: z
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .describe("Seconds for which resolvers keep an answer. Default: 60."),
};

/** How Cloudflare asks whether a place is well. */
const monitor = z.strictObject({
  path: z
    .string()
    .regex(/^\/[^\s?#]*$/, "a path such as /health")
    .default("/")
    .describe("Path that both places answer at, by HTTPS. Default: `/`."),
  expectedCodes: z
    .string()
    .regex(/^([1-5]\d\d|[1-5]xx)(,([1-5]\d\d|[1-5]xx))*$/, "codes such as 200 or 2xx, separated by commas")
    .default("2xx")
    .describe("What is well. Default: `2xx`."),
  interval: z
    .number()
    .int()
    .min(5)
    .max(3600)
    .default(60)
    .describe("Seconds between two questions; how few there may be is the Cloudflare plan's. Default: 60."),
});

/** How clients move from the former place to the new one. */
export const traffic = z.discriminatedUnion("provider", [
  z.strictObject({
    provider: z.literal("route53").describe("Weighted records in the account's public zone."),
    ...steps,
  }),
  z.strictObject({
    provider: z
      .literal("cloudflare")
      .describe("Weighted pools of a Cloudflare load balancer, in a stack of their own."),
    ...steps,
    accountId: z
      .string()
      .regex(/^[0-9a-f]{32}$/, "32 hexadecimal digits, as Cloudflare's dashboard shows them")
      .describe("Cloudflare's account."),
    zoneId: z
      .string()
      .regex(/^[0-9a-f]{32}$/, "32 hexadecimal digits, as Cloudflare's dashboard shows them")
      .describe("Cloudflare's zone."),
    proxied: z
      .boolean()
      .default(true)
      .describe(
        "Whether requests pass through Cloudflare, so that a step counts at once and each place is asked by its own name. Otherwise it answers by DNS only, and answers are kept for `ttl`. Default: true.",
      ),
    monitor: monitor
      .prefault({})
      .describe("How Cloudflare asks whether a place is well. Default: `/` once a minute."),
  }),
]);

export type Traffic = z.output<typeof traffic>;

/** Percent of the answers that name the new place now. */
export const percentOf = ({ step, steps }: Pick<Traffic, "step" | "steps">): number =>
  step === 0 ? 0 : (steps[step - 1] ?? 100);
