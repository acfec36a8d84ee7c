import { loadFleet } from "../../environments/schema/load";
import { removeFolders } from "../support/company";
import { addService, copyOrganization, removeService } from "../support/organization-copy";
import { synthesized } from "../support/synthesized";

afterAll(removeFolders);

const ACCOUNTS = ["development", "live", "playground", "qa"];

/** The JSON of every stack, by its id. */
function jsonOf(folder: string): Map<string, string> {
  return new Map([...synthesized(loadFleet(folder)).stacks].map(([id, { text }]) => [id, text]));
}

const before = jsonOf(copyOrganization());

/** What differs, byte by byte, once `change` is made: added, changed, removed. */
function differences(change: (folder: string) => void) {
  const folder = copyOrganization();
  change(folder);
  const after = jsonOf(folder);
  const inBoth = [...after.keys()].filter((id) => before.has(id));
  return {
    added: [...after.keys()].filter((id) => !before.has(id)).sort(),
    changed: inBoth.filter((id) => before.get(id) !== after.get(id)).sort(),
    removed: [...before.keys()].filter((id) => !after.has(id)).sort(),
  };
}

const inEach = (name: string, accounts = ACCOUNTS) => accounts.map((account) => `${account}-service-${name}`);

const TARIFFS = `export default {
  name: "tariffs",
  owner: "billing@eemobility.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "tariffs" }, { alb: "internal", host: "tariffs" }],
};`;

describe("a service is one file", () => {
  it("whose adding adds a stack in each of its accounts and a repository, and touches nothing else", () => {
    expect(differences((folder) => addService(folder, "tariffs", TARIFFS))).toEqual({
      added: inEach("tariffs"),
      changed: ["shared-services-registry"],
      removed: [],
    });
  });

  it("that names its accounts adds stacks in these only", () => {
    const source = TARIFFS.replace("owner:", 'accounts: ["qa"],\n  owner:');

    expect(differences((folder) => addService(folder, "tariffs", source)).added).toEqual(
      inEach("tariffs", ["qa"]),
    );
  });

  it("that pulls another service's image changes no registry", () => {
    const source = TARIFFS.replace("owner:", 'repository: "contract-service",\n  owner:');

    expect(differences((folder) => addService(folder, "tariffs", source)).changed).toEqual([]);
  });

  it.each(["charging-api", "invoice-worker"])("whose removal removes all of it and no more: %s", (name) => {
    expect(differences((folder) => removeService(folder, name))).toEqual({
      added: [],
      changed: ["shared-services-registry"],
      removed: inEach(name),
    });
  });

  it("whose override for one account changes one stack", () => {
    const worker = `export default {
      name: "invoice-worker",
      owner: "billing@eemobility.example",
      kind: "worker",
      cpu: 256,
      memory: 1024,
      secrets: { SPRING_DATASOURCE_URL: "charging/database" },
      autoScaling: { minCapacity: 1, maxCapacity: 3 },
      overrides: { qa: { memory: 2048 } },
    };`;

    expect(differences((folder) => addService(folder, "invoice-worker", worker))).toEqual({
      added: [],
      changed: ["qa-service-invoice-worker"],
      removed: [],
    });
  });
});
