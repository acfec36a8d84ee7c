import { loadCompany, removeFolders, type Change } from "../../support/company";
import { object, objects, synthesizedAlone } from "../../support/synthesized";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const orders = (values: Record<string, unknown>, change: Change = {}) =>
  synthesizedAlone(loadCompany({ ...change, services: { orders: values } }), "live-service-orders");
const connect = (serviceConnect: object = { enabled: true }) => orders({ serviceConnect });
const configuration = (of = connect()) => object(of.only("aws_ecs_service")["service_connect_configuration"]);

describe("a service with Service Connect", () => {
  it("is called by the name that Cloud Map gives its tasks, so that callers write the same without a proxy", () => {
    const made = connect();
    const [service] = objects(configuration(made)["service"]);

    expect(service).toMatchObject({
      port_name: "main",
      client_alias: { dns_name: "orders.services.live.acme.example", port: 8080 },
    });
    expect(made.only("aws_service_discovery_service")["name"]).toBe("orders");
    expect(service?.["discovery_name"]).not.toBe("orders");
  });

  it("names its port and what is spoken there", () => {
    const port = (appProtocol: string) => {
      const [container] = connect({ enabled: true, appProtocol }).containers();
      return objects(container?.["portMappings"])[0];
    };

    expect(port("grpc")).toMatchObject({ containerPort: 8080, name: "main", appProtocol: "grpc" });
    expect(port("tcp")).not.toHaveProperty("appProtocol");
  });

  it("is in the account's namespace, and its proxy writes to the service's log", () => {
    expect(configuration()).toMatchObject({
      enabled: true,
      namespace: expect.stringMatching(
        /^arn:aws:servicediscovery:eu-central-1:200000000003:namespace\/\$\{.*\}$/,
      ),
      log_configuration: { log_driver: "awslogs", options: { "awslogs-stream-prefix": "service-connect" } },
    });
  });

  it("has the name, port and patience that its definition says", () => {
    const made = connect({
      enabled: true,
      dnsName: "shop",
      port: 80,
      idleTimeout: 60,
      perRequestTimeout: 30,
    });

    expect(objects(configuration(made)["service"])).toMatchObject([
      {
        client_alias: { dns_name: "shop", port: 80 },
        timeout: { idle_timeout_seconds: 60, per_request_timeout_seconds: 30 },
      },
    ]);
  });

  it("lets callers in where Cloud Map names no tasks", () => {
    const made = orders({ serviceConnect: { enabled: true }, serviceDiscovery: false });

    expect(made.at("aws_vpc_security_group_ingress_rule.group_discovery")["from_port"]).toBe(8080);
  });
});

test("a worker calls others and is not called", () => {
  const mailer = synthesizedAlone(
    loadCompany({ services: { mailer: { cpu: 512, memory: 1024, serviceConnect: { enabled: true } } } }),
    "live-service-mailer",
  );

  expect(configuration(mailer)["enabled"]).toBe(true);
  expect(configuration(mailer)["service"] ?? []).toEqual([]);
});

test("an account turns it on for what has a port", () => {
  const fleet = loadCompany({ accounts: { live: { hosting: { serviceConnect: true } } } });
  const enabled = (account: string) =>
    fleet.services[account]?.filter((service) => service.serviceConnect.enabled).map(({ name }) => name);

  expect(enabled("live")).toEqual(["orders"]);
  expect(enabled("development")).toEqual([]);
});

const REFUSED: [shows: string, values: Record<string, unknown>, path: string, words: string][] = [
  [
    "too little CPU for the proxy",
    { cpu: 256, memory: 512, serviceConnect: { enabled: true } },
    "cpu",
    "at least 512",
  ],
  [
    "too little memory for the proxy",
    {
      memory: 1024,
      serviceConnect: { enabled: true },
      sidecars: { agent: { image: `a.example/b@sha256:${"a".repeat(64)}`, memory: 960 } },
    },
    "memory",
    "the Service Connect proxy 64",
  ],
  [
    "a scheduled task",
    {
      kind: "scheduledTask",
      schedule: { expression: "rate(1 hour)" },
      containerPort: undefined,
      loadBalancers: [],
      serviceConnect: { enabled: true },
    },
    "serviceConnect.enabled",
    "not to tasks that a schedule starts",
  ],
  [
    "requests over tcp",
    { serviceConnect: { enabled: true, appProtocol: "tcp", perRequestTimeout: 5 } },
    "serviceConnect.perRequestTimeout",
    "sees no requests",
  ],
  [
    "CodeDeploy",
    {
      loadBalancers: [{ alb: "public", host: "orders" }],
      deploymentConfiguration: { controller: "CODE_DEPLOY", strategy: "BLUE_GREEN" },
      serviceConnect: { enabled: true },
    },
    "serviceConnect.enabled",
    "BLUE_GREEN",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, values, path, words) => {
  const found = violationsOf(() => loadCompany({ services: { orders: values } }));
  const at = found.filter((candidate) => candidate.path.replace(/ \(in .*\)$/, "") === path);
  expect(JSON.stringify(at.map(({ allowed, mend }) => [allowed, mend]))).toContain(words);
});

test("two services of one name are refused", () => {
  const change: Change = {
    services: {
      orders: { serviceConnect: { enabled: true, dnsName: "shop" } },
      basket: {
        name: "basket",
        owner: "orders@acme.example",
        cpu: 512,
        memory: 1024,
        containerPort: 8080,
        serviceConnect: { enabled: true, dnsName: "shop" },
      },
    },
  };

  expect(violationsOf(() => loadCompany(change))).toContainEqual(
    expect.objectContaining({ path: "serviceConnect.dnsName (in live)", given: "shop:8080" }),
  );
});
