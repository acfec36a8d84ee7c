import type { Account } from "../account";
import { servicesIn, type Fleet } from "../fleet";
import * as names from "../names";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Nodes of one cluster of ElastiCache or MemoryDB; AWS begins with 90 and raises it. */
const NODES_MOST = 500;

/** Fewest days for which snapshots of a protected account are kept. */
const LEAST_RETENTION = 7;

const EVICTIONS = [
  "allkeys-lfu",
  "allkeys-lru",
  "allkeys-random",
  "noeviction",
  "volatile-lfu",
  "volatile-lru",
  "volatile-random",
  "volatile-ttl",
];

/** Parameters whose values are known, and what they may say. */
const KNOWN: Readonly<Record<string, { readonly takes: RegExp; readonly allowed: string }>> = {
  "maxmemory-policy": { takes: new RegExp(`^(${EVICTIONS.join("|")})$`), allowed: EVICTIONS.join(", ") },
  // https://valkey.io/topics/notifications/
  "notify-keyspace-events": {
    takes: /^(?=.*[KE])[KEg$lshzxetdmnA]+$/,
    allowed:
      "K (keyspace) or E (keyevent), and which events: A for all, or of g $ l s h z x e t d m n; such as KEA",
  },
};

/** What is wrong with parameters of Valkey and Redis; `decided` are those that other fields say. */
export function parameterFaults(
  parameters: Readonly<Record<string, string>>,
  decided: Readonly<Record<string, string>>,
): Found[] {
  return Object.entries(parameters).flatMap(([name, value]): Found[] => {
    const path = formatPath(["parameters", name]);
    const why = decided[name];
    if (why !== undefined) return [{ path, given: value, allowed: `nothing: ${why}` }];
    const known = KNOWN[name];
    return known === undefined || known.takes.test(value)
      ? []
      : [{ path, given: value, allowed: known.allowed }];
  });
}

export function retentionFaults(days: number | undefined, { capabilities }: Account): Found[] {
  return capabilities.deletionProtection && (days ?? LEAST_RETENTION) < LEAST_RETENTION
    ? [
        {
          path: "snapshotRetentionDays",
          given: days,
          allowed: `at least ${LEAST_RETENTION} in an account whose stores are protected`,
        },
      ]
    : [];
}

/** What both kinds of store say of their nodes. */
interface Nodes {
  readonly nodeType: string;
  readonly shards: number;
  readonly replicas: number;
  readonly known: ReadonlySet<string>;
  /** The service of AWS, and one or two of its node types. */
  readonly service: string;
  readonly such: string;
}

/** What is wrong with a version, where the engine has only some. */
export function versionFaults(
  engine: string,
  version: string,
  versions: readonly string[],
  given: string | undefined,
): Found[] {
  return versions.includes(version)
    ? []
    : [
        {
          path: "engineVersion",
          given,
          allowed: `with ${engine}: ${versions.join(", ")}`,
          mend: "leave it away for the version that the platform is tried with",
        },
      ];
}

/** What is wrong with nodes: their type, how many there are, and that none stands by. */
export function nodeFaults(
  { nodeType, shards, replicas, known, service, such }: Nodes,
  { capabilities }: Account,
): Found[] {
  const count = shards * (1 + replicas);
  const meant = nearest(nodeType, [...known]);
  return [
    ...(known.has(nodeType)
      ? []
      : [
          {
            path: "nodeType",
            given: nodeType,
            allowed: `a node type that ${service} has, such as ${such}`,
            mend: meant === undefined ? `choose one like ${such}` : `write "${meant}"`,
          },
        ]),
    ...(count <= NODES_MOST
      ? []
      : [
          {
            path: "shards",
            given: `${count} nodes: ${shards} shards with ${1 + replicas} each`,
            inWords: true,
            allowed: `at most ${NODES_MOST} nodes`,
            mend: "take larger nodes, or fewer replicas",
          },
        ]),
    ...(capabilities.multiAz && replicas === 0
      ? [
          {
            path: "replicasPerShard",
            given: 0,
            allowed:
              "at least 1: the account keeps a standby of its stores in another zone (multiAz), and failover needs one",
            mend: "leave it away",
          },
        ]
      : []),
  ];
}

/** Users of one region have their names for all stores of a kind: `a-b` for `c` is `a` for `b-c`. */
export function userFaults(
  fleet: Fleet,
  account: Account,
  kind: "caches" | "memoryDatabases",
  stores: readonly string[],
): Found[] {
  const seen = new Map<string, string>();
  return stores
    .flatMap((name) => [
      [names.storeOperator(account, name), `operators at ${name}`] as const,
      ...servicesIn(fleet, account)
        .filter((service) => service[kind].includes(name))
        .map((service) => [names.storeUser(name, service), `${service.name} at ${name}`] as const),
    ])
    .flatMap(([user, whose]): Found[] => {
      const first = seen.get(user);
      seen.set(user, first ?? whose);
      return first === undefined
        ? []
        : [
            {
              path: formatPath(["data", kind]),
              given: user,
              allowed: `one user of that name; it is that of ${first} and that of ${whose}`,
              mend: "rename one of the stores",
            },
          ];
    });
}
