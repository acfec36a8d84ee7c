import { expiredWaivers } from "../../../environments/schema/checks/waivers";
import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const DIGEST = `@sha256:${"a".repeat(64)}`;
const IMAGE = `public.ecr.aws/envoy/envoy:v1.34${DIGEST}`;
const orders = (values: Record<string, unknown>): Change => ({ services: { orders: values } });
const sidecar = (values: Record<string, unknown>, service: Record<string, unknown> = {}): Change =>
  orders({ ...service, sidecars: { proxy: { image: IMAGE, ...values } } });
const WAIVER = {
  rule: "container-hardening",
  resource: "*-service-orders/aws_ecs_task_definition.tasks_task_definition",
  reason: "The vendor's image starts as root and drops it by itself",
  owner: "orders@acme.example",
  expires: "2999-12-31",
};

const REFUSED: [shows: string, change: Change, path: string, words: string][] = [
  ["root", orders({ user: "0" }), "user", "other than 0 unless a waiver says why"],
  ["root's group", orders({ user: "10001:0" }), "user", "other than 0 unless a waiver says why"],
  [
    "a writable root",
    orders({ readonlyRootFilesystem: false }),
    "readonlyRootFilesystem",
    "container-hardening",
  ],
  [
    "root beside it",
    sidecar({ user: "0:0" }),
    "sidecars.proxy.user",
    "*-service-orders/aws_ecs_task_definition",
  ],
  [
    "a capability that is kept",
    orders({ linuxParameters: { keepCapabilities: ["CHOWN"] } }),
    "linuxParameters.keepCapabilities",
    "none unless a waiver says why",
  ],
  ["a port beyond 65535", sidecar({ ports: [70_000] }), "sidecars.proxy.ports[0]", "at most 65535"],
  ["port 0", orders({ containerPort: 0 }), "containerPort", "at least 1"],
  [
    "a port that another container has",
    sidecar({ ports: [8080] }),
    "sidecars.proxy.ports[0]",
    "orders listens on it",
  ],
  [
    "memory under the sum of containers",
    sidecar({ memory: 768, linuxParameters: { tmpfs: [{ containerPath: "/cache", size: 256 }] } }),
    "memory",
    "at least 1088, the sum of its containers: proxy 768, proxy in tmpfs 256, and 64 for its own",
  ],
  ["CPU under the sum of containers", sidecar({ cpu: 512 }), "cpu", "more than 512"],
  [
    "more memory kept than may be used",
    sidecar({ memory: 128, memoryReservation: 256 }),
    "sidecars.proxy.memoryReservation",
    "less than its memory, 128",
  ],
  ["latest", sidecar({ image: "public.ecr.aws/envoy/envoy:latest" }), "sidecars.proxy.image", "never latest"],
  [
    "an image without registry",
    sidecar({ image: `envoy${DIGEST}` }),
    "sidecars.proxy.image",
    "registry/repository",
  ],
  [
    "a limit that Fargate does not take",
    sidecar({ ulimits: { core: { softLimit: 0, hardLimit: 0 } } }),
    "sidecars.proxy.ulimits.core",
    "nofile",
  ],
  [
    "shared memory on Fargate",
    orders({ linuxParameters: { sharedMemorySize: 256 } }),
    "linuxParameters.sharedMemorySize",
    "Fargate does not take it",
  ],
  [
    "a name twice",
    orders({ sidecars: { orders: { image: IMAGE } } }),
    "sidecars.orders",
    "the service's own container",
  ],
  [
    "waiting for nobody",
    orders({ dependsOn: { proxi: "START" }, sidecars: { proxy: { image: IMAGE } } }),
    "dependsOn.proxi",
    "write proxy",
  ],
  [
    "waiting for health that nobody checks",
    sidecar({}, { dependsOn: { proxy: "HEALTHY" } }),
    "dependsOn.proxy",
    "add sidecars.proxy.healthCheck, or write START",
  ],
  [
    "waiting for the end of what ends the task",
    sidecar({}, { dependsOn: { proxy: "SUCCESS" } }),
    "dependsOn.proxy",
    "write essential: false in sidecars.proxy",
  ],
  [
    "waiting in a circle",
    sidecar({ dependsOn: { orders: "START" } }, { dependsOn: { proxy: "START" } }),
    "dependsOn",
    "no circle",
  ],
  [
    "a volume that is not there",
    sidecar({ volumes: { spool: { mountPath: "/spool" } } }),
    "sidecars.proxy.volumes.spool",
    "scratch: true",
  ],
  [
    "a volume by a name of the containers' own",
    orders({ volumes: { "ssm-lib": { scratch: true, mountPath: "/a" } } }),
    "volumes.ssm-lib",
    "the containers' own",
  ],
  [
    "a volume of two kinds",
    orders({ volumes: { a: { scratch: true, volume: "b", mountPath: "/a" } } }),
    "volumes.a.fileSystem",
    "one of fileSystem, volume and scratch",
  ],
  [
    "a secret in clear beside it",
    sidecar({ environment: { API_TOKEN: "abc" } }),
    "sidecars.proxy.environment.API_TOKEN",
    "plain settings only",
  ],
  [
    "a secret that does not exist beside it",
    sidecar({ secrets: { KEY: "orders/databse" } }),
    "sidecars.proxy.secrets.KEY",
    'write \\"orders/database\\"',
  ],
  [
    "a key of a secret that does not exist",
    orders({ secrets: { KEY: "orders/databas:password" } }),
    "secrets.KEY",
    'write \\"orders/database:password\\"',
  ],
  [
    "a key of a parameter",
    orders({ secrets: { KEY: "mail/provider:token" } }),
    "secrets.KEY",
    "ECS finds keys in Secrets Manager only",
  ],
  [
    "a key that is none",
    orders({ secrets: { KEY: "orders/database:" } }),
    "secrets.KEY",
    "a key of its JSON",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(change));
  const at = found.filter((candidate) => candidate.path.replace(/ \(in .*\)$/, "") === path);
  expect(found.map((candidate) => candidate.path.replace(/ \(in .*\)$/, ""))).toContain(path);
  expect(JSON.stringify(at.map(({ allowed, mend }) => [allowed, mend]))).toContain(words);
});

test("a tag beside it is refused where deletion is protected, and accepted elsewhere", () => {
  const [violation, ...others] = violationsOf(() =>
    loadCompany(sidecar({ image: "public.ecr.aws/envoy/envoy:v1.34" })),
  );

  expect(others).toEqual([]);
  expect(violation).toMatchObject({
    path: "sidecars.proxy.image (in live)",
    allowed: expect.stringContaining("a tag can be moved"),
  });
});

test("an image from elsewhere is refused where nothing leads out", () => {
  const change = {
    ...sidecar({}),
    accounts: { live: { capabilities: { natGateways: "none" } } },
  };

  expect(violationsOf(() => loadCompany(change))).toContainEqual(
    expect.objectContaining({ path: "sidecars.proxy.image (in live)", given: IMAGE }),
  );
});

describe("with a waiver", () => {
  const loose = {
    user: "0",
    readonlyRootFilesystem: false,
    linuxParameters: { keepCapabilities: ["SETUID"] },
  };
  const waived = (values: object = {}): Change => ({
    ...orders(loose),
    organization: { waivers: [{ ...WAIVER, ...values }] },
  });

  it("root, a writable root and capabilities are accepted", () => {
    expect(() => loadCompany(waived())).not.toThrow();
  });

  it("of another service they are not", () => {
    const found = violationsOf(() =>
      loadCompany(waived({ resource: WAIVER.resource.replace("orders", "mailer") })),
    );

    expect(found.map(({ path }) => path)).toContain("user (in development, live)");
  });

  it("that has expired they are refused by validate", () => {
    const found = expiredWaivers(loadCompany(waived({ expires: "2026-01-31" })), new Date("2026-02-01"));

    expect(found).toMatchObject([{ path: "waivers[0].expires", given: "2026-01-31" }]);
  });
});
