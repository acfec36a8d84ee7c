import type { Account } from "../account";
import { regionsOf, servicesIn, wholeAccounts, type Fleet } from "../fleet";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** A second region is one of a workload's account, in a region of its own, under names that are nobody else's. */
export function checkSecondRegions(fleet: Fleet): Violation[] {
  return wholeAccounts(fleet).flatMap((whole) => {
    const regions = regionsOf(fleet, whole);
    if (regions.length === 0) return [];
    const entries = [whole, ...regions];
    return [
      ...regions.flatMap((entry, index) =>
        inFile(fleet, entry, [
          ...sameAccount(whole, entry),
          ...inOneRegion(whole, entry, regions.slice(0, index)),
        ]),
      ),
      ...regions.flatMap((entry) => migrations(fleet, entry)),
      ...entries.flatMap((entry) =>
        entries.flatMap((other) => inFile(fleet, other, sharedNames(fleet, entry, other))),
      ),
    ];
  });
}

/** What is wrong in an account is as wrong in a second region, which takes it over: told once. */
export function withoutEchoes(fleet: Fleet, violations: readonly Violation[]): Violation[] {
  const told = new Set(violations.map(place));
  const entries = fleet.accounts.filter(({ regionOf }) => regionOf !== undefined);
  return violations.filter((violation) =>
    entries.every(({ name, regionOf = "" }) => {
      const { file, path } = violation;
      const own = file === fleet.sources.accounts[name];
      const original = {
        file: own ? (fleet.sources.accounts[regionOf] ?? file) : file,
        path: path.replace(`(in ${name})`, `(in ${regionOf})`),
      };
      return place(original) === place(violation) || !told.has(place(original));
    }),
  );
}

const place = ({ file, path }: Pick<Violation, "file" | "path">) => `${file} ${path}`;

/** DMS has its roles once an account, and data gets to a second region by what its store has for that. */
function migrations({ migrations: all, sources }: Fleet, entry: Account): Violation[] {
  return all
    .filter(({ account }) => account === entry.name)
    .map(({ id, account }) => ({
      file: sources.migrations[id] ?? id,
      path: "account",
      given: account,
      allowed: `an account's own entry; ${account} is a second region of ${entry.regionOf ?? ""}`,
      mend: `migrate into ${entry.regionOf ?? ""}, and copy from there: global of a database, replicateTo of a bucket`,
    }));
}

const inFile = ({ sources }: Fleet, { name }: Account, found: readonly Found[]): Violation[] =>
  found.map((violation) => ({ file: sources.accounts[name] ?? name, ...violation }));

function sameAccount(whole: Account, entry: Account): Found[] {
  if (whole.kind !== "workload")
    return [
      {
        path: "regionOf",
        given: whole.name,
        allowed: `an account of kind workload; ${whole.name} is ${whole.kind}, and there once in the organization`,
        mend:
          whole.kind === "shared-services"
            ? "remove this file; images get to a second region by registry.replicateTo"
            : "remove this file",
      },
    ];
  return (["id", "email"] as const).flatMap((field): Found[] =>
    entry[field] === whole[field]
      ? []
      : [
          {
            path: field,
            given: entry[field],
            allowed: `${whole[field]}: a second region is of the same AWS account as ${whole.name}`,
            mend: "remove it, or remove regionOf where it is an account of its own",
          },
        ],
  );
}

function inOneRegion(whole: Account, entry: Account, earlier: readonly Account[]): Found[] {
  const holder = [whole, ...earlier].find(({ region }) => region === entry.region);
  return holder === undefined
    ? []
    : [
        {
          path: "region",
          given: entry.region,
          allowed: `a region of its own; ${holder.name} is in this one already`,
          mend: `write another of the organization's allowedRegions`,
        },
      ];
}

/**
 * Roles, buckets, dashboards and distributions have one name in all regions: an entry's, a dash, and what they are
 * for. `ireland-mailer` in `live` would be `mailer` in `live-ireland`.
 */
function sharedNames(fleet: Fleet, entry: Account, other: Account): Found[] {
  const { name } = entry;
  if (!other.name.startsWith(`${name}-`)) return [];
  const rest = other.name.slice(name.length + 1);
  return named(fleet, entry)
    .filter(([, called]) => called === rest || called.startsWith(`${rest}-`))
    .map(([kind, called]) => ({
      path: "name",
      given: other.name,
      allowed: `a name that nothing in ${name} begins with: ${kind} ${called} there and this region would share names in IAM, which has no regions`,
      mend: `call it ${rest}-${name}, or rename ${called}`,
    }));
}

function named(fleet: Fleet, account: Account): (readonly [kind: string, name: string])[] {
  const { data, edge, hosting, queue } = account;
  const keys = (kind: string, entries: object | undefined) =>
    Object.keys(entries ?? {}).map((name) => [kind, name] as const);
  return [
    ...servicesIn(fleet, account).map(({ name }) => ["service", name] as const),
    ...Object.entries(data ?? {}).flatMap(([kind, stores]) =>
      typeof stores === "object" ? keys(kind, stores) : [],
    ),
    ...keys("capacity provider", hosting?.capacityProviders),
    ...keys("load balancer", hosting?.loadBalancers),
    ...keys("site", edge?.sites),
    ...keys("broker", queue?.brokers),
  ];
}
