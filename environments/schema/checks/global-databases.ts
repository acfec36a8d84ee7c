import type { Account } from "../account";
import { isAurora, type AuroraDatabase } from "../data/database";
import { instanceClassOf } from "../database-classes";
import type { Fleet } from "../fleet";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/**
 * A cluster that copies another region's is the same as that, and has nothing of its own to begin with.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
 */
export function globalFaults(database: AuroraDatabase, account: Account, fleet: Fleet): Found[] {
  const { global } = database;
  if (global === undefined) return [];
  return [
    ...burstable(database),
    ...(global.primary === undefined ? [] : secondaryFaults(database, global.primary, account, fleet)),
  ];
}

function burstable(database: AuroraDatabase): Found[] {
  const given = instanceClassOf(database);
  return /^db\.t\d/.test(given)
    ? [
        {
          path: "instanceClass",
          given,
          allowed: "a class of the families r or x, or serverless: global databases take no other",
          mend: 'write "db.r7g.large"',
        },
      ]
    : [];
}

function secondaryFaults(
  database: AuroraDatabase,
  primaryPath: string,
  account: Account,
  fleet: Fleet,
): Found[] {
  const [accountName = "", databaseName = ""] = primaryPath.split("/");
  const path = "global.primary";
  const other = fleet.accounts.find(({ name }) => name === accountName);
  const primary = other?.data?.databases[databaseName];
  if (other === undefined || primary === undefined || !isAurora(primary))
    return [
      {
        path,
        given: primaryPath,
        allowed: "an Aurora cluster of another entry of this AWS account, <account>/<database>",
      },
    ];
  const found: Found[] = [];
  if (other.id !== account.id)
    found.push({
      path,
      given: primaryPath,
      allowed: `a cluster of the AWS account ${account.id}; ${accountName} is ${other.id}`,
    });
  if (other.region === account.region)
    found.push({
      path,
      given: primaryPath,
      allowed: `a cluster of another region than ${account.region}`,
      mend: "raise its `readers` instead",
    });
  if (primary.global === undefined || primary.global.primary !== undefined)
    found.push({
      path,
      given: primaryPath,
      allowed: "a cluster that is the one to be copied",
      mend: `write global: {} in data.databases.${databaseName} of ${accountName}`,
    });
  for (const field of ["engine", "engineVersion"] as const) {
    if (database[field] !== primary[field])
      found.push({
        path: field,
        given: database[field],
        allowed: `that of ${primaryPath}, ${primary[field]}`,
      });
  }
  if (database.databaseName !== undefined)
    found.push({
      path: "databaseName",
      given: database.databaseName,
      allowed: `nothing: it has the databases of ${primaryPath}`,
    });
  if (database.restoreFrom !== undefined)
    found.push({
      path: "restoreFrom",
      given: "a source beside the primary",
      inWords: true,
      allowed: `nothing: it is a copy of ${primaryPath}`,
    });
  return found;
}
