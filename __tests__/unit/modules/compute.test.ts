import { Op, TerraformLocal } from "cdktf";
import { containerDefinitions, type ContainerProps } from "../../../modules/compute/container";
import { Readiness, type ReadinessProps } from "../../../modules/compute/readiness";
import { ServiceAlarms } from "../../../modules/compute/service-alarms";
import { removeFolders } from "../../support/company";
import { madeBy } from "../../support/module-under-test";
import { object, type Json } from "../../support/synthesized";

afterAll(removeFolders);

describe("containerDefinitions", () => {
  const props: ContainerProps = {
    name: "orders",
    image: "registry/orders@sha256:0",
    user: "10001",
    stopTimeout: 30,
    environment: {},
    secrets: {},
    logGroupName: "/orders",
    region: "eu-central-1",
    mounts: [],
  };
  const container = (change: Partial<ContainerProps> = {}) => {
    const [only] = JSON.parse(containerDefinitions([{ ...props, ...change }])) as Json[];
    return object(only);
  };

  it("sorts settings and secrets, so that their order in a file changes no plan", () => {
    const one = container({ environment: { B: "2", A: "1" }, secrets: { D: "arn:d", C: "arn:c" } });
    const other = container({ environment: { A: "1", B: "2" }, secrets: { C: "arn:c", D: "arn:d" } });

    expect(one).toEqual(other);
  });

  it("opens no port for a worker", () => {
    expect(container()["portMappings"]).toEqual([]);
  });

  it("leaves the image's command alone unless it is told another", () => {
    expect(container()).not.toHaveProperty("command");
    expect(container({ command: ["run"] })["command"]).toEqual(["run"]);
  });

  it("runs a health check without a shell", () => {
    const healthCheck = { command: ["check"], interval: 30, timeout: 5, retries: 3, startPeriod: 60 };

    expect(object(container({ healthCheck })["healthCheck"])["command"]).toEqual(["CMD", "check"]);
  });
});

describe("Readiness", () => {
  const made = (secrets: ReadinessProps["secrets"]) =>
    madeBy((stack) => {
      const digest = new TerraformLocal(stack, "digest", "none");
      new Readiness(stack, "readiness", { released: Op.neq(digest.expression, "none"), secrets });
    });
  const secret = (store: "secretsManager" | "parameterStore") => ({
    arn: "arn:aws:secretsmanager:eu-central-1:200000000003:secret:token-AbCdEf",
    store,
    folder: "/slipway/live/secret/token",
  });

  it("asks Secrets Manager whether there is a version, never for the value", () => {
    const types = made({ token: secret("secretsManager") })
      .dataSources()
      .map(({ type }) => type);

    expect(types).toEqual(["aws_secretsmanager_secret_versions"]);
  });

  it("asks Parameter Store whether there is a parameter, without decrypting it", () => {
    const [parameters] = made({ token: secret("parameterStore") }).dataSources("aws_ssm_parameters_by_path");

    expect(parameters?.values).toMatchObject({ path: "/slipway/live/secret/token", with_decryption: false });
    expect(made({ token: secret("parameterStore") }).text).toMatch(
      /length\(data\.aws_ssm_parameters_by_path\.\S+\.names\) >= 1/,
    );
  });

  it("takes a secret whose list of versions is null for one without a value", () => {
    expect(made({ token: secret("secretsManager") }).text).toMatch(/try\(length\(\S+\.versions\), 0\) >= 1/);
  });

  it("checks nothing where no secret is read", () => {
    expect(made({}).dataSources()).toEqual([]);
    expect(made({}).json["check"]).toBeUndefined();
  });
});

describe("ServiceAlarms", () => {
  const alarms = (
    taskCounts: boolean,
    doors: Record<string, { loadBalancer: string; targetGroup: string }>,
  ) =>
    madeBy(
      (stack) =>
        new ServiceAlarms(stack, "alarms", {
          prefix: "live-orders",
          clusterName: "live-cluster",
          serviceName: "orders",
          criticalTopicArn: "arn:aws:sns:eu-central-1:200000000003:live-alarms-critical",
          warningTopicArn: "arn:aws:sns:eu-central-1:200000000003:live-alarms-warning",
          http5xxPercent: 5,
          latencyP95Seconds: 2,
          doors,
          taskCounts,
        }),
    )
      .resources("aws_cloudwatch_metric_alarm")
      .map(({ values }) => String(values["alarm_name"]))
      .sort();
  const door = { loadBalancer: "app/live-public/1", targetGroup: "targetgroup/orders/1" };

  it("watch errors, latency and health at each door", () => {
    expect(alarms(false, { public: door })).toEqual([
      "live-orders-public-http-5xx",
      "live-orders-public-latency",
      "live-orders-public-unhealthy",
    ]);
  });

  it("watch missing tasks only where Container Insights counts them", () => {
    expect(alarms(true, {})).toEqual(["live-orders-missing-tasks"]);
    expect(alarms(false, {})).toEqual([]);
  });
});
