import { loadCompany, removeFolders } from "../../support/company";
import { frontOf } from "../../support/front";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

interface Mistake {
  readonly live?: Record<string, unknown>;
  readonly orders?: Record<string, unknown>;
  readonly path: string;
  readonly allowed: RegExp;
  readonly mend?: RegExp;
}

const route = (values: Record<string, unknown>) => ({
  apis: [{ api: "public", path: "/orders", ...values }],
});
const api = (values: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  apis: { public: { host: "api", ...values }, clicks: { host: "clicks" } },
  ...others,
});
const CLIENTS = { clients: { app: { callbackUrls: ["https://app.acme.example/in"] } } };

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "an API that is not there, with the one that was meant": {
    orders: route({ api: "publik" }),
    path: "apis[0].api (in live)",
    allowed: /an API of live: public, clicks/,
    mend: /write "public"/,
  },
  "an authorizer that is not there": {
    orders: route({ authorizer: "peple" }),
    path: "apis[0].authorizer (in live)",
    allowed: /people, iam, none/,
    mend: /write "people"/,
  },
  "a route that leaves open which of two authorizers": {
    live: api({
      authorizers: { people: {}, partners: { issuer: "https://id.partner.example", audience: ["acme"] } },
    }),
    orders: route({}),
    path: "apis[0].authorizer (in live)",
    allowed: /who may call: partners, people, iam, none; API public has several authorizers/,
  },
  "scopes without a token": {
    orders: route({ authorizer: "iam", scopes: ["orders/read"] }),
    path: "apis[0].scopes (in live)",
    allowed: /no token, no scope/,
  },
  "a path that no API takes": {
    orders: route({ path: "/orders/*/lines" }),
    path: "apis[0].path",
    allowed: /\/orders\/\* for all below it/,
  },
  "an answer that AWS would not wait for": {
    orders: route({ timeout: 60 }),
    path: "apis[0].timeout",
    allowed: /30/,
  },
  "tasks that listen at no port of a private load balancer": {
    orders: { ...route({}), loadBalancers: [{ alb: "internal", host: "orders" }] },
    path: "apis[0].listenerPort (in live)",
    allowed: /it has none/,
    mend: /nlb: "private"/,
  },
  "a port that is not the service's": {
    orders: route({ listenerPort: 9000 }),
    path: "apis[0].listenerPort (in live)",
    allowed: /8001/,
  },
  "a load balancer that can be reached past the API": {
    live: {
      hosting: { loadBalancers: { private: { type: "network", scheme: "internet-facing" } } },
    },
    orders: route({}),
    path: "apis[0].listenerPort (in live)",
    allowed: /faces the internet, past the API/,
    mend: /internal/,
  },
  "a port that does not speak TLS": {
    orders: {
      ...route({}),
      loadBalancers: [{ nlb: "private", host: "orders", listenerPort: 8001, protocol: "TCP" }],
    },
    path: "apis[0].listenerPort (in live)",
    allowed: /API Gateway verifies whom it speaks to/,
  },
  "a stream that is not there": {
    orders: route({ stream: "cliks" }),
    path: "apis[0].stream (in live)",
    allowed: /a stream of live: clicks/,
    mend: /write "clicks"/,
  },
  "records that are asked for": {
    orders: route({ stream: "clicks", methods: ["GET"] }),
    path: "apis[0].methods (in live)",
    allowed: /POST alone/,
  },
  "all paths into one stream": {
    orders: route({ stream: "clicks", path: "/clicks/*" }),
    path: "apis[0].path (in live)",
    allowed: /does not see which was asked for/,
  },
  "one route twice": {
    orders: { apis: [...route({}).apis, ...route({ path: "/orders/*" }).apis] },
    path: "apis[1].path (in live)",
    allowed: /each route of API public once/,
  },
  "a host that somebody has": {
    live: api({ host: "clicks" }),
    path: "apis.clicks.host",
    allowed: /apis\.public has this one/,
  },
  "a host that a web site has": {
    live: { edge: { sites: { home: { host: "api" } } } },
    path: "apis.public.host",
    allowed: /edge\.sites\.home has this one/,
  },
  "tokens for whom it may concern": {
    live: api({ authorizers: { partners: { issuer: "https://id.partner.example" } } }),
    path: "apis.public.authorizers.partners.audience",
    allowed: /a token for any other program would do/,
  },
  "tokens of a user pool that is not there": {
    live: api({ authorizers: { people: {} } }, { auth: undefined }),
    path: "apis.public.authorizers.people.issuer",
    allowed: /live has no user pool/,
  },
  "a user pool that no program signs in with": {
    live: { auth: { clients: {} } },
    path: "apis.public.authorizers.people",
    allowed: /programs whose tokens it takes/,
    mend: /auth\.clients of live/,
  },
  "pages of every origin": {
    live: api({ cors: { allowOrigins: ["*"] } }, { auth: CLIENTS }),
    path: "apis.public.cors.allowOrigins[0]",
    allowed: /https:\/\/app\.example\.com/,
  },
  "a load balancer on the internet where APIs are the only public door": {
    live: { capabilities: { publicLoadBalancers: false } },
    path: "hosting.loadBalancers.public.scheme",
    allowed: /publicLoadBalancers of live is false/,
  },
  "more APIs than VPC links": {
    live: { quotas: { vpcLinks: 1 } },
    path: "apis",
    allowed: /at most 1/,
    mend: /quotas\.vpcLinks/,
  },
  "more routes than an API has": {
    live: { quotas: { apiRoutes: 2 } },
    path: "apis.public",
    allowed: /at most 2/,
    mend: /quotas\.apiRoutes/,
  },
};

test.each(Object.entries(MISTAKES))(
  "%s is refused",
  (_title, { live = {}, orders = {}, path, allowed, mend }) => {
    const found = violationsOf(() => loadCompany(frontOf(live, orders)));
    const meant = found.find((violation) => violation.path === path);

    expect(found.map((violation) => violation.path)).toContain(path);
    expect(meant?.allowed).toMatch(allowed);
    if (mend !== undefined) expect(meant?.mend).toMatch(mend);
  },
);

test("a route that another service has is refused, by that service's file", () => {
  const change = frontOf({});
  const mailer = {
    kind: "service",
    accounts: ["live"],
    containerPort: 8080,
    loadBalancers: [{ nlb: "private", host: "mailer", listenerPort: 8002 }],
    apis: [{ api: "public", path: "/orders/{order}/lines", methods: ["GET"] }],
  };
  const [violation, ...others] = violationsOf(() =>
    loadCompany({ ...change, services: { ...change.services, mailer } }),
  );

  expect(others).toEqual([]);
  expect(violation?.allowed).toMatch(/services\/mailer\.json has this one/);
});

test("an API without a network is refused", () => {
  const found = violationsOf(() =>
    loadCompany({ accounts: { management: { apis: { public: { host: "api" } } } } }),
  );

  expect(found.map(({ path }) => path)).toContain("apis");
});

test("what is right is accepted", () => {
  expect(() => loadCompany(frontOf({}))).not.toThrow();
});
