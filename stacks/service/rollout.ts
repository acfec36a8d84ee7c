import type { Account } from "../../environments/schema/account";
import * as names from "../../environments/schema/names";
import type { Service } from "../../environments/schema/service";
import { takesTurns, trafficShift, type TrafficShift } from "../../environments/schema/service/deployment";
import type { Rollout } from "../../modules/compute/rollout";
import type { TaskLoadBalancer, TaskService } from "../../modules/compute/task-service";
import { CodeDeploy, type CodeDeployProps } from "../../modules/delivery/code-deploy";
import { RolloutRole } from "../../modules/identity/rollout-role";
import type { ServiceRoles } from "../../modules/identity/service-roles";
import type { PlacedDoor } from "./doors";
import type { ServiceContext } from "./feature";
import { placed } from "./placed";

/** How a service's deployments go. */
export function describeRollout(
  { definition: { deploymentConfiguration } }: ServiceContext,
  alarmNames: readonly string[],
): Rollout {
  const { controller, strategy, prepared, minimumHealthyPercent, maximumPercent } = deploymentConfiguration;
  const shift = trafficShift(deploymentConfiguration);
  return {
    controller,
    strategy,
    prepared,
    minimumHealthyPercent,
    maximumPercent,
    alarmNames,
    ...(shift === undefined ? {} : { shift }),
  };
}

/** The role by which ECS or CodeDeploy moves a service's traffic, where its deployments do, or are about to. */
export function addRolloutRole(
  { stack, definition }: ServiceContext,
  doors: ReadonlyMap<string, PlacedDoor>,
  roles: ServiceRoles,
): RolloutRole | undefined {
  const { account } = stack;
  if (!takesTurns(definition.deploymentConfiguration)) return undefined;
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
    controller:
      definition.deploymentConfiguration.controller === "ECS"
        ? { type: "ECS" }
        : {
            type: "CODE_DEPLOY",
            region: account.region,
            clusterName: names.cluster(account),
            alarmPrefix: `${account.name}-${definition.name}`,
            taskRoleArns: [roles.executionRoleArn, roles.taskRoleArn],
          },
  });
}

/** Where a service's tasks are registered, and what ECS needs to move their traffic, if it does. */
export function taskLoadBalancers(
  { definition: { deploymentConfiguration } }: ServiceContext,
  doors: ReadonlyMap<string, PlacedDoor>,
  role: RolloutRole | undefined,
): TaskLoadBalancer[] {
  return [...doors.values()].map(({ door: { targetGroup, alternate, rules, testRules } }) => {
    const [rule] = rules;
    const byEcs = deploymentConfiguration.controller === "ECS";
    if (!byEcs || role === undefined || alternate === undefined || rule === undefined)
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

export interface CodeDeployParts extends Pick<CodeDeployProps["appSpec"], "subnetIds" | "securityGroupIds"> {
  readonly tasks: TaskService;
  readonly doors: ReadonlyMap<string, PlacedDoor>;
  readonly role: RolloutRole | undefined;
  readonly alarmNames: readonly string[];
}

/** The deployment group of a service that CodeDeploy deploys; of others nothing. */
export function addCodeDeploy({ stack, definition }: ServiceContext, parts: CodeDeployParts): void {
  const { account } = stack;
  const shift = trafficShift(definition.deploymentConfiguration);
  const [door] = [...parts.doors.values()].map((placed) => placed.door);
  const { role, tasks, alarmNames, subnetIds, securityGroupIds } = parts;
  if (shift?.controller !== "CODE_DEPLOY" || door?.alternate === undefined || role === undefined) return;
  new CodeDeploy(stack, "code_deploy", {
    applicationName: names.codeDeployApplication(account, definition),
    shift: {
      bakeTimeInMinutes: shift.bakeTimeInMinutes,
      ...(shift.strategy === "BLUE_GREEN" ? {} : { steps: stepsOf(shift, account, definition) }),
    },
    roleArn: role.role.arn,
    clusterName: names.cluster(account),
    serviceName: tasks.service.name,
    listenerArn: door.listenerArn,
    ...(door.testListenerArn === undefined ? {} : { testListenerArn: door.testListenerArn }),
    targetGroupNames: [door.targetGroup.name, door.alternate.name],
    alarmNames,
    appSpec: {
      parameterName: names.appSpecParameter(account, definition),
      taskDefinitionArn: tasks.definition.arn,
      containerName: definition.name,
      containerPort: definition.containerPort ?? 0,
      subnetIds,
      securityGroupIds,
      capacityProviderStrategy: placed({ stack, definition }),
    },
    dependsOn: role.permissions,
  });
}

function stepsOf(
  { strategy, canary, linear }: TrafficShift,
  account: Account,
  service: Service,
): CodeDeployProps["shift"]["steps"] {
  const [type, percentage, interval] =
    strategy === "CANARY"
      ? (["TimeBasedCanary", canary.canaryPercent, canary.canaryBakeTimeInMinutes] as const)
      : (["TimeBasedLinear", linear.stepPercent, linear.stepBakeTimeInMinutes] as const);
  const name = names.codeDeployConfiguration(account, service, strategy, percentage, interval);
  return { name, type, percentage, interval };
}
