import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { conditional, Token, type IResolvable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { INSTANCE_VOLUME_ATTRIBUTE } from "./instance-user-data";
import { taskDefinition, type TaskDefinitionProps } from "./task-definition";

export interface TaskServiceProps extends Omit<TaskDefinitionProps, "family"> {
  readonly serviceName: string;
  readonly clusterArn: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly targetGroupArns: readonly string[];
  /** FARGATE, FARGATE_SPOT, or the name of a capacity provider of the cluster. */
  readonly capacityProvider: string;
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
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  /** Alarms that roll a deployment back. @default none */
  readonly rollbackAlarms?: readonly string[];
  /** What must be there before the first task, and outlive the last. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A service whose tasks ECS keeps running: rolling deployments that roll back by themselves.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export class TaskService extends Construct {
  readonly service: EcsService;

  constructor(scope: Construct, id: string, props: TaskServiceProps) {
    super(scope, id);
    const { containerPort } = props.container;
    const definition = taskDefinition(this, "task_definition", { ...props, family: props.serviceName });
    const discovery = props.namespaceId === undefined ? undefined : this.discovery(props, props.namespaceId);
    const behindDoor = props.targetGroupArns.length > 0;
    this.service = new EcsService(this, "service", {
      name: props.serviceName,
      cluster: props.clusterArn,
      taskDefinition: definition.arn,
      desiredCount: Token.asNumber(conditional(props.ready, props.desiredCount, 0)),
      capacityProviderStrategy: [{ capacityProvider: props.capacityProvider, weight: 1 }],
      ...(props.launchType === "EC2" ? placement(props.instanceVolumes ?? []) : {}),
      networkConfiguration: {
        subnets: props.subnetIds,
        securityGroups: props.securityGroupIds,
        assignPublicIp: false,
      },
      loadBalancer:
        containerPort === undefined
          ? []
          : props.targetGroupArns.map((targetGroupArn) => ({
              targetGroupArn,
              containerName: props.container.name,
              containerPort,
            })),
      ...(discovery === undefined ? {} : { serviceRegistries: { registryArn: discovery.arn } }),
      ...(behindDoor ? { healthCheckGracePeriodSeconds: props.healthCheckGracePeriodSeconds } : {}),
      deploymentMinimumHealthyPercent: props.minimumHealthyPercent,
      deploymentMaximumPercent: props.maximumPercent,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      ...(props.rollbackAlarms === undefined || props.rollbackAlarms.length === 0
        ? {}
        : { alarms: { enable: true, rollback: true, alarmNames: [...props.rollbackAlarms] } }),
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      enableExecuteCommand: props.executeCommand,
      // Another provider of capacity is taken up by a new deployment only.
      forceNewDeployment: true,
      ...(props.scaled ? { lifecycle: { ignoreChanges: ["desired_count"] } } : {}),
      dependsOn: props.dependsOn,
    });
  }

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
