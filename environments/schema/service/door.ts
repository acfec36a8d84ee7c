import { z } from "zod";
import { slug } from "../common";
import { seconds } from "./seconds";

const stickiness = z.strictObject({
  cookieDuration: seconds(1, 604800).describe("Seconds a client stays with its task."),
});

/** A part of a door's requests that another service gets. */
export const share = z.strictObject({
  service: slug(24).describe("A service with `takesShares` behind the same load balancer."),
  weight: z.number().int().min(1).max(100).describe("Per cent of the door's requests."),
});

/** A load balancer that a service stands behind, and what it answers there. */
export const door = z.strictObject({
  alb: slug(12).describe("The load balancer, by its name in the account's `hosting`."),
  host: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "one DNS label, such as orders")
    .describe(
      "Host name without its zone: `orders` becomes orders.<public zone> or orders.internal.<public zone>.",
    ),
  path: z
    .string()
    .max(128)
    .regex(/^\/[\w\-./~*?]*$/, "a path pattern such as /api/*")
    .optional()
    .describe("Path pattern, with * and ?. Default: every path of the host."),
  idleTimeout: seconds(1, 4000)
    .optional()
    .describe("Seconds of silence the service's connections live through; the load balancer must allow it."),
  callers: z
    .enum(["people", "machines"])
    .optional()
    .describe(
      "Who calls: `people` with a browser, or `machines`. Default: machines behind an internal load balancer, else people.",
    ),
  authenticate: z
    .boolean()
    .default(false)
    .describe(
      "Whether people sign in at the load balancer first; needs the account's `auth`. Default: false.",
    ),
  shares: z
    .array(share)
    .max(4)
    .default([])
    .describe("Parts of its requests that other services get, such as its successor. Default: none."),
  takesShares: z
    .boolean()
    .default(false)
    .describe("Whether other services may send it a part of theirs by `shares`. Default: false."),
  stickiness: stickiness.optional().describe("Keeps a client with its task. Default: off."),
});
