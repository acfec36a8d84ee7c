import { z } from "zod";
import { slug } from "../common";
import { everyMigration } from "./common";

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
  indices: z
    .array(z.string().regex(/^[a-z0-9*][a-z0-9*._-]{0,99}$/, "an index's name, or a pattern with *"))
    .min(1)
    .describe("Indices that move, such as `orders-*`."),
});

export type OpensearchMigration = z.output<typeof opensearchMigration>;
