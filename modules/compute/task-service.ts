import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { conditional, Token, type IResolvable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { INSTANCE_VOLUME_ATTRIBUTE } from "./instance-user-data";
import type { CapacityProviderStrategy } from "./capacity-provider-strategy";
import { rolloutArguments, writtenElsewhere, type Rollout } from "./rollout";
import { serviceConnectConfiguration, type ServiceConnect } from "./service-connect";
import { taskDefinition, type TaskDefinitionProps } from "./task-definition";

/** A target group, and the one that takes turns with it where ECS moves traffic. */
export interface TaskLoadBalancer {
  readonly targetGroupArn: string;
  /** @default the container's own */
  readonly containerPort?: number;
  /** @default none: tasks are replaced one after another, or by CodeDeploy */
  readonly shift?: {
    readonly alternateTargetGroupArn: string;
    readonly productionRuleArn: string;
    /** @default no test before a version has traffic */
    readonly testRuleArn?: string;
    /** The role by which ECS moves it. */
    readonly roleArn: string;
  };
}

export interface TaskServiceProps extends Omit<TaskDefinitionProps, "family"> {
  readonly serviceName: string;
  readonly clusterArn: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  /** Where its tasks are registered. @default nowhere */
  readonly loadBalancers?: readonly TaskLoadBalancer[];
  readonly capacityProviderStrategy: CapacityProviderStrategy;
  /** Volumes of instances, one a task: each has an instance of its own that has mounted them. @default none */
  readonly instanceVolumes?: readonly string[];
  /** Tasks started when the service first can. */
  readonly desiredCount: number;
  /** Whether autoscaling owns the number of tasks from then on. */
  readonly scaled: boolean;
  /** Whether tasks can start; a Terraform expression. */
  readonly ready: IResolvable;
  readonly healthCheckGracePeriodSeconds: number;
  /** Namespace in which its tasks are named. @default they are not */
  readonly namespaceId?: string;
  /** The proxy in each task. @default none */
  readonly serviceConnect?: ServiceConnect;
  readonly rollout: Rollout;
  /** What must be there before the first task, and outlive the last. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A service whose tasks ECS keeps running, and whose deployments roll back by themselves.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export class TaskService extends Construct {
  readonly service: EcsService;
  /** What its tasks are. */
  readonly definition: EcsTaskDefinition;

  constructor(scope: Construct, id: string, props: TaskServiceProps) {
    super(scope, id);
    const { containerPort } = props.container;
    this.definition = taskDefinition(this, "task_definition", { ...props, family: props.serviceName });
    const discovery = props.namespaceId === undefined ? undefined : this.discovery(props, props.namespaceId);
    const { loadBalancers = [] } = props;
    const ignored = [...writtenElsewhere(props.rollout), ...(props.scaled ? ["desired_count"] : [])].sort();
    this.service = new EcsService(this, "service", {
      name: props.serviceName,
      cluster: props.clusterArn,
      taskDefinition: this.definition.arn,
      desiredCount: Token.asNumber(conditional(props.ready, props.desiredCount, 0)),
      capacityProviderStrategy: [...props.capacityProviderStrategy],
      ...(props.launchType === "EC2" ? placement(props.instanceVolumes ?? []) : {}),
      networkConfiguration: {
        subnets: props.subnetIds,
        securityGroups: props.securityGroupIds,
        assignPublicIp: false,
      },
      loadBalancer:
        containerPort === undefined
          ? []
          : loadBalancers.map(({ targetGroupArn, shift, containerPort: port = containerPort }) => ({
              targetGroupArn,
              containerName: props.container.name,
              containerPort: port,
              ...(shift === undefined
                ? {}
                : {
                    advancedConfiguration: {
                      alternateTargetGroupArn: shift.alternateTargetGroupArn,
                      productionListenerRule: shift.productionRuleArn,
                      testListenerRule: shift.testRuleArn,
                      roleArn: shift.roleArn,
                    },
                  }),
            })),
      ...(props.serviceConnect === undefined
        ? {}
        : { serviceConnectConfiguration: serviceConnectConfiguration(props.serviceConnect) }),
      ...(discovery === undefined ? {} : { serviceRegistries: { registryArn: discovery.arn } }),
      ...(loadBalancers.length > 0
        ? { healthCheckGracePeriodSeconds: props.healthCheckGracePeriodSeconds }
        : {}),
      ...rolloutArguments(props.rollout),
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      enableExecuteCommand: props.executeCommand,
      ...(ignored.length === 0 ? {} : { lifecycle: { ignoreChanges: ignored } }),
      dependsOn: props.dependsOn,
    });
  }

  /**
   * No custom health check: the provider has a deprecated argument for it only, and without that argument loses the
   * block and replaces the service at every apply. ECS takes out what is unhealthy by stopping it.
   * https://github.com/hashicorp/terraform-provider-aws/issues/44285
   */
  private discovery({ serviceName }: TaskServiceProps, namespaceId: string): ServiceDiscoveryService {
    return new ServiceDiscoveryService(this, "discovery", {
      name: serviceName,
      description: `Tasks of ${serviceName}`,
      dnsConfig: {
        namespaceId,
        routingPolicy: "MULTIVALUE",
        dnsRecords: [{ type: "A", ttl: 10 }],
      },
      forceDestroy: true,
    });
  }
}

/** Over zones first, then where there is least room left, so that instances fill and others can go. */
function placement(volumes: readonly string[]) {
  return {
    orderedPlacementStrategy: [
      { type: "spread", field: "attribute:ecs.availability-zone" },
      { type: "binpack", field: "memory" },
    ],
    ...(volumes.length === 0
      ? {}
      : {
          placementConstraints: [
            { type: "distinctInstance" },
            ...volumes.map((volume) => ({
              type: "memberOf",
              expression: `attribute:${INSTANCE_VOLUME_ATTRIBUTE} == ${volume}`,
            })),
          ],
        }),
  };
}
