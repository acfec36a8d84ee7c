import { loadCompany, removeFolders, type Change } from "../../support/company";
import { refusal, violationsOf } from "../../support/violations";

afterAll(removeFolders);

describe("an organization without registry", () => {
  const withoutRegistry = { "shared-services": { registry: undefined } };

  it("is refused as long as it has services, whose tasks could never start", () => {
    const found = violationsOf(() => loadCompany({ accounts: withoutRegistry }));

    expect(found).toHaveLength(1);
    expect(found[0]?.file).toMatch(/accounts\/shared-services\.json$/);
    expect(found[0]).toMatchObject({
      path: "registry",
      given: "no registry for the images of mailer, orders",
      mend: "write registry: {}",
    });
  });

  it("is told to add an account for it where it has none of that kind", () => {
    const [found] = violationsOf(() => loadCompany({ accounts: { "shared-services": undefined } }));

    expect(found?.file).toMatch(/organization\.json$/);
    expect(found?.mend).toMatch(/kind: "shared-services" and registry: \{\}/);
  });

  it("is accepted without services", () => {
    const services = { orders: undefined, mailer: undefined };

    expect(() => loadCompany({ accounts: withoutRegistry, services })).not.toThrow();
  });
});

/** A change, the path that is named, and what is told to do. */
const MENDED: Readonly<Record<string, readonly [change: Change, path: RegExp, mend: string]>> = {
  "a number in quotes": [{ services: { orders: { memory: "1" } } }, /^memory$/, "write 1, without quotes"],
  "overrides of an unknown account": [
    { services: { orders: { overrides: { developmnt: {} } } } },
    /^overrides\.developmnt$/,
    'write "development"',
  ],
  "a mount without access point": [
    {
      accounts: {
        live: { data: { fileSystems: { shared: { accessPoints: { sites: { path: "/sites" } } } } } },
      },
      services: {
        orders: { accounts: ["live"], volumes: { sites: { fileSystem: "shared", mountPath: "/s" } } },
      },
    },
    /^volumes\.sites\.accessPoint/,
    'write accessPoint: "sites"',
  ],
  "working hours that end before they start": [
    {
      accounts: {
        development: { capabilities: { workingHours: { timezone: "UTC", start: "20:00", stop: "07:00" } } },
      },
    },
    /workingHours\.stop$/,
    'write start: "07:00" and stop: "20:00", if it is these hours of a day',
  ],
  "working hours on no day": [
    {
      accounts: {
        development: {
          capabilities: { workingHours: { timezone: "UTC", start: "07:00", stop: "20:00", days: [] } },
        },
      },
    },
    /workingHours\.days$/,
    "leave days away for Monday to Friday, or write workingHours: null to run always",
  ],
  "a cron of five fields": [cron("cron(0 3 * * *)"), /^schedule\.expression/, 'write "cron(0 3 * * ? *)"'],
  "a cron of weekdays without ?": [
    cron("cron(0 3 * * MON-FRI *)"),
    /^schedule\.expression/,
    'write "cron(0 3 ? * MON-FRI *)"',
  ],
  "a retired runtime, with the one that functions have by default": [
    {
      services: { orders: { functions: { resize: { runtime: "nodejs18.x", schedule: "rate(1 hour)" } } } },
      files: { "functions/resize/index.mjs": "" },
    },
    /^functions\.resize\.runtime/,
    'write "nodejs22.x"',
  ],
};

function cron(expression: string): Change {
  return {
    services: {
      report: { name: "report", owner: "r@acme.example", kind: "scheduledTask", schedule: { expression } },
    },
  };
}

it.each(Object.entries(MENDED))("tells how to mend %s", (_, [change, path, mend]) => {
  const found = violationsOf(() => loadCompany(change));

  expect(found).toHaveLength(1);
  expect(found[0]?.path).toMatch(path);
  expect(found[0]?.mend).toBe(mend);
});

describe("a file that is no JSON", () => {
  it.each([
    ['{\n  "name": "x"\n  "owner": "y"\n}', ":3:3", '"owner": "y"', "write a comma before it"],
    ['{ "name": "x", }', ":1:14", '{ "name": "x", }', "remove the comma"],
    ["{ 'name': 1 }", ":1:3", "{ 'name': 1 }", `write " instead of '`],
    ["{\n  // said\n}", ":2:3", "// said", "remove the comment: JSON has none"],
    ['{ "name": shop }', ":1:11", '{ "name": shop }', 'write "shop"'],
    ['{ "name": [1, 2', ":1:16", '{ "name": [1, 2', "write ] at the end"],
  ])("is told by line and column: %s", (text, place, given, mend) => {
    const { violations, message } = refusal(() => loadCompany({ files: { "services/shop.json": text } }));

    expect(violations).toEqual([expect.objectContaining({ given, mend })]);
    expect(violations[0]?.file.endsWith(`services/shop.json${place}`)).toBe(true);
    expect(message.match(/shop\.json/g)).toHaveLength(1);
  });
});

describe("the list of what is wrong", () => {
  const unknown: Change = { services: { orders: { memroy: 1 } } };

  it("says that more may follow only where something could not be checked", () => {
    const wrong: Change = { accounts: { "shared-services": { registry: undefined } } };

    expect(refusal(() => loadCompany(unknown)).message).toMatch(/More may follow once these are mended/);
    expect(refusal(() => loadCompany(wrong)).message).not.toMatch(/More may follow/);
  });

  it("names the nearest fields and where all of them are", () => {
    expect(violationsOf(() => loadCompany(unknown))[0]?.allowed).toMatch(
      /^one of the fields, such as memory, \w+, \w+; docs\/language\.md has all of them$/,
    );
  });

  it("prints what is not there without quotes", () => {
    const { message } = refusal(() => loadCompany({ accounts: { live: { preset: undefined } } }));

    expect(message).toMatch(/given: {3}nothing\n/);
  });
});

it("says once what is wrong alike in several accounts", () => {
  const found = violationsOf(() => loadCompany({ services: { orders: { capacityProvider: "pool" } } }));

  expect(found.map(({ path }) => path)).toEqual(["capacityProvider (in development, live)"]);
});
