const BURSTABLE = ["micro", "small", "medium"];
const LARGE = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];
const INTEL = ["large", "xlarge", "2xlarge", "4xlarge", "12xlarge", "24xlarge"];

const typesOf = (prefix: string, families: Readonly<Record<string, readonly string[]>>) =>
  new Set(
    Object.entries(families).flatMap(([family, sizes]) => sizes.map((size) => `${prefix}.${family}.${size}`)),
  );

/**
 * Node types of ElastiCache of the current generation.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 */
export const CACHE_NODE_TYPES: ReadonlySet<string> = typesOf("cache", {
  t3: BURSTABLE,
  t4g: BURSTABLE,
  m5: INTEL,
  m6g: LARGE,
  m7g: LARGE,
  r5: INTEL,
  r6g: LARGE,
  r6gd: ["xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"],
  r7g: LARGE,
  c7gn: LARGE,
});

/** Whether nodes keep what is seldom read on a disk of theirs (data tiering), which their type decides. */
export const isTiered = (nodeType: string) => nodeType.includes(".r6gd.");

/**
 * Node types of MemoryDB.
 * https://docs.aws.amazon.com/memorydb/latest/devguide/nodes.supportedtypes.html
 */
export const MEMORY_DATABASE_NODE_TYPES: ReadonlySet<string> = typesOf("db", {
  t4g: ["small", "medium"],
  r6g: LARGE,
  r6gd: ["xlarge", "2xlarge", "4xlarge", "8xlarge"],
  r7g: LARGE,
});
