import type { AccountInput } from "./account";
import { nearest } from "./parse";
import type { Violation } from "./violation";

/** What differs, deeply; lists are replaced as a whole, and null takes away what the account's entry has. */
type Patch<T> = {
  readonly [K in keyof T]?:
    | (T[K] extends readonly unknown[] | undefined
        ? T[K]
        : T[K] extends object | undefined
          ? Patch<NonNullable<T[K]>>
          : T[K])
    | null;
};

/** What belongs to an AWS account once, or to its first region alone: written in the account's own entry. */
const OF_THE_ACCOUNT = ["kind", "organizationalUnit", "roles", "registry"] as const;

/** What holds of one region only, and so is not taken over: AWS raises quotas by region. */
const OF_A_REGION = ["quotas"] as const;

/** What the file of an account's second region exports: which account, where, and what differs there. */
export type RegionInput = Patch<
  Omit<AccountInput, (typeof OF_THE_ACCOUNT)[number] | "name" | "id" | "regionOf" | "region" | "network">
> & {
  readonly name: string;
  readonly regionOf: string;
  readonly region: string;
  readonly id?: string;
  readonly network?: Patch<NonNullable<AccountInput["network"]>>;
};

/** An account's file and what it exports, not yet parsed. */
export interface LoadedAccount {
  readonly file: string;
  readonly input: unknown;
}

type Plain = Readonly<Record<string, unknown>>;

/** Whether it is the entry of a second region. */
export const isRegion = ({ input }: LoadedAccount) => isPlain(input) && input["regionOf"] !== undefined;

/** An entry with all that it says, and the one that it took over from. */
export interface WholeEntry {
  readonly input: unknown;
  readonly from?: LoadedAccount;
}

/**
 * The entry of a second region with all that it takes over from its account's; an account's own entry as it is.
 * Undefined with violations where there is nothing to take over from.
 */
export function wholeEntry(
  { file, input }: LoadedAccount,
  all: readonly LoadedAccount[],
  violations: Violation[],
): WholeEntry | undefined {
  if (!isPlain(input) || input["regionOf"] === undefined) return { input };
  const accounts = all.filter((other) => other.input !== input);
  const from = accounts.find(({ input: other }) => isPlain(other) && other["name"] === input["regionOf"]);
  if (!isPlain(from?.input) || isRegion(from)) {
    violations.push(noAccount(file, input["regionOf"], from, accounts));
    return undefined;
  }
  const primary = from.input;
  const strangers = OF_THE_ACCOUNT.filter((section) => input[section] !== undefined);
  violations.push(
    ...strangers.map((section) => ({
      file,
      path: section,
      given: input[section],
      allowed: `nothing: it belongs to the whole account, whose entry is ${String(primary["name"])}`,
      mend: `write it in the file of ${String(primary["name"])}, or remove it`,
    })),
  );
  const { network } = input;
  if (isPlain(primary["network"]) && !(isPlain(network) && network["cidrBlock"] !== undefined)) {
    violations.push({
      file,
      path: "network.cidrBlock",
      given: "nothing",
      inWords: true,
      allowed: `a range of its own: all else of the network is as in ${String(primary["name"])}, but no address`,
      mend: 'write network: { cidrBlock: "..." } with a range that no other network has',
    });
    return undefined;
  }
  return { input: merge(inherited(primary), without(input, strangers)), from };
}

/** What a second region takes over from its account's entry. */
function inherited(primary: Plain): Plain {
  const { network, edge, data } = primary;
  return {
    ...without(primary, ["region", "traffic", ...OF_THE_ACCOUNT, ...OF_A_REGION]),
    // Its addresses and its zone are its own.
    ...(isPlain(network) ? { network: without(network, ["cidrBlock", "publicZone"]) } : {}),
    ...(isPlain(data) ? { data: inheritedData(String(primary["name"]), data) } : {}),
    // Records are full names within the zone of the account's own entry.
    ...(isPlain(edge) ? { edge: without(edge, ["records"]) } : {}),
  };
}

/**
 * Stores of the account's entry as its second region has them. Copies of its buckets' objects are the account's own: its
 * second region may well be where they go. A database comes from nothing that is in another region, and copies one that
 * is the first of a global database.
 */
function inheritedData(account: string, data: Plain): Plain {
  const { buckets, databases } = data;
  return {
    ...data,
    ...(isPlain(buckets) ? { buckets: withoutCopies(buckets) } : {}),
    ...(isPlain(databases)
      ? {
          databases: Object.fromEntries(
            Object.entries(databases).map(([name, database]) => [
              name,
              isPlain(database) ? inheritedDatabase(`${account}/${name}`, database) : database,
            ]),
          ),
        }
      : {}),
  };
}

function inheritedDatabase(primary: string, database: Plain): Plain {
  const fresh = without(database, ["restoreFrom"]);
  return isPlain(database["global"]) && database["global"]["primary"] === undefined
    ? { ...without(fresh, ["databaseName"]), global: { primary } }
    : fresh;
}

const withoutCopies = (buckets: Plain): Plain =>
  Object.fromEntries(
    Object.entries(buckets).map(([name, bucket]) => [
      name,
      isPlain(bucket) ? without(bucket, ["replicateTo"]) : bucket,
    ]),
  );

function noAccount(
  file: string,
  given: unknown,
  region: LoadedAccount | undefined,
  accounts: readonly LoadedAccount[],
): Violation {
  if (isPlain(region?.input)) {
    const whole = String(region.input["regionOf"]);
    return {
      file,
      path: "regionOf",
      given,
      allowed: `an account's own entry; ${String(given)} is a region of ${whole} itself`,
      mend: `write "${whole}"`,
    };
  }
  const known = accounts.flatMap(({ input }) =>
    isPlain(input) && typeof input["name"] === "string" && input["regionOf"] === undefined
      ? [input["name"]]
      : [],
  );
  const meant = typeof given === "string" ? nearest(given, known) : undefined;
  return {
    file,
    path: "regionOf",
    given,
    allowed: `the account whose second region it is: ${known.sort().join(", ") || "there is none"}`,
    ...(meant === undefined ? {} : { mend: `write "${meant}"` }),
  };
}

/** As RFC 7396 has it, but for capabilities, where null is a value. https://www.rfc-editor.org/rfc/rfc7396 */
function merge(base: Plain, patch: Plain, path: readonly string[] = []): Plain {
  const said = Object.entries(patch).filter(([, value]) => value !== undefined);
  const removed = said.flatMap(([key, value]) => (value === null && path[0] !== "capabilities" ? [key] : []));
  const changed = said.map(([key, value]) => {
    const current = base[key];
    return [key, isPlain(value) ? merge(isPlain(current) ? current : {}, value, [...path, key]) : value];
  });
  return without({ ...base, ...Object.fromEntries(changed) }, removed);
}

const without = (entry: Plain, keys: readonly string[]): Plain =>
  Object.fromEntries(Object.entries(entry).filter(([key]) => !keys.includes(key)));

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
