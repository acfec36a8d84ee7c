import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const live = (data: object): Change => ({ accounts: { live: { data } } });
const orders = (service: object): Change => ({ services: { orders: { accounts: ["live"], ...service } } });

const REFUSED: readonly (readonly [shows: string, change: Change, path: string, words: string])[] = [
  [
    "a database its account lacks",
    { ...live({ databases: { orders: {} } }), ...orders({ databases: ["order"] }) },
    "databases[0] (in live)",
    "write ",
  ],
  [
    "a bucket its account lacks",
    orders({ buckets: { invoices: "read" } }),
    "buckets.invoices (in live)",
    "live",
  ],
  [
    "an instance class that Aurora lacks",
    live({ databases: { orders: { instanceClass: "db.t3.micro" } } }),
    "data.databases.orders.instanceClass",
    "Aurora PostgreSQL",
  ],
  [
    "too short a memory in a protected account",
    live({ databases: { orders: { backupRetentionDays: 3 } } }),
    "data.databases.orders.backupRetentionDays",
    "at least 7",
  ],
  [
    "TLS turned off by parameter",
    live({ databases: { orders: { parameters: { "rds.force_ssl": "0" } } } }),
    "data.databases.orders.parameters.rds.force_ssl",
    "TLS is not a choice",
  ],
  [
    "a formula for connections",
    live({ databases: { orders: { parameters: { max_connections: "LEAST(1,2)" } } } }),
    "data.databases.orders.parameters.max_connections",
    "a number",
  ],
  [
    "an archive of what has expired",
    live({ buckets: { invoices: { archiveAfterDays: 90, expireAfterDays: 30 } } }),
    "data.buckets.invoices.archiveAfterDays",
    "less than expireAfterDays, 30",
  ],
  [
    "a bucket and a database of one name, one stack",
    live({ buckets: { orders: {} }, databases: { orders: {} } }),
    "data.buckets.orders",
    "data.databases.orders has this one",
  ],
  [
    "a store without network",
    { accounts: { live: { network: undefined, hosting: undefined, data: { databases: { orders: {} } } } } },
    "data.databases.orders",
    "add a network section",
  ],
  [
    "a bucket's name that S3 would refuse",
    {
      organization: { name: "acme-international" },
      accounts: { development: { data: { buckets: { "invoices-and-reminders": {} } } } },
    },
    "data.buckets.invoices-and-reminders",
    "at most 19",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(change));
  const violation = found.find((candidate) => candidate.path === path);
  expect(found.map((candidate) => candidate.path)).toContain(path);
  expect(JSON.stringify([violation?.allowed, violation?.mend])).toContain(words);
});

test("a database that nobody uses, with little memory of the past outside protected accounts, is accepted", () => {
  expect(() =>
    loadCompany({
      accounts: { development: { data: { databases: { orders: { backupRetentionDays: 1 } } } } },
    }),
  ).not.toThrow();
});
