import { z } from "zod";
import { domainName, slug } from "../common";
import { everyMigration } from "./common";
import { toolImage, toolSize } from "./tool";

const source = z.strictObject({
  host: z.union([domainName, z.ipv4()]).describe("Where it answers: a DNS name or an IPv4 address."),
  port: z.number().int().min(1).max(65_535).default(6379).describe("Default: 6379."),
  secret: z
    .string()
    .optional()
    .describe("Secret of the account with `{username, password}`. Default: none, a source without AUTH."),
  tls: z.boolean().default(true).describe("Whether it answers by TLS. Default: true."),
  engine: z.enum(["redis", "valkey"]).default("redis").describe("Default: `redis`."),
  version: z
    .string()
    .regex(/^\d+\.\d+(\.\d+)?$/, "a version such as 6.2")
    .describe("Version of the source."),
});

const target = z.strictObject({
  cache: slug(24).optional().describe("Cache of the account's `data`. Default: none."),
  memoryDatabase: slug(24).optional().describe("MemoryDB cluster of the account's `data`. Default: none."),
  secret: z
    .string()
    .optional()
    .describe(
      "Secret of the account with `{username, password}` of the user that RIOT signs in as; `client-replication` only. Default: none.",
    ),
});

const riot = z.strictObject({
  image: toolImage.describe("Full reference of RIOT's image, by digest."),
  ...toolSize,
});

/** Keys that move into ElastiCache or MemoryDB. */
export const redisMigration = z.strictObject({
  kind: z.literal("redis").describe("Redis or Valkey, into ElastiCache or MemoryDB."),
  ...everyMigration,
  mode: z
    .enum(["elasticache-online", "rdb-seed", "client-replication"])
    .describe(
      "`elasticache-online`: ElastiCache replicates from the source; `rdb-seed`: a new store is made from a snapshot, with downtime; `client-replication`: a task reads the source and writes the target.",
    ),
  source: source.describe("Where keys are now."),
  target: target.describe("Where they move to: one of the two."),
  riot: riot.optional().describe("The task that copies, of `client-replication`. Default: none."),
  databases: z
    .array(z.number().int().min(0).max(15))
    .min(1)
    .default([0])
    .describe("Numbers of the databases that move. Default: 0."),
  keyspaceNotifications: z
    .boolean()
    .default(false)
    .describe(
      "Whether the source tells of changed keys; without, a copy is as of its start. Default: false.",
    ),
});

export type RedisMigration = z.output<typeof redisMigration>;
