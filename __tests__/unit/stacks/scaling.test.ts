import { loadCompany, removeFolders, type Change } from "../../support/company";
import { object, objects, strings, synthesizedAlone, type JsonObject } from "../../support/synthesized";

afterAll(removeFolders);

const scaled = (autoScaling: object, more: object = {}, id = "live-service-orders") => {
  const change: Change = { services: { orders: { autoScaling, ...more } } };
  return synthesizedAlone(loadCompany(change), id);
};
const policy = (of: ReturnType<typeof scaled>, id: string) =>
  object(of.at(`aws_appautoscaling_policy.scaling_${id}`)["target_tracking_scaling_policy_configuration"]);
const ignoredBy = (values: JsonObject) => strings(object(values["lifecycle"] ?? {})["ignore_changes"] ?? []);

describe("target tracking", () => {
  it("waits between two changes as long as a service says", () => {
    expect(policy(scaled({}), "cpu")).toMatchObject({ scale_out_cooldown: 60, scale_in_cooldown: 300 });
    expect(policy(scaled({ scaleOutCooldown: 0, scaleInCooldown: 900 }), "cpu")).toMatchObject({
      scale_out_cooldown: 0,
      scale_in_cooldown: 900,
    });
  });

  it("counts the requests of both target groups where they take turns", () => {
    const stack = scaled({ requestsPerTarget: 500 }, { deploymentConfiguration: { strategy: "CANARY" } });
    const { metrics } = object(policy(stack, "requests_public")["customized_metric_specification"]);
    const [first, second, sum] = objects(metrics);

    expect(policy(stack, "requests_public")["target_value"]).toBe(500);
    expect(JSON.stringify(first)).toContain("door_public_target_group.arn_suffix");
    expect(JSON.stringify(second)).toContain("door_public_target_group_alternate.arn_suffix");
    expect(sum).toMatchObject({ expression: "FILL(requests0, 0) + FILL(requests1, 0)", return_data: true });
  });

  it("counts those of the one target group of a rolling deployment as AWS does", () => {
    const { predefined_metric_specification: metric } = policy(
      scaled({ requestsPerTarget: 500 }),
      "requests_public",
    );

    expect(object(metric)["predefined_metric_type"]).toBe("ALBRequestCountPerTarget");
  });
});

describe("step scaling", () => {
  const stepScaling = {
    "old-messages": {
      metric: {
        namespace: "AWS/SQS",
        metricName: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: "{account}-orders" },
        statistic: "Maximum",
      },
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 60,
      steps: [
        { beyond: 0, adjustment: 1 },
        { beyond: 240, adjustment: 4 },
      ],
    },
    idle: {
      metric: { namespace: "Acme", metricName: "Busy", dimensions: { Service: "{service}" } },
      comparisonOperator: "LessThanThreshold",
      threshold: 10,
      cooldown: 600,
      steps: [
        { beyond: 0, adjustment: -1 },
        { beyond: 5, adjustment: -2 },
      ],
    },
  };
  const stack = scaled({ stepScaling });

  it("adds tasks by how far a metric is above its threshold, without gap or end", () => {
    const { step_scaling_policy_configuration: steps } = stack.at(
      "aws_appautoscaling_policy.scaling_step_old_messages_policy",
    );

    expect(steps).toEqual({
      adjustment_type: "ChangeInCapacity",
      cooldown: 60,
      metric_aggregation_type: "Maximum",
      step_adjustment: [
        { metric_interval_lower_bound: "0", metric_interval_upper_bound: "240", scaling_adjustment: 1 },
        { metric_interval_lower_bound: "240", scaling_adjustment: 4 },
      ],
    });
  });

  it("removes tasks by how far one is below", () => {
    const { step_scaling_policy_configuration: steps } = stack.at(
      "aws_appautoscaling_policy.scaling_step_idle_policy",
    );

    expect(object(steps)["step_adjustment"]).toEqual([
      { metric_interval_upper_bound: "0", metric_interval_lower_bound: "-5", scaling_adjustment: -1 },
      { metric_interval_upper_bound: "-5", scaling_adjustment: -2 },
    ]);
  });

  it("has an alarm that sets it off, of a metric by the account's and the service's own names", () => {
    const alarm = stack.at("aws_cloudwatch_metric_alarm.scaling_step_old_messages_alarm");

    expect(alarm).toMatchObject({
      alarm_name: "live-orders-step-old-messages",
      dimensions: { QueueName: "live-orders" },
      statistic: "Maximum",
      threshold: 60,
      treat_missing_data: "notBreaching",
    });
    expect(alarm["alarm_actions"]).toEqual([
      "${element(aws_appautoscaling_policy.scaling_step_old_messages_policy, 0).arn}",
    ]);
    const idle = stack.at("aws_cloudwatch_metric_alarm.scaling_step_idle_alarm");
    expect(idle["dimensions"]).toEqual({ Service: "orders" });
  });

  it("is not there before the first release, as all scaling", () => {
    const { count } = stack.at("aws_cloudwatch_metric_alarm.scaling_step_idle_alarm");

    expect(count).toBe(stack.at("aws_appautoscaling_target.scaling_target")["count"]);
  });
});

describe("scheduled scaling", () => {
  const scheduledActions = {
    rush: { schedule: "cron(0 7 ? * MON-FRI *)", timezone: "Europe/Paris", minCapacity: 6, maxCapacity: 30 },
    calm: { schedule: "cron(0 20 ? * MON-FRI *)", timezone: "Europe/Paris" },
  };
  const given = { minCapacity: 2, maxCapacity: 8, scheduledActions };

  it("sets fewest and most tasks, and returns to the recorded ones", () => {
    const stack = scaled(given);
    const action = (name: string) =>
      stack.at(`aws_appautoscaling_scheduled_action.scaling_scheduled_${name}`);

    expect(action("rush")).toMatchObject({
      name: "orders-scheduled-rush",
      schedule: "cron(0 7 ? * MON-FRI *)",
      timezone: "Europe/Paris",
      scalable_target_action: { min_capacity: "6", max_capacity: "30" },
    });
    expect(action("calm")["scalable_target_action"]).toEqual({ min_capacity: "2", max_capacity: "8" });
  });

  it("is written by AWS from then on, which Terraform leaves alone", () => {
    const target = (of: ReturnType<typeof scaled>) => of.only("aws_appautoscaling_target");

    expect(ignoredBy(target(scaled(given)))).toEqual(["min_capacity", "max_capacity"]);
    expect(ignoredBy(target(scaled({ minCapacity: 2 })))).toEqual([]);
    const fixed = scaled({ minCapacity: 2, maxCapacity: 2, scheduledActions: given.scheduledActions });
    expect(ignoredBy(fixed.only("aws_ecs_service"))).toEqual(["desired_count"]);
  });

  it("gives way to the working hours of an account: a rush would wake what sleeps", () => {
    const asleep = scaled(given, {}, "development-service-orders");
    const names = (of: ReturnType<typeof scaled>) =>
      of
        .resources("aws_appautoscaling_scheduled_action")
        .map(({ id }) => id)
        .sort();

    expect(names(asleep)).toEqual(["scaling_sleep", "scaling_wake"]);
    const wake = asleep.at("aws_appautoscaling_scheduled_action.scaling_wake");
    expect(wake["scalable_target_action"]).toEqual({ min_capacity: "2", max_capacity: "8" });
    const awake = scaled(given, { followsWorkingHours: false }, "development-service-orders");
    expect(names(awake)).toEqual(["scaling_scheduled_calm", "scaling_scheduled_rush"]);
  });
});
