import { spread } from "../../../environments/schema/capacity";
import { loadCompany, removeFolders, type Change } from "../../support/company";
import { objects, synthesizedAlone } from "../../support/synthesized";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const general = { capacityProviders: { general: { instanceTypes: ["m7i.large"], maxSize: 20 } } };
const withInstances = { development: { hosting: general }, live: { hosting: general } };
const on = (...strategy: object[]): Change => ({
  accounts: withInstances,
  services: { orders: { capacityProviderStrategy: strategy } },
});
const fargate = { capacityProvider: "FARGATE" };
const spot = { capacityProvider: "FARGATE_SPOT" };

const REFUSED: [shows: string, change: Change, path: string, words: string][] = [
  [
    "Fargate and instances in one strategy",
    on(fargate, { capacityProvider: "general" }),
    "capacityProviderStrategy",
    "does not mix",
  ],
  [
    "two bases",
    on({ ...fargate, base: 1 }, { ...spot, base: 1 }),
    "capacityProviderStrategy",
    "a base on one of them only",
  ],
  [
    "no weight at all",
    on({ ...fargate, weight: 0 }, { ...spot, weight: 0 }),
    "capacityProviderStrategy",
    "a weight above 0",
  ],
  [
    "a provider twice",
    on(spot, spot),
    "capacityProviderStrategy[1].capacityProvider",
    "each capacity provider once",
  ],
  [
    "a provider that is not there",
    on(fargate, { capacityProvider: "FARGATE_SPOTS" }),
    "capacityProviderStrategy[1].capacityProvider",
    "FARGATE_SPOT",
  ],
  [
    "a strategy beside a provider",
    { services: { orders: { capacityProvider: "FARGATE", capacityProviderStrategy: [spot] } } },
    "capacityProvider",
    "remove one of them",
  ],
  [
    "an image of another architecture than one of the instances",
    {
      ...on({ capacityProvider: "general" }),
      services: {
        orders: { capacityProviderStrategy: [{ capacityProvider: "general" }], cpuArchitecture: "ARM64" },
      },
    },
    "cpuArchitecture",
    "X86_64",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(change));
  const at = found.filter((candidate) => candidate.path.replace(/ \(in .*\)$/, "") === path);
  expect(found.map((candidate) => candidate.path.replace(/ \(in .*\)$/, ""))).toContain(path);
  expect(JSON.stringify(at.map(({ allowed, mend }) => [allowed, mend]))).toContain(words);
});

test("ARM64 runs on Fargate Spot", () => {
  const change = { services: { orders: { capacityProvider: "FARGATE_SPOT", cpuArchitecture: "ARM64" } } };

  expect(() => loadCompany(change)).not.toThrow();
});

test("a base on Fargate and the rest on Spot is what ECS gets", () => {
  const change: Change = {
    services: {
      orders: {
        capacityProviderStrategy: [
          { ...fargate, base: 2, weight: 1 },
          { ...spot, weight: 3 },
        ],
      },
    },
  };
  const service = synthesizedAlone(loadCompany(change), "live-service-orders").only("aws_ecs_service");

  expect(objects(service["capacity_provider_strategy"])).toEqual([
    { capacity_provider: "FARGATE", base: 2, weight: 1 },
    { capacity_provider: "FARGATE_SPOT", weight: 3 },
  ]);
});

test("tasks are spread as ECS spreads them: the base first, the rest by weight", () => {
  const strategy = [
    { capacityProvider: "FARGATE", base: 2, weight: 1 },
    { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
  ];
  const spreading = (tasks: number) =>
    Object.fromEntries(spread({ capacityProviderStrategy: strategy }, tasks));

  expect(spreading(1)).toEqual({ FARGATE: 1, FARGATE_SPOT: 0 });
  expect(spreading(10)).toEqual({ FARGATE: 4, FARGATE_SPOT: 6 });
});
