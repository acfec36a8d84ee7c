import { summarize } from "../../../cli/plan-summary";
import { refuseForeignChanges } from "../../../cli/delivery/release-plan";

interface Told {
  readonly strategy?: string;
  readonly first?: string;
  readonly second?: string;
  readonly controller?: string;
}

/** As Terraform shows a service: what is known only after the apply is not there. */
const service = ({ strategy = "ROLLING", first = "blue", second, controller = "ECS" }: Told) => ({
  name: "orders",
  deployment_controller: [{ type: controller }],
  deployment_configuration: [{ strategy, bake_time_in_minutes: "5" }],
  load_balancer: [
    {
      target_group_arn: first,
      container_port: 8080,
      advanced_configuration: second === undefined ? [] : [{ alternate_target_group_arn: second }],
    },
  ],
});
const resource = (address: string, action: string, before: unknown = null, after: unknown = null) => ({
  address,
  type: address.split(".")[0],
  mode: "managed",
  change: { actions: action === "replace" ? ["delete", "create"] : [action], before, after },
});
const summaryOf = (before: Told | null, after: Told, ...more: ReturnType<typeof resource>[]) =>
  summarize(
    JSON.stringify({
      resource_changes: [
        resource("aws_ecs_service.s", "update", before === null ? null : service(before), service(after)),
        ...more,
      ],
    }),
  );
const faults = (...args: Parameters<typeof summaryOf>) => summaryOf(...args).faults;

const ROLLS: Told = {};
const PREPARED: Told = { second: "green" };
const CANARY: Told = { strategy: "CANARY", second: "green" };
const CODE_DEPLOY: Told = { controller: "CODE_DEPLOY" };
const GROUP = resource("aws_lb_target_group.door_public_2_target_group", "create");
const RULE = resource("aws_lb_listener_rule.door_public_rule_orders", "delete");
const port = (from: number) => ({ from_port: from, to_port: from });
const PORT = resource(
  "aws_vpc_security_group_ingress_rule.door_public_ingress",
  "update",
  port(8080),
  port(9090),
);

describe("there and back by way of prepared", () => {
  it("is told of nothing", () => {
    expect(faults(ROLLS, PREPARED, GROUP)).toEqual([]);
    expect(faults(PREPARED, CANARY)).toEqual([]);
    expect(faults(CANARY, PREPARED)).toEqual([]);
    expect(faults(PREPARED, ROLLS, RULE)).toEqual([]);
  });

  it("may be a service that is new, or is made anew", () => expect(faults(null, CANARY, GROUP)).toEqual([]));
});

describe("in one step", () => {
  it("is refused there: ECS would not be told of the second target group", () =>
    // Terraform leaves load_balancer as it was.
    expect(faults(ROLLS, { strategy: "CANARY" }, GROUP)).toEqual([
      expect.stringMatching(/^orders has one target group .*CANARY needs two.*prepared: true/),
    ]));

  it("is refused back: what is left out of the strategy stays on", () =>
    expect(faults(CANARY, { strategy: "CANARY" })).toEqual([expect.stringMatching(/prepared: true/)]));
});

it("refuses to roll while the traffic is in the second target group", () => {
  const swapped: Told = { strategy: "CANARY", first: "green", second: "blue" };

  expect(faults(swapped, PREPARED)).toEqual([
    expect.stringMatching(/in the second target group.*slipway restart orders/),
  ]);
});

it.each([
  ["a target group that comes", GROUP],
  ["a rule that goes", RULE],
  ["another port of the tasks", PORT],
])("refuses %s while deployments move the traffic, of which the service would not learn", (_what, change) => {
  expect(faults(CANARY, CANARY, change)).toEqual([expect.stringContaining(change.address)]);
  expect(faults(CODE_DEPLOY, CODE_DEPLOY, change)).toEqual([expect.stringContaining("another name")]);
  expect(faults({ ...PREPARED, first: "other" }, PREPARED, change)).toEqual([]);
  expect(faults(ROLLS, ROLLS, change)).toEqual([]);
});

it("leaves CodeDeploy its rules for tests, of whose listener the deployment group knows", () =>
  expect(
    faults(CODE_DEPLOY, CODE_DEPLOY, resource("aws_lb_listener_rule.door_public_test_rule_orders", "create")),
  ).toEqual([]));

it("is refused to a release too", () =>
  expect(() =>
    refuseForeignChanges("live-service-orders", summaryOf(CANARY, { strategy: "CANARY" }), {
      before: true,
      after: true,
    }),
  ).toThrow(/lead traffic astray/));
