import { z } from "zod";
import { inMemory } from "./in-memory";

/** Versions of each engine; a version that is not here is not tried with IAM sign-in, or AWS no longer patches it. */
export const CACHE_VERSIONS = {
  valkey: ["7.2", "8.0", "8.1", "8.2"],
  redis: ["7.0", "7.1"],
} as const;

/** An ElastiCache cluster: TLS, sign-in by IAM, nothing in clear. */
export const cache = z.strictObject({
  engine: z
    .enum(["valkey", "redis"])
    .default("valkey")
    .describe("Default: valkey, which speaks Redis OSS and costs a fifth less."),
  engineVersion: z
    .string()
    .regex(/^\d\.\d$/, "two numbers such as 8.1")
    .optional()
    .describe("Default: 8.1 for Valkey, 7.1 for Redis OSS."),
  nodeType: z
    .string()
    .regex(/^cache\.[a-z0-9]+\.[a-z0-9]+$/, "a node type such as cache.t4g.small")
    .default("cache.t4g.small")
    .describe("Default: cache.t4g.small."),
  shards: z
    .number()
    .int()
    .min(1)
    .max(500)
    .optional()
    .describe("Parts that keys are divided into (cluster mode); chosen once. Default: cluster mode is off."),
  ...inMemory,
  onlineMigrationTarget: z
    .boolean()
    .default(false)
    .describe(
      "Whether AWS's online migration may fill it: without TLS, so that it needs a waiver of cache-hardening. Default: false.",
    ),
  transitEncryptionMode: z
    .enum(["preferred", "required"])
    .default("required")
    .describe(
      "`preferred` takes clients without TLS as well, on the way from an online migration; needs a waiver. Default: required.",
    ),
});

export type Cache = z.output<typeof cache>;

export const cacheVersion = ({ engine, engineVersion }: Pick<Cache, "engine" | "engineVersion">) =>
  engineVersion ?? (engine === "valkey" ? "8.1" : "7.1");

/** Whether it takes TLS only: then, and then only, it knows users. */
export const signsIn = ({ onlineMigrationTarget, transitEncryptionMode }: Cache) =>
  !onlineMigrationTarget && transitEncryptionMode === "required";

/** Nodes beside each primary; an online migration asks for a standby. */
export const cacheReplicas = (
  { replicasPerShard, onlineMigrationTarget }: Cache,
  { multiAz }: { readonly multiAz: boolean },
) => replicasPerShard ?? (multiAz || onlineMigrationTarget ? 1 : 0);
