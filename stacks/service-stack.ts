import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { TerraformOutput, conditional } from "cdktf";
import type { Construct } from "constructs";
import { registryAccount, servicesIn } from "../environments/schema/fleet";
import { defaultDoor } from "../environments/schema/hosting";
import * as names from "../environments/schema/names";
import { allocatePriorities, ruleKey, type AllocatedRule } from "../environments/schema/priorities";
import type { Door as DoorDefinition, Service } from "../environments/schema/service";
import { FargateService } from "../modules/compute/fargate-service";
import { Readiness } from "../modules/compute/readiness";
import { ServiceAlarms } from "../modules/compute/service-alarms";
import { ServiceScaling } from "../modules/compute/service-scaling";
import { Release } from "../modules/delivery/release";
import { Door } from "../modules/edge/service-doors";
import { ServiceRoles } from "../modules/identity/service-roles";
import { ServiceGroup } from "../modules/network/service-group";
import { read, type ContractValues } from "./contract";
import {
  clusterContract,
  keysContract,
  loadBalancerContract,
  secretContract,
  vpcContract,
  zonesContract,
} from "./contracts";
import { CompositionError } from "./errors";
import { execLogGroup } from "./hosting-stack";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

interface ServiceStackProps extends Omit<PlatformStackProps, "concern" | "name" | "service"> {
  readonly definition: Service;
  /** Priorities of the account's listener rules. */
  readonly priorities: ReadonlyMap<string, AllocatedRule>;
}

type Vpc = ContractValues<typeof vpcContract.schema.shape>;
type Zones = ContractValues<typeof zonesContract.schema.shape>;

/** One service in one account, from its release parameter to its alarms. Nobody else's JSON depends on it. */
export class ServiceStack extends PlatformStack {
  private readonly definition: Service;
  private readonly priorities: ReadonlyMap<string, AllocatedRule>;

  constructor(scope: Construct, props: ServiceStackProps) {
    const { definition } = props;
    super(scope, { ...props, concern: "service", name: definition.name, service: definition });
    this.definition = definition;
    this.priorities = props.priorities;
    const { account, fleet } = this;
    const { capabilities } = account;
    const keys = read(this, keysContract);
    const vpc = read(this, vpcContract);
    const hosting = read(this, clusterContract);
    const registry = registryAccount(fleet) ?? account;
    const secrets = this.secrets();

    const release = new Release(this, "release", {
      parameterName: names.releaseParameter(account, definition),
      repositoryUrl: names.repositoryUrl(registry, definition.repository),
    });
    const readiness = new Readiness(this, "readiness", { released: release.exists, secrets });
    const logGroup = new CloudwatchLogGroup(this, "logs", {
      name: names.serviceLogGroup(account, definition),
      retentionInDays: capabilities.logRetentionDays,
      kmsKeyId: keys.logsKeyArn,
    });
    const roles = new ServiceRoles(this, "roles", {
      executionRoleName: names.executionRole(account, definition),
      taskRoleName: names.taskRole(account, definition),
      path: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      accountId: account.id,
      region: account.region,
      repositoryArn: names.repositoryArn(registry, definition.repository),
      logGroupArn: logGroup.arn,
      secretArns: {
        secretsManager: arnsOf(secrets, "secretsManager"),
        parameterStore: arnsOf(secrets, "parameterStore"),
      },
      dataKeyArn: keys.dataKeyArn,
      executeCommand: capabilities.executeCommand,
      execLogGroupArn: `arn:aws:logs:${account.region}:${account.id}:log-group:${execLogGroup(account)}`,
      taskStatements: definition.taskRoleStatements.map((statement) => ({
        ...statement,
        resources: statement.resources.map((arn) =>
          arn.replaceAll("{account}", account.id).replaceAll("{region}", account.region),
        ),
      })),
    });
    const zones =
      definition.serviceDiscovery || definition.loadBalancers.length > 0
        ? read(this, zonesContract)
        : undefined;
    const { group, rules } = new ServiceGroup(this, "group", {
      name: `${account.name}-${definition.name}`,
      description: `Tasks of ${definition.name}`,
      vpcId: vpc.vpcId,
      vpcCidrBlock: vpc.cidrBlock,
      ...(definition.serviceDiscovery ? { discoveredPort: definition.containerPort } : {}),
      egress: definition.egress,
    });
    const doors = zones === undefined ? new Map<string, PlacedDoor>() : this.doors(vpc, zones, group);
    const alarms = new ServiceAlarms(this, "alarms", {
      prefix: `${account.name}-${definition.name}`,
      clusterName: names.cluster(account),
      serviceName: definition.name,
      topicArn: hosting.alarmTopicArn,
      ...definition.alarms,
      doors: Object.fromEntries(
        [...doors].map(([alb, { door, loadBalancer }]) => [
          alb,
          { loadBalancer, targetGroup: door.targetGroup.arnSuffix },
        ]),
      ),
      taskCounts: capabilities.containerInsights !== "disabled",
    });
    const { service } = new FargateService(this, "tasks", {
      serviceName: definition.name,
      clusterArn: hosting.clusterArn,
      cpu: definition.cpu,
      memory: definition.memory,
      cpuArchitecture: definition.cpuArchitecture,
      container: {
        name: definition.name,
        image: release.image,
        containerPort: definition.containerPort,
        command: definition.command,
        user: definition.user,
        stopTimeout: definition.stopTimeout,
        environment: { AWS_REGION: account.region, ENVIRONMENT: account.name, ...definition.environment },
        secrets: Object.fromEntries(
          Object.entries(definition.secrets).map(([variable, name]) => [
            variable,
            secrets[name]?.arn ?? name,
          ]),
        ),
        healthCheck: definition.containerHealthCheck,
        logGroupName: logGroup.name,
        region: account.region,
      },
      executionRoleArn: roles.executionRoleArn,
      taskRoleArn: roles.taskRoleArn,
      subnetIds: vpc.privateSubnetIds,
      securityGroupIds: [group.id],
      targetGroupArns: [...doors.values()].map(({ door }) => door.targetGroup.arn),
      spot: capabilities.fargateSpot,
      executeCommand: capabilities.executeCommand,
      desiredCount: definition.autoScaling.minCapacity,
      ready: readiness.ready,
      healthCheckGracePeriodSeconds: definition.healthCheckGracePeriodSeconds,
      namespaceId: definition.serviceDiscovery ? zones?.namespaceId : undefined,
      rollbackAlarms: capabilities.rollbackOnAlarms ? alarms.releaseAlarmNames : [],
      dependsOn: [
        ...roles.permissions,
        ...rules,
        ...[...doors.values()].flatMap(({ door }) => [...door.rules, door.ingress]),
        ...(capabilities.rollbackOnAlarms ? alarms.releaseAlarms : []),
      ],
    });
    const { requestsPerTarget, ...scaling } = definition.autoScaling;
    new ServiceScaling(this, "scaling", {
      ...scaling,
      clusterName: names.cluster(account),
      serviceName: definition.name,
      ...(requestsPerTarget === undefined
        ? {}
        : {
            requests: {
              perTarget: requestsPerTarget,
              doors: Object.fromEntries([...doors].map(([alb, { door }]) => [alb, door.resourceLabel])),
            },
          }),
      ...(capabilities.workingHours === null ? {} : { workingHours: capabilities.workingHours }),
      ready: readiness.ready,
      dependsOn: [service],
    });
    new TerraformOutput(this, "release_state", {
      description: "What the service runs",
      value: conditional(
        release.exists,
        release.parameter.insecureValue,
        "no release yet: tasks stay at zero",
      ),
    });
  }

  private secrets() {
    const { account, definition } = this;
    const used = [...new Set(Object.values(definition.secrets))].sort();
    return Object.fromEntries(
      used.map((name) => {
        const store = account.secrets[name]?.store ?? "secretsManager";
        const arn =
          store === "secretsManager"
            ? read(this, secretContract(name)).arn
            : names.secretParameterArn(account, name);
        return [name, { arn, store, folder: names.secretFolder(account, name) }];
      }),
    );
  }

  private doors(vpc: Vpc, zones: Zones, group: SecurityGroup): Map<string, PlacedDoor> {
    const { account, definition } = this;
    const albs = [...new Set(definition.loadBalancers.map(({ alb }) => alb))];
    return new Map(
      albs.map((alb): [string, PlacedDoor] => {
        const rules = definition.loadBalancers.filter((door) => door.alb === alb);
        const loadBalancer = read(this, loadBalancerContract(alb));
        const internal = account.hosting?.loadBalancers[alb]?.scheme === "internal";
        const publicZone = account.network?.publicZone ?? "";
        const zone = internal ? names.privateZone(publicZone) : publicZone;
        const door = new Door(this, `door_${alb}`, {
          targetGroupName: names.targetGroup(definition, alb),
          vpcId: vpc.vpcId,
          containerPort: definition.containerPort ?? 0,
          serviceGroupId: group.id,
          loadBalancer,
          rules: rules.map((rule) => ({
            hostName: `${rule.host}.${zone}`,
            path: rule.path,
            priority: this.priorityOf(rule),
          })),
          ...(this.isDefaultDoor(alb) ? {} : { zoneId: internal ? zones.privateZoneId : zones.publicZoneId }),
          deregistrationDelay: definition.deregistrationDelay,
          stickinessSeconds: rules.find((rule) => rule.stickiness !== undefined)?.stickiness?.cookieDuration,
          healthCheck: definition.healthCheck,
        });
        return [alb, { door, loadBalancer: loadBalancer.arnSuffix }];
      }),
    );
  }

  private isDefaultDoor(alb: string): boolean {
    const { loadBalancers = {} } = this.account.hosting ?? {};
    const scheme = loadBalancers[alb]?.scheme;
    return scheme !== undefined && defaultDoor(loadBalancers, scheme) === alb;
  }

  private priorityOf(door: DoorDefinition): number {
    const rule = this.priorities.get(ruleKey(door));
    if (rule === undefined) throw new CompositionError(`No priority is allocated for ${ruleKey(door)}`);
    return rule.priority;
  }
}

interface PlacedDoor {
  readonly door: Door;
  /** As CloudWatch names the load balancer. */
  readonly loadBalancer: string;
}

function arnsOf(secrets: Readonly<Record<string, { arn: string; store: string }>>, store: string): string[] {
  return Object.values(secrets)
    .filter((secret) => secret.store === store)
    .map(({ arn }) => arn);
}

export const serviceStacks: StackKind = (fleet, account) => {
  const services = servicesIn(fleet, account);
  const priorities = allocatePriorities(services, fleet.priorities[account.name] ?? new Map());
  return services.map((definition) => ({
    account,
    concern: "service",
    name: definition.name,
    build: (scope, options) =>
      new ServiceStack(scope, { fleet, account, definition, priorities, ...options }),
  }));
};
