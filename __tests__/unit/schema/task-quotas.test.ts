import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const IMAGE = `public.ecr.aws/envoy/envoy@sha256:${"a".repeat(64)}`;
const many = <T>(count: number, name: string, value: T) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}-${index}`, value]));
const orders = (values: Record<string, unknown>): Change => ({
  accounts: {
    live: {
      data: {
        databases: many(5, "store", {}),
        fileSystems: { files: { accessPoints: { a: { path: "/a" }, b: { path: "/b" } } } },
      },
    },
    development: {
      data: {
        databases: many(5, "store", {}),
        fileSystems: { files: { accessPoints: { a: { path: "/a" }, b: { path: "/b" } } } },
      },
    },
  },
  services: { orders: { memory: 4096, ...values } },
});

const REFUSED: [
  shows: string,
  values: Record<string, unknown>,
  path: string,
  given: RegExp,
  allowed: string,
][] = [
  [
    "an eleventh container",
    { sidecars: many(10, "agent", { image: IMAGE }) },
    "sidecars",
    /^11 containers .*agent-9/,
    "at most 10",
  ],
  [
    "a sixth security group",
    { databases: Object.keys(many(5, "store", {})) },
    "databases",
    /^6 security groups .*database store-4/,
    "at most 5",
  ],
  [
    "more than 64 KiB",
    { environment: { RULES: "x".repeat(65_000) } },
    "environment",
    /^\d+ bytes/,
    "at most 65536",
  ],
];

test.each(REFUSED)(
  "%s is refused, with the number, the limit and a way out",
  (_shows, values, path, given, allowed) => {
    const found = violationsOf(() => loadCompany(orders(values)));

    expect(found).toContainEqual(
      expect.objectContaining({
        path: `${path} (in development, live)`,
        given: expect.stringMatching(given),
        allowed: expect.stringContaining(allowed),
        mend: expect.stringMatching(/divide the service|a file/),
      }),
    );
  },
);

test("a sixty-first rule outward of a task's group is refused, unless AWS granted it", () => {
  const egress = Array.from({ length: 59 }, (_, index) => ({
    description: `Partner ${index}`,
    port: 8000 + index,
    cidrBlock: "192.0.2.0/24",
  }));
  const granted = { quotas: { securityGroupRules: 100 } };

  expect(violationsOf(() => loadCompany(orders({ egress })))).toContainEqual(
    expect.objectContaining({ path: "egress (in development, live)", allowed: "at most 60" }),
  );
  expect(() =>
    loadCompany({ accounts: { live: granted, development: granted }, services: { orders: { egress } } }),
  ).not.toThrow();
});

test("as much as AWS takes is accepted", () => {
  const mounts = Object.fromEntries(
    ["a", "b"].map((accessPoint) => [
      accessPoint,
      { fileSystem: "files", accessPoint, mountPath: `/${accessPoint}` },
    ]),
  );
  const change = orders({
    sidecars: many(9, "agent", { image: IMAGE }),
    databases: Object.keys(many(3, "store", {})),
    volumes: mounts,
    environment: { RULES: "x".repeat(40_000) },
  });

  expect(() => loadCompany(change)).not.toThrow();
});
