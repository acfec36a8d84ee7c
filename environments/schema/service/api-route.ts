import { z } from "zod";
import { METHODS } from "../api";
import { slug } from "../common";
import { seconds } from "./seconds";

/**
 * What a service answers of an API of its account, or what of it goes into a stream.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export const apiRoute = z.strictObject({
  api: slug(16).describe("The API, by its name in the account's `apis`."),
  path: z
    .string()
    .max(256)
    .regex(
      /^\/(([\w.~-]+|\{[A-Za-z]\w*\})(\/([\w.~-]+|\{[A-Za-z]\w*\}))*(\/\*)?|\*)?$/,
      "a path such as /orders, /orders/{id}, or /orders/* for all below it",
    )
    .describe("Path; `/orders/*` is /orders and all that is below it, `{id}` any one part."),
  methods: z
    .array(z.enum(METHODS))
    .min(1)
    .optional()
    .describe("Methods. Default: all; with `stream` POST, the only one there."),
  authorizer: z
    .string()
    .optional()
    .describe(
      "Whose tokens it asks for: one of the API's `authorizers`, `iam` for signed requests of AWS identities, or `none`, which needs a waiver of api-route-authorizer. Default: the API's authorizer, where it has one alone.",
    ),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "a scope such as orders/read"))
    .max(10)
    .default([])
    .describe("Scopes of which a token needs one. Default: none."),
  listenerPort: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe("Which of its `loadBalancers` entries with `nlb` answers. Default: the only one."),
  timeout: seconds(1, 30).default(30).describe("Seconds an answer may take; AWS allows 30. Default: 30."),
  stream: slug(24)
    .optional()
    .describe(
      "Stream of the account's `data` that takes the requests in place of the tasks. Default: the tasks answer.",
    ),
});

export type ApiRoute = z.output<typeof apiRoute>;
