import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { TerraformOutput, conditional } from "cdktf";
import type { Construct } from "constructs";
import { doorLedger, registryFor, servicesIn } from "../environments/schema/fleet";
import { isRouted } from "../environments/schema/log-router";
import * as names from "../environments/schema/names";
import { placeDoors, type PlacedRule } from "../environments/schema/placement";
import type { Service } from "../environments/schema/service";
import { Readiness } from "../modules/compute/readiness";
import { Release } from "../modules/delivery/release";
import { ServiceRoles } from "../modules/identity/service-roles";
import { read } from "./contract";
import { keysContract } from "./contracts";
import { execLogGroup } from "./hosting-stack";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import { missingZone } from "./service/doors";
import { combine, type Contribution } from "./service/feature";
import { FEATURES } from "./service/features";
import { otherRepositories } from "./service/other-containers";
import { arnsOf, readSecrets, type ReadSecret } from "./service/secrets";
import { addTasks } from "./service/tasks";
import type { StackKind } from "./stack-kind";

interface ServiceStackProps extends Omit<PlatformStackProps, "concern" | "name" | "service"> {
  readonly definition: Service;
  /** Where its listener rules are. */
  readonly rules: readonly PlacedRule[];
}

/** One service in one account, from its release parameter to its alarms. Nobody else's JSON depends on it. */
export class ServiceStack extends PlatformStack {
  private readonly definition: Service;
  private readonly keys = read(this, keysContract);

  constructor(scope: Construct, props: ServiceStackProps) {
    const { definition } = props;
    super(scope, { ...props, concern: "service", name: definition.name, service: definition });
    this.definition = definition;
    const { account, keys } = this;
    const context = { stack: this, definition };
    const secrets = readSecrets(context);
    const added = combine(FEATURES.map((feature) => feature(context)));
    const registry = registryFor(this.fleet, this.account);

    const release = new Release(this, "release", {
      parameterName: names.releaseParameter(account, definition),
      repositoryUrl: names.repositoryUrl(registry, definition.repository),
    });
    const readiness = new Readiness(this, "readiness", { released: release.exists, secrets });
    const logGroup = new CloudwatchLogGroup(this, "logs", {
      name: names.serviceLogGroup(account, definition),
      retentionInDays: account.capabilities.logRetentionDays,
      kmsKeyId: keys.logsKeyArn,
    });
    const routerLogGroup = isRouted(definition)
      ? new CloudwatchLogGroup(this, "router_logs", {
          name: names.routerLogGroup(account, definition),
          retentionInDays: account.capabilities.logRetentionDays,
          kmsKeyId: keys.logsKeyArn,
        })
      : undefined;
    const roles = this.roles(
      [logGroup, ...(routerLogGroup === undefined ? [] : [routerLogGroup])],
      secrets,
      added,
    );
    addTasks(
      { stack: this, definition },
      { release, readiness, logGroup, routerLogGroup, roles, secrets, added, rules: props.rules },
    );
    new TerraformOutput(this, "release_state", {
      description: "What the service runs",
      value: conditional(
        release.exists,
        release.parameter.insecureValue,
        "no release yet: tasks stay at zero",
      ),
    });
  }

  private roles(
    [logGroup, ...otherLogGroups]: readonly [CloudwatchLogGroup, ...CloudwatchLogGroup[]],
    secrets: Readonly<Record<string, ReadSecret>>,
    added: Required<Contribution>,
  ): ServiceRoles {
    const { account, definition } = this;
    const registry = registryFor(this.fleet, this.account);
    return new ServiceRoles(this, "roles", {
      executionRoleName: names.executionRole(account, definition),
      taskRoleName: names.taskRole(account, definition),
      path: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      accountId: account.id,
      region: account.region,
      repositoryArn: names.repositoryArn(registry, definition.repository),
      otherRepositoryArns: otherRepositories(definition),
      logGroupArn: logGroup.arn,
      otherLogGroupArns: otherLogGroups.map(({ arn }) => arn),
      secretArns: {
        secretsManager: [...arnsOf(secrets, "secretsManager"), ...added.secretArns],
        parameterStore: arnsOf(secrets, "parameterStore"),
      },
      dataKeyArn: this.keys.dataKeyArn,
      keyUsers: added.keyUsers,
      executeCommand: account.capabilities.executeCommand,
      execLogGroupArn: `arn:aws:logs:${account.region}:${account.id}:log-group:${execLogGroup(account)}`,
      taskStatements: [
        ...added.statements,
        ...definition.taskRoleStatements.map((statement) => ({
          ...statement,
          resources: statement.resources.map((arn) =>
            arn.replaceAll("{account}", account.id).replaceAll("{region}", account.region),
          ),
        })),
      ],
    });
  }
}

export const serviceStacks: StackKind = (fleet, account) => {
  const services = servicesIn(fleet, account);
  const placed = placeDoors(services, doorLedger(fleet, account));
  const rules = new Map<string, PlacedRule[]>();
  for (const rule of placed) rules.set(rule.service, [...(rules.get(rule.service) ?? []), rule]);
  return services.map((definition) => ({
    account,
    concern: "service",
    name: definition.name,
    lacks: missingZone(fleet, account, definition),
    build: (scope, options) =>
      new ServiceStack(scope, {
        fleet,
        account,
        definition,
        rules: rules.get(definition.name) ?? [],
        ...options,
      }),
  }));
};
