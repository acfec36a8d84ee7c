import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { conditional, Token, type IResolvable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { containerDefinitions, type ContainerProps } from "./container";

export interface FargateServiceProps {
  readonly serviceName: string;
  readonly clusterArn: string;
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly cpuArchitecture: "X86_64" | "ARM64";
  readonly container: Omit<ContainerProps, "writablePaths">;
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly targetGroupArns: readonly string[];
  /** Whether tasks run on Spot. */
  readonly spot: boolean;
  /** Whether people may open a shell in a task. */
  readonly executeCommand: boolean;
  /** Tasks started when the service first can; autoscaling owns the number from then on. */
  readonly desiredCount: number;
  /** Whether tasks can start; a Terraform expression. */
  readonly ready: IResolvable;
  readonly healthCheckGracePeriodSeconds: number;
  /** Namespace in which its tasks are named. @default they are not */
  readonly namespaceId?: string;
  /** Alarms that roll a deployment back. @default none */
  readonly rollbackAlarms?: readonly string[];
  /** What must be there before the first task, and outlive the last. */
  readonly dependsOn: ITerraformDependable[];
}

/** ECS Exec's agent writes here, on a root that is read-only. */
const AGENT_PATHS = { "ssm-lib": "/var/lib/amazon", "ssm-log": "/var/log/amazon" };

/**
 * A service on Fargate: rolling deployments that never go below full strength and roll back by themselves.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export class FargateService extends Construct {
  readonly service: EcsService;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const writablePaths = { tmp: "/tmp", ...(props.executeCommand ? AGENT_PATHS : {}) };
    const taskDefinition = new EcsTaskDefinition(this, "task_definition", {
      family: props.serviceName,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(props.cpu),
      memory: String(props.memory),
      runtimePlatform: { cpuArchitecture: props.cpuArchitecture, operatingSystemFamily: "LINUX" },
      executionRoleArn: props.executionRoleArn,
      taskRoleArn: props.taskRoleArn,
      containerDefinitions: containerDefinitions({ ...props.container, writablePaths }),
      volume: Object.keys(writablePaths).map((name) => ({ name })),
      // A rollback needs the revisions that were in service before.
      skipDestroy: true,
    });
    const discovery =
      props.namespaceId === undefined
        ? undefined
        : new ServiceDiscoveryService(this, "discovery", {
            name: props.serviceName,
            description: `Tasks of ${props.serviceName}`,
            dnsConfig: {
              namespaceId: props.namespaceId,
              routingPolicy: "MULTIVALUE",
              dnsRecords: [{ type: "A", ttl: 10 }],
            },
            forceDestroy: true,
          });
    const behindDoor = props.targetGroupArns.length > 0;
    const { containerPort } = props.container;
    this.service = new EcsService(this, "service", {
      name: props.serviceName,
      cluster: props.clusterArn,
      taskDefinition: taskDefinition.arn,
      desiredCount: Token.asNumber(conditional(props.ready, props.desiredCount, 0)),
      capacityProviderStrategy: [{ capacityProvider: props.spot ? "FARGATE_SPOT" : "FARGATE", weight: 1 }],
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
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      ...(props.rollbackAlarms === undefined || props.rollbackAlarms.length === 0
        ? {}
        : { alarms: { enable: true, rollback: true, alarmNames: [...props.rollbackAlarms] } }),
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      enableExecuteCommand: props.executeCommand,
      lifecycle: { ignoreChanges: ["desired_count"] },
      dependsOn: props.dependsOn,
    });
  }
}
