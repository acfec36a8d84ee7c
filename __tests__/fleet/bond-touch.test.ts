import { loadFleet } from "../../environments/schema/load";
import { removeFolders } from "../support/company";
import { object, objects, synthesized, type SynthesizedStack } from "../support/synthesized";

afterAll(removeFolders);

/** The fourth case: from Heroku onto ECS, with GitLab, and Cloudflare before both. */
const fleet = loadFleet("examples/bond-touch");
const { stacks } = synthesized(fleet);
const ENVIRONMENTS = ["production", "production-west", "staging"];
const stack = (id: string): SynthesizedStack => {
  const found = stacks.get(id);
  if (found === undefined) throw new Error(`${id} is not there`);
  return found;
};
const server = (account: string) => stack(`${account}-service-bond-server`);
/** What containers of its tasks are given, as Terraform writes it. */
const definitions = (account: string) =>
  String(server(account).only("aws_ecs_task_definition")["container_definitions"]);

describe("the backend, where Heroku's dynos were", () => {
  it.each(ENVIRONMENTS)(
    "of %s is given its config vars one by one, from one secret read key by key",
    (account) => {
      const text = definitions(account);
      const given = (name: string, secret: string, key: string) =>
        expect(text).toMatch(new RegExp(`"name":"${name}","valueFrom":"[^"]*${secret}[^}]*}${key}"`));

      for (const name of ["LOGDNA_INGESTION_KEY", "PAYMENT_API_KEY", "SESSION_KEY"])
        given(name, "bond_server_config_vars", `:${name}::`);
      given("MONGODB_BONDS_URL", "bond_server_config_vars", ":MONGODB_URI::");
      given("FIREBASE_SERVICE_ACCOUNT", "bond_server_firebase", "");
    },
  );

  it.each(ENVIRONMENTS)("of %s finds MemoryDB in place of the add-on", (account) => {
    expect(definitions(account)).toMatch(/PRESENCE/);
    expect(stack(`${account}-data-presence`).only("aws_memorydb_cluster")).toMatchObject({
      engine: "redis",
      tls_enabled: true,
    });
  });

  it("scales by requests a target, by CPU and by memory", () => {
    const metrics = server("production")
      .resources("aws_appautoscaling_policy")
      .map(({ values }) => object(values["target_tracking_scaling_policy_configuration"]))
      .map((one) => String(object(one["predefined_metric_specification"])["predefined_metric_type"]));

    expect(metrics.sort()).toEqual([
      "ALBRequestCountPerTarget",
      "ECSServiceAverageCPUUtilization",
      "ECSServiceAverageMemoryUtilization",
    ]);
  });

  it("has a new version take over once it is well, and the former one back when it is not", () => {
    const service = server("production").only("aws_ecs_service");

    expect(object(service["deployment_circuit_breaker"])).toMatchObject({ enable: true, rollback: true });
    expect(service["deployment_minimum_healthy_percent"]).toBeGreaterThanOrEqual(100);
  });

  it("is reached by HTTPS only: port 80 sends there", () => {
    const listeners = stack("production-hosting").resources("aws_lb_listener");
    const plain = listeners.filter(({ values }) => values["port"] === 80);

    expect(plain).toHaveLength(1);
    expect(JSON.stringify(plain.map(({ values }) => values["default_action"]))).toMatch(
      /HTTPS.*443|443.*HTTPS/,
    );
  });

  it("wakes somebody by response time and by 5xx, and shows both", () => {
    expect(server("production").resources("aws_cloudwatch_metric_alarm").length).toBeGreaterThanOrEqual(4);
    expect(server("production").resources("aws_cloudwatch_dashboard")).toHaveLength(1);
  });
});

describe("requests, on their way from Heroku", () => {
  const traffic = () => stack("production-traffic-redis");

  it("are in one stack, the only one with Cloudflare's provider", () => {
    const ids = [...stacks]
      .filter(([, { json }]) => "cloudflare" in object(json["provider"]))
      .map(([id]) => id);

    expect(ids).toEqual(["production-traffic-redis"]);
  });

  it("go to both by weight, a quarter of them to AWS, and to Heroku where nothing else is well", () => {
    const balancer = traffic().only("cloudflare_load_balancer");
    const weights = Object.values(object(object(balancer["random_steering"])["pool_weights"]));

    expect(weights).toEqual([0.75, 0.25]);
    expect(String(balancer["fallback_pool"])).toContain("_former");
  });

  it("find the backend's own host and certificate at AWS", () => {
    const target = traffic()
      .resources("cloudflare_load_balancer_pool")
      .filter(({ address }) => address.endsWith("_target"))
      .flatMap(({ values }) => objects(values["origins"]));

    expect(target).toMatchObject([{ address: "api.production.bond-touch.example" }]);
    expect(JSON.stringify(server("production").json)).toContain("api.production.bond-touch.example");
  });
});

describe("the second region, in whose place Heroku is the backup", () => {
  it("runs the backend once more, and jobs that must run once nowhere else", () => {
    const services = [...stacks.keys()].filter((id) => id.startsWith("production-west-service-"));

    expect(services).toEqual([
      "production-west-service-bond-server",
      "production-west-service-touch-recorder",
    ]);
  });

  it("has a way of its own to MongoDB Atlas", () => {
    expect(stack("production-west-data-bonds").only("aws_vpc_endpoint")["service_name"]).toMatch(/us-west-2/);
  });
});
