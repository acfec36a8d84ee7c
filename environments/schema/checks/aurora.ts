import type { Account } from "../account";
import type { AuroraDatabase } from "../data/database";
import { ENGINE_WORDS, readersOf } from "../database-engines";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/**
 * The least version, of each release, that pauses what nobody uses.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
 */
const PAUSES: Readonly<Record<string, number>> = { "13": 15, "14": 12, "15": 7, "16": 3, "17": 4 };
/** Of Aurora MySQL, 3.08. */
const PAUSES_MYSQL = 8;

/** Instances of an Aurora cluster. */
const MOST_INSTANCES = 16;

/** A cluster's capacity, readers and zones are such as Aurora and the network have. */
export function auroraFaults(database: AuroraDatabase, account: Account): Found[] {
  return [
    ...serverlessFaults(database),
    ...readerFaults(database, account),
    ...zoneFaults(database, account),
  ];
}

function serverlessFaults(database: AuroraDatabase): Found[] {
  const { serverless, instanceClass } = database;
  if (serverless === undefined) return [];
  const { minCapacity, maxCapacity, secondsUntilAutoPause } = serverless;
  const found: Found[] = [];
  if (instanceClass !== undefined)
    found.push({
      path: "instanceClass",
      given: instanceClass,
      allowed: "nothing beside `serverless`, whose instances are all of db.serverless",
      mend: "remove one of the two",
    });
  if (maxCapacity < minCapacity)
    found.push({
      path: "serverless.maxCapacity",
      given: maxCapacity,
      allowed: `at least minCapacity, ${minCapacity}`,
    });
  if (minCapacity === 0 && !pauses(database))
    found.push({
      path: "serverless.minCapacity",
      given: minCapacity,
      allowed: `at least 0.5: ${ENGINE_WORDS[database.engine]} ${database.engineVersion} does not pause`,
      mend: "write 0.5, or a newer engineVersion",
    });
  if (minCapacity > 0 && secondsUntilAutoPause !== undefined)
    found.push({
      path: "serverless.secondsUntilAutoPause",
      given: secondsUntilAutoPause,
      allowed: "nothing, unless minCapacity is 0: only then it pauses",
    });
  return found;
}

function pauses({ engine, engineVersion }: AuroraDatabase): boolean {
  if (engine === "aurora-mysql") return Number(engineVersion.split(".")[4]) >= PAUSES_MYSQL;
  const [major = "", minor = "0"] = engineVersion.split(".");
  return Number(minor) >= (PAUSES[major] ?? 0);
}

function readerFaults(database: AuroraDatabase, { capabilities }: Account): Found[] {
  const { readerAutoScaling } = database;
  if (readerAutoScaling === undefined) return [];
  const readers = readersOf(database, capabilities.multiAz);
  const { maxReaders } = readerAutoScaling;
  if (maxReaders > readers && maxReaders < MOST_INSTANCES) return [];
  return [
    {
      path: "readerAutoScaling.maxReaders",
      given: maxReaders,
      allowed: `more than the ${readers} readers that are always there`,
    },
  ];
}

function zoneFaults({ availabilityZones = [] }: AuroraDatabase, { network }: Account): Found[] {
  const there = network?.availabilityZones;
  if (there === undefined) return [];
  return availabilityZones.flatMap((zone, index): Found[] => {
    const path = `availabilityZones[${index}]`;
    if (!there.includes(zone))
      return [{ path, given: zone, allowed: `a zone of the account's network: ${there.join(", ")}` }];
    return availabilityZones.indexOf(zone) === index
      ? []
      : [{ path, given: zone, allowed: "each zone once; instances go round them" }];
  });
}
