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

const SEARCH_FAMILIES: Readonly<Record<string, readonly string[]>> = {
  c6g: ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge"],
  c7g: ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"],
  m5: ["large", "xlarge", "2xlarge", "4xlarge", "12xlarge"],
  m6g: ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge"],
  m7g: ["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"],
  r5: ["large", "xlarge", "2xlarge", "4xlarge", "12xlarge"],
  r6g: ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge"],
  r7g: ["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"],
  t3: ["small", "medium"],
};

/**
 * Instance types of OpenSearch that keep their data on EBS.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html
 */
export const SEARCH_INSTANCE_TYPES: ReadonlySet<string> = new Set(
  Object.entries(SEARCH_FAMILIES).flatMap(([family, sizes]) =>
    sizes.map((size) => `${family}.${size}.search`),
  ),
);

/** Most GiB of a volume, where a type takes little. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html */
export const SEARCH_VOLUME_MOST: Readonly<Record<string, number>> = {
  "t3.small.search": 100,
  "t3.medium.search": 200,
};
