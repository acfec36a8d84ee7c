import { loadCompany, removeFolders } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const company = (edge: Record<string, unknown>, account = "live") =>
  loadCompany({ accounts: { [account]: { edge } } });
const record = (values: Record<string, unknown>) => ({
  records: { mail: { name: "live.acme.example", type: "TXT", values: ["v=spf1 -all"], ...values } },
});

interface Mistake {
  readonly edge: Record<string, unknown>;
  readonly account?: string;
  readonly path: string;
  readonly given: unknown;
  readonly allowed: RegExp;
  readonly mend?: RegExp;
}

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "a site in an account without a network": {
    edge: { sites: { office: { host: "office" } } },
    account: "management",
    path: "edge",
    given: "sites and records without network",
    allowed: /whose network has a public zone/,
  },
  "two sites of one host": {
    edge: { sites: { office: { host: "office" }, desk: { host: "office" } } },
    path: "edge.sites.desk.host",
    given: "office",
    allowed: /site office has this one/,
  },
  "a site on the host of a service's public door": {
    edge: { sites: { office: { host: "orders" } } },
    path: "edge.sites.office.host",
    given: "orders",
    allowed: /service orders has this one/,
  },
  "a site on a label that is a zone": {
    edge: { sites: { office: { host: "internal" } } },
    path: "edge.sites.office.host",
    given: "internal",
    allowed: /which are zones/,
  },
  "a record outside the public zone": {
    edge: record({ name: "other.example" }),
    path: "edge.records.mail.name",
    given: "other.example",
    allowed: /live\.acme\.example, the account's public zone/,
  },
  "a record in a zone that another account answers for": {
    edge: record({ name: "live.acme.example" }),
    account: "shared-services",
    path: "edge.records.mail.name",
    given: "live.acme.example",
    allowed: /which live answers for/,
    mend: /edge\.records of live/,
  },
  "an address for a name that a site has": {
    edge: {
      sites: { office: { host: "office" } },
      ...record({ name: "office.live.acme.example", type: "A", values: ["192.0.2.1"] }),
    },
    path: "edge.records.mail.name",
    given: "office.live.acme.example",
    allowed: /edge\.sites\.office leads there already/,
  },
  "a record below a door's host, which would hide the wildcard": {
    edge: record({ name: "_dmarc.orders.live.acme.example" }),
    path: "edge.records.mail.name",
    given: "_dmarc.orders.live.acme.example",
    allowed: /the zone's wildcard would no longer lead to service orders/,
  },
  "a CNAME at the apex": {
    edge: record({ type: "CNAME", values: ["acme.example"] }),
    path: "edge.records.mail.type",
    given: "CNAME",
    allowed: /any type but CNAME at live\.acme\.example/,
  },
  "a CNAME beside another record": {
    edge: {
      records: {
        verify: { name: "docs.live.acme.example", type: "TXT", values: ["x"] },
        docs: { name: "docs.live.acme.example", type: "CNAME", values: ["acme.example"] },
      },
    },
    path: "edge.records.docs",
    given: "docs.live.acme.example CNAME",
    allowed: /no other record beside a CNAME; edge\.records\.verify has the name too/,
  },
  "two records of one name and type": {
    edge: {
      records: {
        spf: { name: "live.acme.example", type: "TXT", values: ["v=spf1 -all"] },
        verify: { name: "live.acme.example", type: "TXT", values: ["x=1"] },
      },
    },
    path: "edge.records.verify",
    given: "live.acme.example TXT",
    allowed: /edge\.records\.spf is it/,
    mend: /write its values into edge\.records\.spf/,
  },
  "a mail server without its priority": {
    edge: record({ type: "MX", values: ["10 mail.acme.example", "mail.acme.example"] }),
    path: "edge.records.mail.values[1]",
    given: "mail.acme.example",
    allowed: /priority and mail server/,
  },
  "an authority without quotes": {
    edge: record({ type: "CAA", values: ["0 issue amazon.com"] }),
    path: "edge.records.mail.values[0]",
    given: "0 issue amazon.com",
    allowed: /a quoted value/,
  },
  "an address that is none": {
    edge: record({ name: "vpn.live.acme.example", type: "A", values: ["192.0.2.256"] }),
    path: "edge.records.mail.values[0]",
    given: "192.0.2.256",
    allowed: /an IPv4 address/,
  },
  "a text that is quoted already": {
    edge: record({ values: ['"v=spf1 -all"'] }),
    path: "edge.records.mail.values[0]",
    given: '"v=spf1 -all"',
    allowed: /it is quoted and split by itself/,
  },
};

it.each(Object.entries(MISTAKES))("refuses %s", (_what, { edge, account, path, given, allowed, mend }) => {
  const violations = violationsOf(() => company(edge, account));
  expect(violations).toHaveLength(1);
  const [violation] = violations;
  expect(violation?.file).toMatch(new RegExp(`accounts/${account ?? "live"}\\.json$`));
  expect(violation).toMatchObject({ path, given, allowed: expect.stringMatching(allowed) });
  if (mend !== undefined) expect(violation?.mend).toMatch(mend);
});

it("refuses sites where the organization allows no us-east-1, where CloudFront's certificates are", () => {
  const within = (allowedRegions: string[]) =>
    loadCompany({
      organization: { allowedRegions },
      accounts: { live: { edge: { sites: { office: { host: "office" } } } } },
    });

  expect(() => within(["eu-central-1", "us-east-1"])).not.toThrow();
  expect(violationsOf(() => within(["eu-central-1"]))).toEqual([
    expect.objectContaining({
      path: "edge.sites",
      given: expect.stringContaining("us-east-1"),
      mend: "add us-east-1 to the organization's allowedRegions",
    }),
  ]);
});

it("accepts what a mail provider asks for", () => {
  const at = (name: string, type: string, ...values: string[]) => ({ name, type, values });
  expect(() =>
    company({
      records: {
        mx: at("live.acme.example", "MX", "10 mail.acme.example", "20 mail2.acme.example."),
        dmarc: at("_dmarc.live.acme.example", "TXT", "v=DMARC1; p=reject"),
        key: at("s1._domainkey.live.acme.example", "CNAME", "s1.mail.example"),
        srv: at("_sip._tcp.live.acme.example", "SRV", "1 10 5060 sip.acme.example"),
        caa: at("live.acme.example", "CAA", '0 issue "amazon.com"'),
        six: at("vpn.live.acme.example", "AAAA", "2001:db8::1"),
      },
    }),
  ).not.toThrow();
});
