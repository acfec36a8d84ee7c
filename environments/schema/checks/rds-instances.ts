import type { RdsInstanceDatabase } from "../data/database";
import { canStandBy, ENGINE_WORDS, isSqlServer, mostStorage } from "../database-engines";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** GiB from which RDS stripes gp3 over several volumes, and takes more operations than the least. */
const STRIPED_FROM = 400;

/** Storage, standby and replicas are such as the engine has. */
export function instanceFaults(database: RdsInstanceDatabase): Found[] {
  return [...storageFaults(database), ...standbyFaults(database), ...replicaFaults(database)];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage */
function storageFaults(database: RdsInstanceDatabase): Found[] {
  const { allocatedStorage, maxAllocatedStorage, iops, storageThroughput } = database;
  const found: Found[] = [];
  const least = Math.ceil((allocatedStorage * 11) / 10);
  if (maxAllocatedStorage !== undefined && maxAllocatedStorage < least)
    found.push({
      path: "maxAllocatedStorage",
      given: maxAllocatedStorage,
      allowed: `at least ${least}, a tenth more than allocatedStorage`,
    });
  if (maxAllocatedStorage === undefined && mostStorage(database) < least)
    found.push({
      path: "allocatedStorage",
      given: allocatedStorage,
      allowed: `less than nine tenths of the ${mostStorage(database)} GiB that there can be, so that it can grow`,
    });
  const small = !isSqlServer(database) && allocatedStorage < STRIPED_FROM;
  for (const [path, given] of [
    ["iops", iops],
    ["storageThroughput", storageThroughput],
  ] as const) {
    if (given !== undefined && small)
      found.push({
        path,
        given,
        allowed: `nothing below ${STRIPED_FROM} GiB: gp3 of ${ENGINE_WORDS[database.engine]} has 3000 operations and 125 MiB a second there`,
        mend: `raise allocatedStorage to ${STRIPED_FROM}`,
      });
  }
  if (!small) found.push(...fastFaults(database));
  return found;
}

/** Of one volume, or of the four that RDS stripes. */
function fastFaults(database: RdsInstanceDatabase): Found[] {
  const { iops, storageThroughput } = database;
  const limits = isSqlServer(database)
    ? { iops: [3000, 16_000], throughput: [125, 1000] }
    : { iops: [12_000, 64_000], throughput: [500, 4000] };
  const outside = (path: string, given: number | undefined, [least = 0, most = 0]: readonly number[]) =>
    given === undefined || (given >= least && given <= most)
      ? []
      : [{ path, given, allowed: `${least} to ${most} for ${ENGINE_WORDS[database.engine]} of this size` }];
  return [
    ...outside("iops", iops, limits.iops),
    ...outside("storageThroughput", storageThroughput, limits.throughput),
    ...(storageThroughput !== undefined && storageThroughput * 4 > (iops ?? limits.iops[0] ?? 0)
      ? [
          {
            path: "storageThroughput",
            given: storageThroughput,
            allowed: "at most a fourth of `iops`",
            mend: `write iops: ${storageThroughput * 4}`,
          },
        ]
      : []),
  ];
}

function standbyFaults(database: RdsInstanceDatabase): Found[] {
  return database.multiAz === true && !canStandBy(database)
    ? [
        {
          path: "multiAz",
          given: true,
          allowed: `nothing: ${ENGINE_WORDS[database.engine]} has no standby in another zone`,
          mend: 'choose "sqlserver-se" or "sqlserver-ee"',
        },
      ]
    : [];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.ReadReplicas.html */
function replicaFaults(database: RdsInstanceDatabase): Found[] {
  if (!isSqlServer(database) || database.readers === 0) return [];
  if (database.engine !== "sqlserver-ee")
    return [
      {
        path: "readers",
        given: database.readers,
        allowed: `0: ${ENGINE_WORDS[database.engine]} has no read replicas`,
        mend: 'choose "sqlserver-ee"',
      },
    ];
  return database.multiAz === false
    ? [
        {
          path: "readers",
          given: database.readers,
          allowed: "0 without a standby: replicas of SQL Server are of availability groups",
          mend: "write multiAz: true",
        },
      ]
    : [];
}
