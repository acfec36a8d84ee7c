import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const live = (catalogue: object): Change => ({
  accounts: { live: { data: { documentDatabases: { catalogue } } } },
});
const PATH = "data.documentDatabases.catalogue";

const REFUSED: readonly (readonly [shows: string, change: Change, path: string, words: string])[] = [
  [
    "a class that DocumentDB lacks",
    live({ instanceClass: "db.r6g.lrge" }),
    `${PATH}.instanceClass`,
    'write \\"db.r6g.large\\"',
  ],
  ["TLS turned off", live({ parameters: { tls: "disabled" } }), `${PATH}.parameters.tls`, "not a choice"],
  [
    "a parameter that is none",
    live({ parameters: { profiler_treshold_ms: "200" } }),
    `${PATH}.parameters.profiler_treshold_ms`,
    "write profiler_threshold_ms",
  ],
  [
    "storage that its version lacks",
    live({ engineVersion: "4.0.0", storageType: "iopt1" }),
    `${PATH}.storageType`,
    "5.0.0",
  ],
  [
    "too short a memory in a protected account",
    live({ backupRetentionDays: 2 }),
    `${PATH}.backupRetentionDays`,
    "at least 7",
  ],
  [
    "a cluster without network",
    {
      accounts: {
        live: { network: undefined, hosting: undefined, data: { documentDatabases: { catalogue: {} } } },
      },
    },
    PATH,
    "add a network section",
  ],
  [
    "a cluster its account lacks",
    { ...live({}), services: { orders: { accounts: ["live"], documentDatabases: ["catalog"] } } },
    "documentDatabases[0] (in live)",
    'write \\"catalogue\\"',
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(change));
  const violation = found.find((candidate) => candidate.path === path);
  expect(found.map((candidate) => candidate.path)).toContain(path);
  expect(JSON.stringify([violation?.allowed, violation?.mend])).toContain(words);
});

test("a short memory of a cluster is accepted where nothing is protected", () => {
  const documentDatabases = { catalogue: { backupRetentionDays: 1 } };
  expect(() => loadCompany({ accounts: { development: { data: { documentDatabases } } } })).not.toThrow();
});
