import type { Fleet } from "../../environments/schema/fleet";
import { loadFleet } from "../../environments/schema/load";
import { loadCompany, removeFolders, type Change } from "../support/company";
import { addService, copyOrganization, removeService } from "../support/organization-copy";
import { synthesized } from "../support/synthesized";

afterAll(removeFolders);

const ACCOUNTS = ["development", "live", "playground", "qa"];

type Texts = ReadonlyMap<string, string>;

/** The JSON of every stack, by its id. */
const jsonOf = (fleet: Fleet): Texts =>
  new Map([...synthesized(fleet).stacks].map(([id, { text }]) => [id, text]));

const before = jsonOf(loadFleet(copyOrganization()));
const acme = jsonOf(loadCompany());

/** What differs in the whole organization once `change` is made. */
function differences(change: (folder: string) => void) {
  const folder = copyOrganization();
  change(folder);
  return compare(before, jsonOf(loadFleet(folder)));
}

/** What differs in ACME, which is smaller. */
const differencesInAcme = (change: Change) => compare(acme, jsonOf(loadCompany(change)));

/** Stacks that are added, changed by a byte, removed. */
function compare(before: Texts, after: Texts) {
  const inBoth = [...after.keys()].filter((id) => before.has(id));
  return {
    added: [...after.keys()].filter((id) => !before.has(id)).sort(),
    changed: inBoth.filter((id) => before.get(id) !== after.get(id)).sort(),
    removed: [...before.keys()].filter((id) => !after.has(id)).sort(),
  };
}

const inEach = (name: string, accounts = ACCOUNTS) => accounts.map((account) => `${account}-service-${name}`);

const PRICES = `export default {
  name: "prices",
  owner: "billing@eemobility.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "prices" }, { alb: "internal", host: "prices" }],
};`;

describe("a service is one file", () => {
  it("whose adding adds a stack in each of its accounts and a repository, and touches nothing else", () => {
    expect(differences((folder) => addService(folder, "prices", PRICES))).toEqual({
      added: [...inEach("prices"), "shared-services-registry-prices"],
      changed: [],
      removed: [],
    });
  });

  const shop = { name: "shop", owner: "shop@acme.example", containerPort: 80 };

  it("that names its accounts adds stacks in these only", () => {
    const change = { services: { shop: { ...shop, accounts: ["live"] } } };

    expect(differencesInAcme(change).added).toEqual(["live-service-shop", "shared-services-registry-shop"]);
  });

  it("that pulls another service's image brings no repository", () => {
    const change = { services: { shop: { ...shop, repository: "orders" } } };

    expect(differencesInAcme(change).added).toEqual(["development-service-shop", "live-service-shop"]);
    expect(differencesInAcme(change).changed).toEqual([]);
  });

  it.each(["charging-api", "rfid-service"])("whose removal removes all of it and no more: %s", (name) => {
    expect(differences((folder) => removeService(folder, name))).toEqual({
      added: [],
      changed: [],
      removed: [...inEach(name), `shared-services-registry-${name}`],
    });
  });

  it("whose override for one account changes one stack", () => {
    const change = { services: { orders: { overrides: { live: { memory: 2048 } } } } };

    expect(differencesInAcme(change)).toEqual({ added: [], changed: ["live-service-orders"], removed: [] });
  });
});
