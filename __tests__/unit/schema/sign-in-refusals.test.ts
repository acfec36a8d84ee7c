import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const acme = (doors: readonly object[], live: object = { auth: {} }, others: object = {}): Change => ({
  accounts: { live },
  services: { orders: { accounts: ["live"], loadBalancers: doors }, ...others },
});
const client = (values: object): Change =>
  acme([], { auth: { clients: { app: { callbackUrls: ["acme://in"], ...values } } } });
const people = { alb: "public", host: "orders", authenticate: true };

const MISTAKES: Readonly<
  Record<string, readonly [change: Change, path: string, allowed: RegExp, mend?: RegExp]>
> = {
  "a door with authentication in an account without people": [
    acme([people], {}),
    "loadBalancers[0].authenticate (in live)",
    /live has no user pool to sign in to/,
    /add an auth section to live/,
  ],
  "authentication on a door that machines call": [
    acme([{ ...people, callers: "machines" }]),
    "loadBalancers[0].authenticate (in live)",
    /false on a door that machines call/,
    /a host or path of their own/,
  ],
  "authentication on an internal door, which machines call unless it is said": [
    acme([{ ...people, alb: "internal" }]),
    "loadBalancers[0].authenticate (in live)",
    /false on a door that machines call/,
    /callers: "people"/,
  ],
  "authentication behind an internal load balancer that reaches no user pool": [
    acme([{ ...people, alb: "internal", callers: "people" }], {
      auth: {},
      capabilities: { natGateways: "none" },
    }),
    "loadBalancers[0].authenticate (in live)",
    /without NAT gateways it cannot reach the user pool/,
  ],
  "a machines' path that authentication of another service takes": [
    acme(
      [people, { ...people, path: "/*" }],
      { auth: {} },
      {
        gate: {
          name: "gate",
          owner: "gate@acme.example",
          accounts: ["live"],
          containerPort: 8080,
          loadBalancers: [{ alb: "public", host: "orders", callers: "machines" }],
        },
      },
    ),
    "loadBalancers[0].path (in live)",
    /orders has authenticate on orders\/\*, which comes first/,
  ],
  "a client that people come back to in clear": [
    client({ callbackUrls: ["https://shop.example/in", "http://shop.example/in"] }),
    "auth.clients.app.callbackUrls[1]",
    /codes must not travel in clear/,
  ],
  "a client that people leave in clear": [
    client({ logoutUrls: ["http://shop.example/out"] }),
    "auth.clients.app.logoutUrls[0]",
    /codes must not travel in clear/,
  ],
  "a page that AWS would not have": [
    { organization: { name: "amazonia" }, ...acme([], { auth: {} }) },
    "auth.domainPrefix",
    /without aws, amazon or cognito/,
  ],
};

describe("sign-in is refused as", () => {
  it.each(Object.entries(MISTAKES))("%s", (_, [change, path, allowed, mend]) => {
    const violations = violationsOf(() => loadCompany(change));
    const found = violations.find((violation) => violation.path === path);

    expect(violations.map((violation) => violation.path)).toContain(path);
    expect(found?.allowed).toMatch(allowed);
    if (mend !== undefined) expect(found?.mend).toMatch(mend);
  });
});

describe("sign-in is accepted as", () => {
  const ACCEPTED: Readonly<Record<string, Change>> = {
    "people on a host, machines on a path of it": acme([
      people,
      { alb: "public", host: "orders", path: "/api/*", callers: "machines" },
    ]),
    "people on a path, machines on the rest of the host": acme([
      { ...people, path: "/admin/*" },
      { alb: "public", host: "orders", callers: "machines" },
    ]),
    "people behind an internal load balancer": acme([{ ...people, alb: "internal", callers: "people" }]),
    "an app with a scheme of its own": client({ callbackUrls: ["com.acme.shop://in"] }),
  };

  it.each(Object.entries(ACCEPTED))("%s", (_, change) => {
    expect(() => loadCompany(change)).not.toThrow();
  });
});
