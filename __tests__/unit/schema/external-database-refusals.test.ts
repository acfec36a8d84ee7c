import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const PRIVATE = { serviceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0" };
const live = (database: object, account: object = {}): Change => ({
  accounts: {
    live: {
      data: {
        externalDatabases: { catalogue: { kind: "mongodb-atlas", secret: "orders/database", ...database } },
      },
      ...account,
    },
  },
});

const REFUSED: readonly (readonly [shows: string, change: Change, path: string, words: string])[] = [
  [
    "a secret that its account lacks",
    live({ secret: "orders/databases" }),
    "data.externalDatabases.catalogue.secret",
    "orders/database",
  ],
  [
    "a key of a parameter",
    live({ secret: "mail/provider:url" }),
    "data.externalDatabases.catalogue.secret",
    "ECS finds keys in Secrets Manager only",
  ],
  [
    "an endpoint service of another region",
    live({ privateLink: { serviceName: PRIVATE.serviceName.replace("central", "west") } }),
    "data.externalDatabases.catalogue.privateLink.serviceName",
    "an endpoint service in eu-central-1",
  ],
  [
    "something else than an endpoint service",
    live({ privateLink: { serviceName: "cluster0.mongodb.net" } }),
    "data.externalDatabases.catalogue.privateLink.serviceName",
    "com.amazonaws.vpce",
  ],
  [
    "a connection string in place of a secret",
    live({ secret: "mongodb+srv://user:password@cluster0.mongodb.net" }),
    "data.externalDatabases.catalogue.secret",
    "a secret's name",
  ],
  [
    "no way out of the network",
    live({}, { capabilities: { natGateways: "none" } }),
    "data.externalDatabases.catalogue.privateLink",
    "no NAT gateways that lead out",
  ],
  [
    "a service's database that its account lacks",
    {
      ...live({ privateLink: PRIVATE }),
      services: { orders: { accounts: ["live"], externalDatabases: ["catalog"] } },
    },
    "externalDatabases[0] (in live)",
    "write ",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(change));
  const violation = found.find((candidate) => candidate.path === path);
  expect(found.map((candidate) => candidate.path)).toContain(path);
  expect(JSON.stringify([violation?.allowed, violation?.mend])).toContain(words);
  expect(JSON.stringify(found)).not.toContain("user:password");
});
