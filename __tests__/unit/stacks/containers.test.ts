import { enforceGuardrails } from "../../../stacks/guardrails";
import { loadCompany, removeFolders, type Change } from "../../support/company";
import { object, objects, synthesized, synthesizedAlone, type JsonObject } from "../../support/synthesized";

afterAll(removeFolders);

const IMAGE = `public.ecr.aws/envoy/envoy:v1.34@sha256:${"a".repeat(64)}`;
const ID = "development-service-orders";
const orders = (values: Record<string, unknown>, change: Change = {}) =>
  synthesizedAlone(loadCompany({ ...change, services: { orders: values } }), ID);
const containers = (of = orders({})) =>
  Object.fromEntries(
    of.containers().map((container): [string, JsonObject] => [String(container["name"]), container]),
  );
const names = (value: JsonObject | undefined, field: string, key = "name") =>
  objects(value?.[field]).map((entry) => entry[key]);

describe("a sidecar", () => {
  const made = orders({
    memory: 2048,
    dependsOn: { proxy: "HEALTHY" },
    volumes: { sockets: { scratch: true, mountPath: "/sockets" } },
    sidecars: {
      proxy: {
        image: IMAGE,
        memory: 256,
        cpu: 64,
        ports: [9901],
        environment: { MODE: "edge" },
        secrets: { TOKEN: "orders/database:token" },
        volumes: { sockets: { mountPath: "/var/sockets", readOnly: true } },
        healthCheck: { command: ["check"] },
        ulimits: { nofile: { softLimit: 1024, hardLimit: 4096 } },
        linuxParameters: { tmpfs: [{ containerPath: "/cache", size: 64 }] },
      },
    },
  });
  const { proxy, orders: own } = containers(made);

  it("is held as the service's own container is", () => {
    for (const container of [proxy, own])
      expect(container).toMatchObject({
        user: "10001:10001",
        privileged: false,
        readonlyRootFilesystem: true,
        linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      });
  });

  it("has what its definition says", () => {
    expect(proxy).toMatchObject({
      image: IMAGE,
      essential: true,
      memory: 256,
      cpu: 64,
      portMappings: [{ containerPort: 9901, hostPort: 9901, protocol: "tcp" }],
      ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
      healthCheck: { command: ["CMD", "check"], interval: 30 },
    });
    expect(object(proxy?.["linuxParameters"])["tmpfs"]).toMatchObject([
      { containerPath: "/tmp", size: 64 },
      { containerPath: "/cache", size: 64 },
    ]);
  });

  it("has settings of its own, and not the service's", () => {
    expect(names(proxy, "environment")).toEqual(["AWS_REGION", "ENVIRONMENT", "MODE"]);
    expect(names(proxy, "secrets")).toEqual(["TOKEN"]);
    expect(names(own, "secrets")).toEqual(["DATABASE_URL"]);
  });

  it("shares a folder with the service, and has a /tmp to itself", () => {
    const at = (container: JsonObject | undefined) =>
      objects(container?.["mountPoints"]).map(({ sourceVolume, containerPath }) => [
        sourceVolume,
        containerPath,
      ]);

    expect(at(proxy)).toContainEqual(["sockets", "/var/sockets"]);
    expect(at(own)).toContainEqual(["sockets", "/sockets"]);
    for (const container of [proxy, own])
      expect(objects(object(container?.["linuxParameters"])["tmpfs"])[0]).toMatchObject({
        containerPath: "/tmp",
      });
  });

  it("has every volume that a container mounts, and ECS Exec's agent its own in each", () => {
    const volumes = names(made.only("aws_ecs_task_definition"), "volume");
    const mounted = [proxy, own].flatMap((container) => names(container, "mountPoints", "sourceVolume"));

    expect([...new Set(mounted)].sort()).toEqual([...volumes].sort());
    expect(mounted.filter((name) => String(name).startsWith("ssm-")).sort()).toEqual([
      "ssm-lib",
      "ssm-lib-proxy",
      "ssm-log",
      "ssm-log-proxy",
    ]);
  });

  it("is no place for a shell where the account allows none", () => {
    const change = { memory: 2048, sidecars: { proxy: { image: IMAGE } } };
    const live = synthesizedAlone(loadCompany({ services: { orders: change } }), "live-service-orders");

    expect(live.only("aws_ecs_service")["enable_execute_command"]).toBe(false);
    for (const container of live.containers()) expect(container["mountPoints"]).toEqual([]);
  });

  it("is waited for", () => {
    expect(own?.["dependsOn"]).toEqual([{ containerName: "proxy", condition: "HEALTHY" }]);
  });

  it("writes to the service's log, in streams of its own", () => {
    expect(object(proxy?.["logConfiguration"])["options"]).toMatchObject({
      "awslogs-stream-prefix": "proxy",
    });
  });

  it("may be pulled from a registry of the organization", () => {
    const image = `200000000002.dkr.ecr.eu-central-1.amazonaws.com/tools/proxy@sha256:${"b".repeat(64)}`;
    const pulling = orders({ memory: 2048, sidecars: { proxy: { image } } });
    const execution = pulling.statements(pulling.at("aws_iam_role_policy.roles_execution_policy")["policy"]);

    expect(execution.find(({ sid }) => sid === "PullImage")?.["resources"]).toContain(
      "arn:aws:ecr:eu-central-1:200000000002:repository/tools/proxy",
    );
  });
});

describe("a secret", () => {
  const { orders: own } = containers(
    orders({ secrets: { PASSWORD: "orders/database:password", PROVIDER: "mail/provider" } }),
  );
  const from = (variable: string) =>
    String(objects(own?.["secrets"]).find(({ name }) => name === variable)?.["valueFrom"]);

  it("of Secrets Manager is read by its full ARN from the contract, and a key of its JSON", () => {
    expect(from("PASSWORD")).toMatch(/^\$\{.*secret_orders_database.*arn.*\}:password::$/);
  });

  it("of Parameter Store is read by its ARN", () => {
    expect(from("PROVIDER")).toBe(
      "arn:aws:ssm:eu-central-1:200000000004:parameter/slipway/development/secret/mail/provider/value",
    );
  });

  it("of any container is what the execution role reads, and nothing else", () => {
    const made = orders({
      secrets: {},
      memory: 2048,
      sidecars: { proxy: { image: IMAGE, secrets: { TOKEN: "orders/database:token" } } },
    });
    const execution = made.statements(made.at("aws_iam_role_policy.roles_execution_policy")["policy"]);

    expect(execution.find(({ sid }) => sid === "ReadSecrets")?.["resources"]).toEqual([
      expect.stringContaining("secret_orders_database"),
    ]);
    expect(execution.find(({ sid }) => sid === "ReadParameters")).toBeUndefined();
  });
});

describe("an init container", () => {
  const { migrate, orders: own } = containers(
    orders({ initContainers: { migrate: { command: ["migrate"], environment: { STEP: "all" } } } }),
  );

  it("ends well before the service starts", () => {
    expect(migrate).toMatchObject({ essential: false, command: ["migrate"] });
    expect(own?.["dependsOn"]).toEqual([{ containerName: "migrate", condition: "SUCCESS" }]);
  });

  it("without an image is the service's release, with the service's settings", () => {
    expect(migrate?.["image"]).toBe(own?.["image"]);
    expect(names(migrate, "environment")).toEqual(expect.arrayContaining(["STEP", "AWS_REGION"]));
    expect(names(migrate, "secrets")).toEqual(["DATABASE_URL"]);
  });

  it("is no place for a shell: it is gone", () => {
    expect(names(migrate, "mountPoints", "sourceVolume")).toEqual([]);
  });

  it("with an image of its own has its own settings only", () => {
    const { seed } = containers(orders({ initContainers: { seed: { image: IMAGE } } }));

    expect(seed).toMatchObject({ image: IMAGE, secrets: [] });
  });
});

describe("a waiver of container-hardening", () => {
  const fleet = () =>
    loadCompany({
      organization: {
        waivers: [
          {
            rule: "container-hardening",
            resource: "*-service-orders/aws_ecs_task_definition.tasks_task_definition",
            reason: "The vendor's image starts as root and drops it by itself",
            owner: "orders@acme.example",
            expires: "2999-12-31",
          },
        ],
      },
      services: {
        orders: {
          user: "0",
          readonlyRootFilesystem: false,
          linuxParameters: { keepCapabilities: ["SETUID", "SETGID"] },
        },
      },
    });

  it("lets the guardrails pass what the definition says", () => {
    const { platform } = synthesized(fleet());

    expect(() => enforceGuardrails(fleet(), platform.stacks)).not.toThrow();
  });

  it("keeps the capabilities that are named, and drops the others", () => {
    const { orders: own } = containers(synthesizedAlone(fleet(), ID));

    expect(own).toMatchObject({ user: "0", readonlyRootFilesystem: false });
    const { drop } = object(object(own?.["linuxParameters"])["capabilities"]);
    expect(drop).toEqual(expect.arrayContaining(["CHOWN", "NET_RAW"]));
    expect(drop).not.toContain("SETUID");
    expect(drop).not.toContain("ALL");
  });
});

describe("on instances", () => {
  it("no process gains rights by a setuid program", () => {
    const hosting = { capacityProviders: { general: { instanceTypes: ["m7i.large"] } } };
    const made = orders(
      { capacityProvider: "general" },
      { accounts: { development: { hosting }, live: { hosting } } },
    );

    expect(containers(made)["orders"]).toMatchObject({ dockerSecurityOptions: ["no-new-privileges"] });
    expect(containers()["orders"]).not.toHaveProperty("dockerSecurityOptions");
  });
});
