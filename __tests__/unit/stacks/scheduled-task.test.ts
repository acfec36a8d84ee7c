import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const exporter = {
  name: "exporter",
  owner: "billing@acme.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(30 2 * * ? *)", timezone: "Europe/Berlin" },
  secrets: { DATABASE_URL: "orders/database" },
};
const fleet = loadCompany({
  services: { exporter },
  accounts: {
    development: {
      capabilities: {
        workingHours: { timezone: "Europe/Berlin", start: "onRequest", stop: "20:00" },
      },
    },
  },
});
const live = synthesizedAlone(fleet, "live-service-exporter");
const schedule = live.only("aws_scheduler_schedule");
const target = object(schedule["target"]);

it("is started at its times by the clock of its place", () => {
  expect(schedule).toMatchObject({
    name: "live-exporter",
    schedule_expression: "cron(30 2 * * ? *)",
    schedule_expression_timezone: "Europe/Berlin",
    flexible_time_window: { mode: "OFF" },
  });
});

it("is one private task of the revision that is released", () => {
  expect(target["ecs_parameters"]).toMatchObject({
    task_definition_arn: "${aws_ecs_task_definition.tasks_task_definition.arn}",
    task_count: 1,
    capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 1 }],
    network_configuration: { assign_public_ip: false },
    propagate_tags: "TASK_DEFINITION",
  });
});

it("waits for a release and its secrets, as services do, and stays off where nothing wakes by itself", () => {
  expect(schedule["state"]).toMatch(/^\$\{.*ready.*"ENABLED".*"DISABLED".*\}$/);
  const asleep = synthesizedAlone(fleet, "development-service-exporter");
  expect(asleep.only("aws_scheduler_schedule")["state"]).toBe("DISABLED");
});

it("has neither service nor scaling nor a service's alarms", () => {
  const types = new Set(live.resources().map(({ type }) => type));
  expect(
    [...types].filter((type) => /ecs_service|appautoscaling|lb_target_group|service_discovery/.test(type)),
  ).toEqual([]);
  const alarms = live.resources("aws_cloudwatch_metric_alarm").map(({ values }) => values["namespace"]);
  expect(alarms).not.toContain("ECS/ContainerInsights");
});

it("may be started by its schedule's role only as itself, in its cluster, with its two roles", () => {
  const { policy } = live.at("aws_iam_role_policy.tasks_identity_policy");
  const statements = live.statements(policy);
  const run = statements.find(({ sid }) => sid === "RunTask");
  expect(run?.["resources"]).toEqual(["arn:aws:ecs:eu-central-1:200000000003:task-definition/exporter:*"]);
  expect(objects(run?.["condition"])[0]).toMatchObject({ test: "ArnEquals", variable: "ecs:cluster" });
  const pass = statements.find(({ sid }) => sid === "PassRoles");
  expect(strings(pass?.["resources"])).toHaveLength(2);
  expect(objects(pass?.["condition"])[0]).toMatchObject({ values: ["ecs-tasks.amazonaws.com"] });
});

it("wakes somebody when a run never began, or ended with an error", () => {
  expect(target["dead_letter_config"]).toEqual({ arn: "${aws_sqs_queue.failures_queue.arn}" });
  const alarm = live
    .resources("aws_cloudwatch_metric_alarm")
    .find(({ values }) => values["namespace"] === "AWS/SQS")?.values;
  expect(alarm).toMatchObject({ dimensions: { QueueName: "live-exporter-failed" } });
  const observability = synthesizedAlone(fleet, "live-observability");
  const rule = observability
    .resources("aws_cloudwatch_event_rule")
    .find(({ values }) => values["name"] === "live-scheduled-task-failed")?.values;
  const pattern = JSON.parse(String(rule?.["event_pattern"])) as { detail: Record<string, unknown> };
  expect(pattern.detail).toMatchObject({ group: [{ prefix: "family:" }], lastStatus: ["STOPPED"] });
  expect(JSON.stringify(pattern.detail["$or"])).toContain('"exitCode":[{"anything-but":[0]}]');
});
