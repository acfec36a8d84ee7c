import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const CANARY = { strategy: "CANARY" };
const BOTH = { public: { scheme: "internet-facing" }, internal: { scheme: "internal" } };
const AUTH = { auth: { clients: {} } };

/** One mistake, and what a person must be told about it. */
interface Mistake {
  readonly deploymentConfiguration: object;
  readonly service?: object;
  readonly more?: Change;
  readonly path: string | RegExp;
  readonly given: unknown;
  readonly allowed: RegExp;
}

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "a canary below what AWS takes": {
    deploymentConfiguration: { ...CANARY, canaryConfiguration: { canaryPercent: 0 } },
    path: "deploymentConfiguration.canaryConfiguration.canaryPercent",
    given: 0,
    allowed: /0\.1/,
  },
  "a step below what AWS takes": {
    deploymentConfiguration: { strategy: "LINEAR", linearConfiguration: { stepPercent: 2 } },
    path: "deploymentConfiguration.linearConfiguration.stepPercent",
    given: 2,
    allowed: /3/,
  },
  "more than a day": {
    deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 1441 },
    path: "deploymentConfiguration.bakeTimeInMinutes",
    given: 1441,
    allowed: /1440/,
  },
  "names that lead to new tasks before they have traffic": {
    deploymentConfiguration: CANARY,
    service: { serviceDiscovery: true },
    path: /^serviceDiscovery/,
    given: true,
    allowed: /false with CANARY/,
  },
  "traffic to move without a load balancer": {
    deploymentConfiguration: CANARY,
    service: { loadBalancers: [] },
    path: /^deploymentConfiguration\.strategy/,
    given: "CANARY",
    allowed: /ROLLING for a service behind no load balancer/,
  },
  "a preparation without a load balancer": {
    deploymentConfiguration: { prepared: true },
    service: { loadBalancers: [] },
    path: /^deploymentConfiguration\.prepared/,
    given: true,
    allowed: /false for a service behind no load balancer/,
  },
  "a preparation for what is there already": {
    deploymentConfiguration: { ...CANARY, prepared: true },
    path: /^deploymentConfiguration\.prepared/,
    given: true,
    allowed: /nothing with CANARY: only ROLLING heeds it/,
  },
  "a second rule of a load balancer where traffic is about to move": {
    deploymentConfiguration: { prepared: true },
    service: {
      loadBalancers: [
        { alb: "public", host: "orders" },
        { alb: "public", host: "orders", path: "/v2/*" },
      ],
    },
    path: /^loadBalancers\[1\]/,
    given: "orders/v2/*",
    allowed: /one entry for load balancer public with prepared: true/,
  },
  "traffic to move behind a network load balancer": {
    deploymentConfiguration: CANARY,
    service: {
      loadBalancers: [
        { alb: "public", host: "orders" },
        { nlb: "tcp", host: "orders-tcp", listenerPort: 9000 },
      ],
    },
    more: {
      accounts: Object.fromEntries(
        ["live", "development"].map((name) => [
          name,
          { hosting: { loadBalancers: { ...BOTH, tcp: { type: "network", scheme: "internal" } } } },
        ]),
      ),
    },
    path: /^deploymentConfiguration\.strategy/,
    given: "CANARY",
    allowed: /ROLLING for a service behind a network load balancer/,
  },
  "two rules on one load balancer, of which ECS would move one": {
    deploymentConfiguration: CANARY,
    service: {
      loadBalancers: [
        { alb: "public", host: "orders", path: "/api/*" },
        { alb: "public", host: "orders", path: "/v2/*" },
      ],
    },
    path: /^loadBalancers\[1\]/,
    given: "orders/v2/*",
    allowed: /one entry for load balancer public with CANARY/,
  },
  "a canary in a rolling deployment": {
    deploymentConfiguration: { canaryConfiguration: {} },
    path: /^deploymentConfiguration\.canaryConfiguration/,
    given: { canaryPercent: 5, canaryBakeTimeInMinutes: 10 },
    allowed: /nothing with ROLLING: only CANARY heeds it/,
  },
  "a time to bake in a rolling deployment": {
    deploymentConfiguration: { bakeTimeInMinutes: 10 },
    path: /^deploymentConfiguration\.bakeTimeInMinutes/,
    given: 10,
    allowed: /only BLUE_GREEN, LINEAR, CANARY heeds it/,
  },
  "per cent of a rolling deployment in another": {
    deploymentConfiguration: { ...CANARY, maximumPercent: 150 },
    path: /^deploymentConfiguration\.maximumPercent/,
    given: 150,
    allowed: /only ROLLING heeds it/,
  },
  "CodeDeploy for a rolling deployment": {
    deploymentConfiguration: { controller: "CODE_DEPLOY" },
    path: /^deploymentConfiguration\.controller/,
    given: "CODE_DEPLOY",
    allowed: /ECS for a rolling deployment/,
  },
  "CodeDeploy behind two load balancers": {
    deploymentConfiguration: { controller: "CODE_DEPLOY", strategy: "BLUE_GREEN" },
    path: /^loadBalancers\[1\]\.alb/,
    given: "internal",
    allowed: /public: CodeDeploy moves the traffic of one load balancer/,
  },
  "half a per cent for CodeDeploy": {
    deploymentConfiguration: {
      ...CANARY,
      controller: "CODE_DEPLOY",
      canaryConfiguration: { canaryPercent: 0.5 },
    },
    service: { loadBalancers: [{ alb: "public", host: "orders" }] },
    path: /^deploymentConfiguration\.canaryConfiguration\.canaryPercent/,
    given: 0.5,
    allowed: /a whole number of 1 to 99/,
  },
  "people who sign in at the rule whose traffic moves": {
    deploymentConfiguration: CANARY,
    service: { loadBalancers: [{ alb: "public", host: "orders", authenticate: true }] },
    more: { accounts: { live: AUTH, development: AUTH } },
    path: /^loadBalancers\[0\]\.authenticate/,
    given: true,
    allowed: /false with CANARY/,
  },
  "a name too long for its second target group": {
    deploymentConfiguration: CANARY,
    service: { name: "orders-of-charging-cards", loadBalancers: [{ alb: "internal", host: "orders" }] },
    path: /^name/,
    given: "orders-of-charging-cards",
    allowed: /the target group "orders-of-charging-cards--internal--b"/,
  },
};

it.each(Object.entries(MISTAKES))("refuses %s", (_name, mistake) => {
  const { deploymentConfiguration, service = {}, more = {}, path, given, allowed } = mistake;
  const violations = violationsOf(() =>
    loadCompany({ ...more, services: { orders: { deploymentConfiguration, ...service } } }),
  );

  expect(violations).toContainEqual(
    expect.objectContaining({
      path: typeof path === "string" ? path : expect.stringMatching(path),
      given,
      allowed: expect.stringMatching(allowed),
    }),
  );
});

it("refuses a port for tests that is open to everybody", () => {
  const hosting = {
    loadBalancers: {
      ...BOTH,
      public: { scheme: "internet-facing", testListener: { cidrBlocks: ["0.0.0.0/0"] } },
    },
  };

  expect(violationsOf(() => loadCompany({ accounts: { live: { hosting } } }))).toContainEqual(
    expect.objectContaining({
      path: "hosting.loadBalancers.public.testListener.cidrBlocks[0]",
      allowed: expect.stringMatching(/not everywhere/),
    }),
  );
});
