import { z } from "zod";
import { slug } from "../common";
import { everyMigration } from "./common";
import { toolImage, toolSize } from "./tool";

const source = z.strictObject({
  endpoint: z.url({ protocol: /^https$/ }).describe("Where it answers, https://host:port."),
  version: z
    .string()
    .regex(/^\d+\.\d+(\.\d+)?$/, "a version such as 7.10.2")
    .describe("Version of Elasticsearch."),
  secret: z
    .string()
    .optional()
    .describe("Secret of the account with `{username, password}`. Default: none, a source without sign-in."),
});

const target = z.strictObject({
  searchDomain: slug(24).describe("OpenSearch domain of the account's `data`."),
});

const assistant = z.strictObject({
  console: toolImage.describe("Full reference of the image of Migration Assistant's console, by digest."),
  reindexFromSnapshot: toolImage.describe("Full reference of the image of its workers, by digest."),
  workers: z
    .number()
    .int()
    .min(1)
    .max(50)
    .default(2)
    .describe("Workers that load at once; the target's CPU is the limit. Default: 2."),
  ...toolSize,
  ephemeralStorage: z
    .number()
    .int()
    .min(21)
    .max(200)
    .default(100)
    .describe("GiB of a worker's disk: twice the largest shard. Default: 100."),
});

/** Indices that move into OpenSearch. */
export const opensearchMigration = z.strictObject({
  kind: z.literal("opensearch").describe("Elasticsearch, into OpenSearch."),
  ...everyMigration,
  mode: z
    .enum(["snapshot", "migration-assistant"])
    .describe(
      "`snapshot`: snapshot and restore, up to Elasticsearch 7.10.2; `migration-assistant`: AWS's solution, which reindexes from a snapshot.",
    ),
  source: source.describe("Where indices are now."),
  target: target.describe("Where they move to."),
  assistant: assistant
    .optional()
    .describe("The tasks that load from a snapshot, of `migration-assistant`. Default: none."),
  indices: z
    .array(z.string().regex(/^[a-z0-9*][a-z0-9*._-]{0,99}$/, "an index's name, or a pattern with *"))
    .min(1)
    .describe("Indices that move, such as `orders-*`."),
});

export type OpensearchMigration = z.output<typeof opensearchMigration>;
