import { z } from "zod";
import { domainName, slug } from "../common";

const pattern = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\n]*$/, "one line")
  .optional();

const patterns = {
  includePattern: pattern.describe("Regular expression of the lines that are sent. Default: all."),
  excludePattern: pattern.describe("Regular expression of lines that are not sent. Default: none."),
};

/** ECS's own driver, to the service's log group. */
const awslogs = z.strictObject({
  destination: z.literal("awslogs").describe("CloudWatch, written by ECS itself."),
});

const cloudwatch = z.strictObject({
  destination: z
    .literal("cloudwatch")
    .describe("CloudWatch too, through a router that leaves out what nobody wants to pay for."),
  ...patterns,
});

const s3 = z.strictObject({
  destination: z.literal("s3").describe("A bucket of the account, in compressed files of some minutes."),
  bucket: slug(24).describe("Bucket of the account's `data`."),
  prefix: z
    .string()
    .max(100)
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, "folders joined by /")
    .optional()
    .describe("Folder in the bucket. Default: logs/<service>."),
  uploadTimeout: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(5)
    .describe("Minutes after which a file is sent, full or not. Default: 5."),
  ...patterns,
});

const http = z.strictObject({
  destination: z
    .literal("http")
    .describe("A collector that takes JSON over HTTPS, such as a logging service's."),
  host: domainName.describe("Its host name."),
  port: z.number().int().min(1).max(65535).default(443).describe("Default: 443."),
  path: z
    .string()
    .max(500)
    .regex(/^\/[^\s$]*$/, "a path beginning with /")
    .default("/")
    .describe("Path, query included. Default: /."),
  tls: z.literal(true).default(true).describe("Always true: logs hold what their readers must not change."),
  format: z
    .enum(["json", "json_lines", "msgpack"])
    .default("json")
    .describe("`json` is a list of records, `json_lines` one a line. Default: json."),
  header: z
    .string()
    .optional()
    .describe(
      "Name of a secret of the account, or of a key of its JSON, that holds a whole header: its name, a space, its value, such as `Authorization Bearer ...`. Default: none.",
    ),
  user: z.string().min(1).max(200).optional().describe("User of basic authentication. Default: none."),
  password: z.string().optional().describe("Name of the secret with that user's password. Default: none."),
  ...patterns,
});

/** Where what a service's containers write goes. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html */
export const logConfiguration = z.discriminatedUnion("destination", [awslogs, cloudwatch, s3, http]);

export type LogConfiguration = z.output<typeof logConfiguration>;
