/** GiB of memory of the smallest size, `large`, by family; each size up has twice as much. */
const LARGE = 16;

const SIZES: Readonly<Record<string, number>> = {
  large: 1,
  xlarge: 2,
  "2xlarge": 4,
  "4xlarge": 8,
  "8xlarge": 16,
  "12xlarge": 24,
  "16xlarge": 32,
  "24xlarge": 48,
  "32xlarge": 64,
  "48xlarge": 96,
};

const GRAVITON = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];
const INTEL = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"];

/** Families with memory in the usual steps, and their sizes. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  r5: INTEL,
  r6g: GRAVITON,
  r6i: [...INTEL, "32xlarge"],
  r7g: GRAVITON,
  r7i: [...INTEL, "48xlarge"],
  r8g: [...GRAVITON, "24xlarge", "48xlarge"],
};

/** Classes for bursts, GiB. */
const BURSTABLE: Readonly<Record<string, number>> = {
  "db.t3.medium": 4,
  "db.t3.large": 8,
  "db.t4g.medium": 4,
  "db.t4g.large": 8,
};

/**
 * GiB of memory of each instance class of Aurora PostgreSQL that can be chosen, by class.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html
 */
export const DATABASE_CLASSES: ReadonlyMap<string, number> = new Map([
  ...Object.entries(BURSTABLE),
  ...Object.entries(FAMILIES).flatMap(([family, sizes]) =>
    sizes.map((size): [string, number] => [`db.${family}.${size}`, LARGE * (SIZES[size] ?? 1)]),
  ),
]);

const BYTES_PER_CONNECTION = 9_531_392;

/**
 * Connections that a class takes by default: one for each 9,531,392 bytes of memory, 5000 at most.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html
 */
export function mostConnections(instanceClass: string): number {
  const bytes = (DATABASE_CLASSES.get(instanceClass) ?? 4) * 1024 ** 3;
  return Math.min(5000, Math.floor(bytes / BYTES_PER_CONNECTION));
}
