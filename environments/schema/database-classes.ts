import { isAurora, type Database, type DatabaseEngine } from "./data/database";

/** Sizes, as multiples of `large`. */
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
const INTEL = [...GRAVITON, "24xlarge"];

interface Family {
  /** GiB of memory of its `large`. */
  readonly large: number;
  readonly sizes: readonly string[];
}

/** Families that Aurora has. */
const MEMORY: Readonly<Record<string, Family>> = {
  r5: { large: 16, sizes: INTEL },
  r6g: { large: 16, sizes: GRAVITON },
  r6i: { large: 16, sizes: [...INTEL, "32xlarge"] },
  r7g: { large: 16, sizes: GRAVITON },
  r7i: { large: 16, sizes: [...INTEL, "48xlarge"] },
  r8g: { large: 16, sizes: [...GRAVITON, "24xlarge", "48xlarge"] },
  x2g: { large: 32, sizes: GRAVITON },
};

/** Families that instances of RDS have beside those. */
const GENERAL: Readonly<Record<string, Family>> = {
  m5: { large: 8, sizes: INTEL },
  m6g: { large: 8, sizes: GRAVITON },
  m6i: { large: 8, sizes: [...INTEL, "32xlarge"] },
  m7g: { large: 8, sizes: GRAVITON },
  m7i: { large: 8, sizes: [...INTEL, "48xlarge"] },
  m8g: { large: 8, sizes: [...GRAVITON, "24xlarge", "48xlarge"] },
};

/** Sizes of the classes for bursts, GiB. */
const BURSTABLE: Readonly<Record<string, number>> = {
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

type Classes = ReadonlyMap<string, number>;

const burstable = (family: string, sizes = Object.keys(BURSTABLE)): [string, number][] =>
  sizes.map((size) => [`db.${family}.${size}`, BURSTABLE[size] ?? 0]);

const steady = (families: Readonly<Record<string, Family>>): [string, number][] =>
  Object.entries(families).flatMap(([family, { large, sizes }]) =>
    sizes.map((size): [string, number] => [`db.${family}.${size}`, large * (SIZES[size] ?? 1)]),
  );

const AURORA: Classes = new Map([
  ...burstable("t3", ["medium", "large"]),
  ...burstable("t4g", ["medium", "large"]),
  ...steady(MEMORY),
]);

const OPEN: Classes = new Map([
  ...burstable("t3"),
  ...burstable("t4g"),
  ...steady(GENERAL),
  ...steady(MEMORY),
]);

/** What an edition of SQL Server runs on: no Graviton, and neither less nor more than its licence makes sense of. */
function sqlServer(bursts: readonly string[], least: number, most: number): Classes {
  const intel = steady({ ...GENERAL, ...MEMORY }).filter(([name]) => /^db\.[mr]\d+i?\./.test(name));
  const multiple = (name: string) => SIZES[name.split(".")[2] ?? ""] ?? 0;
  return new Map([
    ...burstable("t3", [...bursts]),
    ...intel.filter(([name]) => multiple(name) >= least && multiple(name) <= most),
  ]);
}

const CLASSES: Readonly<Record<DatabaseEngine, Classes>> = {
  "aurora-postgresql": AURORA,
  "aurora-mysql": AURORA,
  postgres: OPEN,
  mysql: OPEN,
  mariadb: OPEN,
  "sqlserver-ex": sqlServer(["micro", "small", "medium", "large", "xlarge"], 1, 2),
  "sqlserver-web": sqlServer(["small", "medium", "large", "xlarge", "2xlarge"], 1, 8),
  "sqlserver-se": sqlServer(["xlarge", "2xlarge"], 1, 48),
  "sqlserver-ee": sqlServer(["xlarge", "2xlarge"], 2, 96),
};

/**
 * GiB of memory of each instance class that an engine has, by class.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
 */
export const databaseClasses = (engine: DatabaseEngine): Classes => CLASSES[engine];

const STANDARD: Readonly<Partial<Record<DatabaseEngine, string>>> = {
  "sqlserver-ex": "db.t3.medium",
  "sqlserver-web": "db.t3.medium",
  "sqlserver-se": "db.m6i.large",
  "sqlserver-ee": "db.m6i.xlarge",
};

/** The class of a database's instances. */
export function instanceClassOf(definition: Database): string {
  if (isAurora(definition) && definition.serverless !== undefined) return "db.serverless";
  return definition.instanceClass ?? STANDARD[definition.engine] ?? "db.t4g.medium";
}

/** GiB of memory of each instance, at the most where that follows use. */
export function memoryOf(definition: Database): number {
  if (isAurora(definition) && definition.serverless !== undefined)
    return 2 * definition.serverless.maxCapacity;
  return CLASSES[definition.engine].get(instanceClassOf(definition)) ?? 4;
}

/**
 * Whether Performance Insights has room on the class.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_PerfInsights.Overview.Engines.html
 */
export function takesPerformanceInsights(definition: Database): boolean {
  const { engine } = definition;
  if (engine === "sqlserver-ex") return false;
  const instances = instanceClassOf(definition);
  if (engine === "aurora-mysql") return !instances.startsWith("db.t3.");
  const small = /\.(micro|small)$/.test(instances);
  return !(small && (engine === "mysql" || engine === "mariadb"));
}
