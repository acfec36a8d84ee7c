import { z } from "zod";
import { slug } from "../common";
import { DEFAULT_RUNTIME } from "../runtimes";
import { eventSource } from "./event-source";
import { seconds } from "./seconds";

/** Names of the functions' runtimes are checked apart, so that a retired one is told by its date. */
export const serviceFunction = z.strictObject({
  runtime: z.string().default(DEFAULT_RUNTIME).describe("Lambda runtime. Default: nodejs22.x."),
  handler: z.string().default("index.handler").describe("Default: index.handler."),
  code: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*$/, "a folder below functions/, such as meter-intake")
    .optional()
    .describe("Folder of its code below the organization's `functions/`. Default: the function's name."),
  memory: z.number().int().min(128).max(10_240).default(256).describe("MiB. Default: 256."),
  timeout: seconds(1, 900).default(30).describe("Seconds. Default: 30."),
  reservedConcurrency: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe("Most executions at a time, so that it cannot take all of the account's. Default: 10."),
  bucket: slug(24).optional().describe("Runs for each new object of this bucket."),
  stream: eventSource.optional().describe("Runs for the records of this stream."),
  schedule: z.string().optional().describe("Runs at these times: rate(...) or cron(...)."),
  sends: z.array(slug(40)).default([]).describe("Queues it sends to. Default: none."),
  buckets: z
    .record(slug(24), z.enum(["read", "readWrite"]))
    .default({})
    .describe("Buckets of the account's `data`, and what it does in them. Default: none."),
  tables: z
    .record(slug(24), z.enum(["read", "readWrite"]))
    .default({})
    .describe("Tables of the account's `data`, and what it does in them. Default: none."),
  environment: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/), z.string())
    .default({})
    .describe("Default: none."),
});
