import * as names from "../../environments/schema/names";
import { trafficShift } from "../../environments/schema/service/deployment";
import type { Rollout } from "../../modules/compute/rollout";
import type { TaskLoadBalancer } from "../../modules/compute/task-service";
import { RolloutRole } from "../../modules/identity/rollout-role";
import type { PlacedDoor } from "./doors";
import type { ServiceContext } from "./feature";

/** How a service's deployments go. */
export function describeRollout(
  { definition: { deploymentConfiguration } }: ServiceContext,
  alarmNames: readonly string[],
): Rollout {
  const { controller, strategy, minimumHealthyPercent, maximumPercent } = deploymentConfiguration;
  const shift = trafficShift(deploymentConfiguration);
  return {
    controller,
    strategy,
    minimumHealthyPercent,
    maximumPercent,
    alarmNames,
    ...(shift === undefined ? {} : { shift }),
  };
}

/** The role by which ECS moves a service's traffic, where its deployments do. */
export function addRolloutRole(
  { stack, definition }: ServiceContext,
  doors: ReadonlyMap<string, PlacedDoor>,
): RolloutRole | undefined {
  const { account } = stack;
  if (trafficShift(definition.deploymentConfiguration) === undefined) return undefined;
  const all = [...doors.values()].map(({ door }) => door);
  return new RolloutRole(stack, "rollout", {
    roleName: names.rolloutRole(account, definition),
    path: names.WORKLOAD_ROLE_PATH,
    boundaryArn: names.boundaryArn(account),
    accountId: account.id,
    serviceName: definition.name,
    targetGroupArns: all.flatMap(({ targetGroup, alternate }) => [
      targetGroup.arn,
      ...(alternate === undefined ? [] : [alternate.arn]),
    ]),
    ruleArns: all.flatMap(({ rules, testRules }) => [...rules, ...testRules].map(({ arn }) => arn)),
    controller: { type: "ECS" },
  });
}

/** Where a service's tasks are registered, and what ECS needs to move their traffic. */
export function taskLoadBalancers(
  doors: ReadonlyMap<string, PlacedDoor>,
  role: RolloutRole | undefined,
): TaskLoadBalancer[] {
  return [...doors.values()].map(({ door: { targetGroup, alternate, rules, testRules } }) => {
    const [rule] = rules;
    if (role === undefined || alternate === undefined || rule === undefined)
      return { targetGroupArn: targetGroup.arn };
    const [testRule] = testRules;
    return {
      targetGroupArn: targetGroup.arn,
      shift: {
        alternateTargetGroupArn: alternate.arn,
        productionRuleArn: rule.arn,
        ...(testRule === undefined ? {} : { testRuleArn: testRule.arn }),
        roleArn: role.role.arn,
      },
    };
  });
}
