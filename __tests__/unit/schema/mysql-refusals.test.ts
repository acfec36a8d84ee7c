import { loadCompany, removeFolders } from "../../support/company";
import { STORE_EXAMPLES, STORE_NEEDS } from "../../support/store-examples";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const { buckets, mysqlClusters } = STORE_EXAMPLES;
const { journeys } = mysqlClusters;
const live = (change: object, account: object = {}) => ({
  accounts: {
    live: {
      ...STORE_NEEDS,
      data: { buckets, mysqlClusters: { journeys: { ...journeys, ...change } } },
      ...account,
    },
  },
});
const PATH = "data.mysqlClusters.journeys";

const REFUSED: readonly (readonly [shows: string, change: object, path: string, words: string])[] = [
  [
    "a type that is none",
    live({ instanceType: "t4g.medum" }),
    `${PATH}.instanceType`,
    'write \\"t4g.medium\\"',
  ],
  [
    "packages of another architecture",
    live({ instanceType: "m7i.large" }),
    `${PATH}.packages.key`,
    "take the bundle whose name has .x86_64.",
  ],
  [
    "packages in a bucket that is not there",
    live({ packages: { ...journeys.packages, bucket: "invoice" } }),
    `${PATH}.packages.bucket`,
    'write \\"invoices\\"',
  ],
  [
    "a password that has no place",
    live({ replicationSecret: "journeys/replica" }),
    `${PATH}.replicationSecret`,
    'write \\"journeys/replication\\"',
  ],
  ["a primary that is no member", live({ primary: 3 }), `${PATH}.primary`, "1 to 2"],
  [
    "too short a memory in a protected account",
    live({ backupRetentionDays: 3 }),
    `${PATH}.backupRetentionDays`,
    "7",
  ],
  [
    "TLS as a choice",
    live({ parameters: { require_secure_transport: "OFF" } }),
    `${PATH}.parameters.require_secure_transport`,
    "the platform sets it",
  ],
  [
    "instances without a way to AWS",
    live({}, { capabilities: { interfaceEndpoints: ["logs", "ssm", "secretsmanager"] } }),
    "capabilities.interfaceEndpoints",
    "monitoring, ssmmessages",
  ],
  [
    "a cluster its account lacks",
    { ...live({}), services: { orders: { accounts: ["live"], mysqlClusters: ["journey"] } } },
    "mysqlClusters[0] (in live)",
    'write \\"journeys\\"',
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(change));
  const violation = found.find((candidate) => candidate.path === path);
  expect(found.map((candidate) => candidate.path)).toContain(path);
  expect(JSON.stringify([violation?.allowed, violation?.mend])).toContain(words);
});

test("a bundle of another name than MySQL's is refused", () => {
  const packages = { ...journeys.packages, key: "mysql.tar" };
  const found = violationsOf(() => loadCompany(live({ packages })));
  expect(JSON.stringify(found)).toContain("rpm-bundle.tar");
});
