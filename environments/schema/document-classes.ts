const GRAVITON = {
  large: 16,
  xlarge: 32,
  "2xlarge": 64,
  "4xlarge": 128,
  "8xlarge": 256,
  "12xlarge": 384,
  "16xlarge": 512,
};

/** GiB of memory by size, by family. */
const FAMILIES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  t3: { medium: 4 },
  t4g: { medium: 4 },
  r5: {
    large: 16,
    xlarge: 32,
    "2xlarge": 64,
    "4xlarge": 128,
    "8xlarge": 256,
    "12xlarge": 384,
    "16xlarge": 512,
    "24xlarge": 768,
  },
  r6g: GRAVITON,
  r8g: GRAVITON,
};

/**
 * GiB of memory of each instance class of DocumentDB that can be chosen, by class.
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/db-instance-classes.html
 */
export const DOCUMENT_CLASSES: ReadonlyMap<string, number> = new Map(
  Object.entries(FAMILIES).flatMap(([family, sizes]) =>
    Object.entries(sizes).map(([size, memory]): [string, number] => [`db.${family}.${size}`, memory]),
  ),
);
