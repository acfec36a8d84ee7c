import type { Account } from "../account";
import { IN_NETWORK, type StoreKind } from "../data";
import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** Which stores a service names, by kind: the kind, its word, and each name with its path in the service. */
const REFERENCES: readonly {
  readonly kind: StoreKind;
  readonly word: string;
  names(service: Service): readonly (readonly [name: string, path: string])[];
}[] = [
  { kind: "databases", word: "database", names: ({ databases }) => listed("databases", databases) },
  { kind: "caches", word: "cache", names: ({ caches }) => listed("caches", caches) },
  {
    kind: "documentDatabases",
    word: "document database",
    names: ({ documentDatabases }) => listed("documentDatabases", documentDatabases),
  },
  {
    kind: "memoryDatabases",
    word: "in-memory database",
    names: ({ memoryDatabases }) => listed("memoryDatabases", memoryDatabases),
  },
  {
    kind: "searchDomains",
    word: "search domain",
    names: ({ searchDomains }) => keyed("searchDomains", searchDomains),
  },
  {
    kind: "mysqlClusters",
    word: "MySQL cluster",
    names: ({ mysqlClusters }) => listed("mysqlClusters", mysqlClusters),
  },
  { kind: "buckets", word: "bucket", names: ({ buckets }) => keyed("buckets", buckets) },
  {
    kind: "externalDatabases",
    word: "database outside",
    names: ({ externalDatabases }) => listed("externalDatabases", externalDatabases),
  },
  { kind: "streams", word: "stream", names: ({ streams }) => keyed("streams", streams) },
  { kind: "tables", word: "table", names: ({ tables }) => keyed("tables", tables) },
];

const listed = (field: string, list: readonly string[]) =>
  list.map((name, index) => [name, formatPath([field, index])] as const);

const keyed = (field: string, record: Readonly<Record<string, unknown>>) =>
  Object.keys(record).map((name) => [name, formatPath([field, name])] as const);

/** Stores that services name are declared in their account, and each store has a name of its own. */
export function checkStores(fleet: Fleet): Violation[] {
  return [
    ...fleet.accounts.flatMap((account) => {
      const file = fleet.sources.accounts[account.name] ?? account.name;
      return [...withoutNetwork(account), ...sharedNames(account)].map((found) => ({ ...found, file }));
    }),
    ...perService(fleet, (service, account) =>
      REFERENCES.flatMap((reference) =>
        reference.names(service).flatMap(([name, path]) => unknown(reference, name, path, account)),
      ),
    ),
  ];
}

function unknown(
  { kind, word }: { readonly kind: StoreKind; readonly word: string },
  name: string,
  path: string,
  account: Account,
): Found[] {
  const stores: Readonly<Record<string, unknown>> = account.data?.[kind] ?? {};
  if (name in stores) return [];
  const known = Object.keys(stores);
  const meant = nearest(name, known);
  return [
    {
      path,
      given: name,
      allowed: `a ${word} of ${account.name}: ${known.join(", ") || "it has none"}`,
      mend: meant === undefined ? `declare it in data.${kind} of ${account.name}` : `write "${meant}"`,
    },
  ];
}

function withoutNetwork({ data, network }: Account): Found[] {
  if (network !== undefined || data === undefined) return [];
  return IN_NETWORK.flatMap((kind) =>
    Object.keys(data[kind]).map((name) => ({
      path: formatPath(["data", kind, name]),
      given: "a store without network",
      inWords: true,
      allowed: `${kind} together with network, whose isolated subnets they are in`,
      mend: "add a network section",
    })),
  );
}

/** Each store is a stack `data-<name>`, whatever its kind. */
function sharedNames({ data }: Account): Found[] {
  const seen = new Map<string, string>();
  return Object.entries(data ?? {}).flatMap(([kind, stores]) =>
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
