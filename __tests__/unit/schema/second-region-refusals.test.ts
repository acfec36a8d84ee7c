import { loadCompany, removeFolders, type Change } from "../../support/company";
import { IN_IRELAND, irelandWith } from "../../support/second-region";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const told = (change: Change) =>
  violationsOf(() => loadCompany(change)).map(
    ({ file, path, allowed, mend }) => `${file.split("/").at(-1) ?? ""} ${path}: ${allowed}; ${mend ?? ""}`,
  );

const network = { cidrBlock: "10.22.0.0/16" };

describe("a second region that cannot be", () => {
  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    [
      "of an account that there is not",
      { regionOf: "lvie" },
      /^live-ireland.json regionOf: the account whose second region it is: development, live, management, shared-services; write "live"$/,
    ],
    [
      "of the management account",
      { regionOf: "management" },
      /regionOf: an account of kind workload; management is management, and there once/,
    ],
    [
      "of the account with the registry",
      { regionOf: "shared-services" },
      /regionOf: an account of kind workload.*images get to a second region by registry.replicateTo$/,
    ],
    ["in the first region", { region: "eu-central-1" }, /region: a region of its own; live is in this one/],
    [
      "in a region that is not allowed",
      { region: "eu-north-1" },
      /region: one of allowedRegions.*; choose one of these, or add the region/,
    ],
    [
      "of another AWS account",
      { id: "200000000009" },
      /id: 200000000003: a second region is of the same AWS account as live; remove it, or remove regionOf/,
    ],
    [
      "without addresses",
      { network: undefined },
      /network.cidrBlock: a range of its own.*; write network: \{/,
    ],
    [
      "with the first region's addresses",
      { network: { cidrBlock: "10.20.0.0/16" } },
      /network.cidrBlock: a range that shares no address with live's/,
    ],
    [
      "with people's roles",
      { roles: {} },
      /roles: nothing: it belongs to the whole account, whose entry is live/,
    ],
    ["with a registry", { registry: {} }, /registry: nothing: it belongs to the whole account/],
    ["with an unknown field", { hosting: { cluster: "x" } }, /hosting.cluster: one of the fields/],
  ])("%s is refused, and only that", (_, change, expected) => {
    const [first, ...others] = told(irelandWith(change));
    expect(first).toMatch(expected);
    expect(others).toEqual([]);
  });

  it("is told which entry is the account's where it names a region of it", () => {
    const paris = { name: "live-paris", regionOf: "live-ireland", region: "eu-west-3", network };
    const allowed = ["eu-central-1", "eu-west-1", "eu-west-3", "us-east-1"];
    expect(
      told({
        ...IN_IRELAND,
        organization: { allowedRegions: allowed },
        accounts: { ...IN_IRELAND.accounts, "live-paris": paris },
      }),
    ).toEqual([
      'live-paris.json regionOf: an account\'s own entry; live-ireland is a region of live itself; write "live"',
    ]);
  });

  it("is not there twice", () => {
    const again = { name: "live-dublin", regionOf: "live", region: "eu-west-1", network };
    expect(
      told({ ...IN_IRELAND, accounts: { ...IN_IRELAND.accounts, "live-dublin": again } }),
    ).toContainEqual(
      expect.stringMatching(/^live-ireland.json region: a region of its own; live-dublin is in/),
    );
  });

  it("takes the account's names alone, and no name that has a record of its own", () => {
    const paris = { name: "live-paris", regionOf: "live", region: "eu-west-3", network, traffic: "active" };
    const both = irelandWith({ traffic: "active" });
    const organization = { allowedRegions: ["eu-central-1", "eu-west-1", "eu-west-3", "us-east-1"] };
    expect(told({ ...both, organization, accounts: { ...both.accounts, "live-paris": paris } })).toEqual([
      'live-paris.json traffic: "standby": the names of live lead to live-ireland already; write "standby" here or in live-ireland',
    ]);
    const pinned = "shards public 2\nrule public orders * 2 40001 orders\n";
    expect(told({ ...both, files: { "ledgers/doors/live": pinned } })).toEqual([
      expect.stringMatching(
        /^live-ireland.json traffic: "standby" as long as orders has a record of its own in live/,
      ),
    ]);
    const itself = {
      ...IN_IRELAND.accounts,
      live: { ...(IN_IRELAND.accounts?.["live"] as object), traffic: "own" },
    };
    expect(told({ ...IN_IRELAND, accounts: itself })).toEqual([
      expect.stringMatching(/^live.json traffic: nothing: live has its names itself/),
    ]);
  });

  it("shares no name in IAM with what the account calls alike", () => {
    const [first, ...others] = told({
      ...IN_IRELAND,
      services: {
        ...IN_IRELAND.services,
        ireland: { name: "ireland-reports", owner: "reports@acme.example", kind: "worker" },
      },
    });
    expect(first).toMatch(
      /^live-ireland.json name: a name that nothing in live begins with: service ireland-reports .*; call it ireland-live, or rename ireland-reports$/,
    );
    expect(others).toEqual([]);
  });

  it("repeats nothing that is wrong with the account itself", () => {
    const tooLarge = { queue: { queues: { invoices: {}, lost: {} } } };
    const { live = {} } = IN_IRELAND.accounts ?? {};
    const wrong = told({
      ...IN_IRELAND,
      accounts: { ...IN_IRELAND.accounts, live: { ...(live as object), ...tooLarge } },
    });
    expect(wrong).not.toEqual([]);
    expect(wrong.filter((line) => line.startsWith("live-ireland"))).toEqual([]);
    const unknown = { ...(live as object), hosting: { cluster: "x" } };
    expect(told({ ...IN_IRELAND, accounts: { ...IN_IRELAND.accounts, live: unknown } })).toEqual([
      expect.stringMatching(/^live.json hosting.cluster/),
    ]);
  });
});
