import { z } from "zod";
import { inMemory } from "./in-memory";

/** Versions of each engine with which MemoryDB signs in by IAM. */
export const MEMORY_DATABASE_VERSIONS = {
  valkey: ["7.2", "7.3"],
  redis: ["7.0", "7.1"],
} as const;

/** A MemoryDB cluster: Valkey or Redis whose writes last, over several zones. */
export const memoryDatabase = z.strictObject({
  engine: z.enum(["valkey", "redis"]).default("valkey").describe("Default: valkey."),
  engineVersion: z
    .string()
    .regex(/^\d\.\d$/, "two numbers such as 7.2")
    .optional()
    .describe("Default: 7.2 for Valkey, 7.1 for Redis OSS."),
  nodeType: z
    .string()
    .regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "a node type such as db.t4g.small")
    .default("db.t4g.small")
    .describe("Default: db.t4g.small."),
  shards: z
    .number()
    .int()
    .min(1)
    .max(500)
    .default(1)
    .describe("Parts that keys are divided into; it is a cluster always, for clients too. Default: 1."),
  ...inMemory,
});

export type MemoryDatabase = z.output<typeof memoryDatabase>;

export const memoryDatabaseVersion = ({
  engine,
  engineVersion,
}: Pick<MemoryDatabase, "engine" | "engineVersion">) =>
  engineVersion ?? (engine === "valkey" ? "7.2" : "7.1");

/** Nodes beside each primary. */
export const memoryDatabaseReplicas = (
  { replicasPerShard }: MemoryDatabase,
  { multiAz }: { readonly multiAz: boolean },
) => replicasPerShard ?? (multiAz ? 1 : 0);
