import type { Account } from "../account";
import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** Databases and buckets that services name are declared in their account, and each store has a name of its own. */
export function checkStores(fleet: Fleet): Violation[] {
  return [
    ...fleet.accounts.flatMap((account) => {
      const file = fleet.sources.accounts[account.name] ?? account.name;
      return [...withoutNetwork(account), ...sharedNames(account)].map((found) => ({ ...found, file }));
    }),
    ...perService(fleet, (service, account) => [
      ...service.databases.flatMap((name, index) =>
        unknown("database", name, formatPath(["databases", index]), account.data?.databases, account),
      ),
      ...Object.keys(service.buckets).flatMap((name) =>
        unknown("bucket", name, formatPath(["buckets", name]), account.data?.buckets, account),
      ),
    ]),
  ];
}

function unknown(
  kind: "database" | "bucket",
  name: string,
  path: string,
  stores: Readonly<Record<string, unknown>> = {},
  account: Account,
): Found[] {
  if (name in stores) return [];
  const known = Object.keys(stores);
  const meant = nearest(name, known);
  return [
    {
      path,
      given: name,
      allowed: `a ${kind} of ${account.name}: ${known.join(", ") || "it has none"}`,
      mend: meant === undefined ? `declare it in data.${kind}s of ${account.name}` : `write "${meant}"`,
    },
  ];
}

function withoutNetwork({ data, network }: Account): Found[] {
  if (network !== undefined) return [];
  return Object.keys(data?.databases ?? {}).map((name) => ({
    path: formatPath(["data", "databases", name]),
    given: "a database without network",
    inWords: true,
    allowed: "databases together with network, whose isolated subnets they are in",
    mend: "add a network section",
  }));
}

/** Each store is a stack `data-<name>`, whatever its kind. */
function sharedNames({ data }: Account): Found[] {
  const seen = new Map<string, string>();
  const { databases = {}, buckets = {}, fileSystems = {}, volumes = {} } = data ?? {};
  return Object.entries({ databases, buckets, fileSystems, volumes }).flatMap(([kind, stores]) =>
    Object.keys(stores).flatMap((name): Found[] => {
      const path = formatPath(["data", kind, name]);
      const first = seen.get(name);
      seen.set(name, first ?? path);
      return first === undefined
        ? []
        : [
            {
              path,
              given: name,
              allowed: `a name of its own; ${first} has this one`,
              mend: "rename one of them",
            },
          ];
    }),
  );
}
