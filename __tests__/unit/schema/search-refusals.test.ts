import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const live = (searchDomains: object): Change => ({ accounts: { live: { data: { searchDomains } } } });
const products = (domain: object) => live({ products: domain });
const at = (field: string) => `data.searchDomains.products.${field}`;

const REFUSED: readonly (readonly [shows: string, change: Change, path: string, words: string])[] = [
  [
    "a domain its account lacks",
    {
      ...products({}),
      services: { orders: { accounts: ["live"], searchDomains: { product: "read" } } },
    },
    "searchDomains.product (in live)",
    "write ",
  ],
  [
    "a version that AWS lacks",
    products({ engineVersion: "OpenSearch_2.18" }),
    at("engineVersion"),
    "OpenSearch_2.19",
  ],
  [
    "an instance type that is none",
    products({ instanceType: "r7g.larg.search" }),
    at("instanceType"),
    "r7g.large",
  ],
  [
    "masters of a type that is none",
    products({ dedicatedMasterType: "x9.large.search" }),
    at("dedicatedMasterType"),
    "OpenSearch",
  ],
  [
    "data nodes that zones cannot share",
    products({ availabilityZoneCount: 2, instanceCount: 3 }),
    at("instanceCount"),
    "write 4",
  ],
  [
    "one zone where the account keeps standbys",
    products({ availabilityZoneCount: 1 }),
    at("availabilityZoneCount"),
    "multiAz",
  ],
  [
    "a volume that its type does not take",
    products({ instanceType: "t3.small.search", volumeSize: 200 }),
    at("volumeSize"),
    "at most 100 GiB",
  ],
  [
    "a name that OpenSearch refuses",
    { accounts: { development: { data: { searchDomains: { "products-and-offers": {} } } } } },
    "data.searchDomains.products-and-offers",
    "shorten it by",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(change));
  expect(found.map((candidate) => candidate.path)).toContain(path);
  const said = found.filter((candidate) => candidate.path === path);
  expect(JSON.stringify(said.map(({ allowed, mend }) => [allowed, mend]))).toContain(words);
});

test("more zones than the network has are refused", () => {
  const change = live({ products: { availabilityZoneCount: 3 } });
  const found = violationsOf(() =>
    loadCompany({
      accounts: {
        live: {
          ...(change.accounts?.["live"] as object),
          network: { cidrBlock: "10.20.0.0/16", availabilityZones: ["a", "b"] },
        },
      },
    }),
  );
  expect(found.map(({ path }) => path)).toContain(at("availabilityZoneCount"));
});
