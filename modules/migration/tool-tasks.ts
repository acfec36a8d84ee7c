import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Construct } from "constructs";
import { taskDefinition } from "../compute/task-definition";
import { stringEquals, trustService, type Statement } from "../identity/policy";
import { Role } from "../identity/role";

export interface ToolTasksProps {
  readonly clusterArn: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly executionRoleName: string;
  readonly taskRoleName: string;
  readonly path: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  /** Repositories of Amazon ECR with the tools' images; none of other registries. */
  readonly repositoryArns: readonly string[];
  readonly secretArns: readonly string[];
  readonly dataKeyArn: string;
  readonly logsKeyArn: string;
  readonly logGroupName: string;
  readonly logRetentionInDays: number;
  /** What a tool may do in AWS. @default nothing */
  readonly statements?: Statement[];
}

export interface ToolProps {
  /** Also the name of the service that keeps it running. */
  readonly family: string;
  readonly image: string;
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  /** GiB. @default Fargate's own, 20 */
  readonly ephemeralStorage?: number;
  /** Folder of the task's disk that it works in; the image says by a VOLUME that its user may. @default none */
  readonly workFolder?: string;
  /** What a shell runs. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Environment variable to ARN of a secret, with the key of its JSON. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Whom Fargate's processes are; nobody that an image must know. */
const USER = "1000:1000";

/**
 * Where the tools of a migration run: on Fargate, in private subnets, with a log and roles of their own. What runs once
 * is a task definition, which an operator starts; what has to go on is a service.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/standalone-task-create.html
 */
export class ToolTasks extends Construct {
  private readonly roles: { readonly execution: Role; readonly task: Role };
  private readonly logGroup: CloudwatchLogGroup;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ToolTasksProps,
  ) {
    super(scope, id);
    this.logGroup = new CloudwatchLogGroup(this, "logs", {
      name: props.logGroupName,
      retentionInDays: props.logRetentionInDays,
      kmsKeyId: props.logsKeyArn,
    });
    const { path, boundaryArn, accountId, region } = props;
    const trust = [
      trustService("ecs-tasks.amazonaws.com", accountId, `arn:aws:ecs:${region}:${accountId}:*`),
    ];
    this.roles = {
      execution: new Role(this, "execution", {
        roleName: props.executionRoleName,
        path,
        boundaryArn,
        trust,
        description: "Lets ECS pull the images of a migration, write its log and read its secrets",
        statements: startStatements(props, this.logGroup.arn),
      }),
      task: new Role(this, "task", {
        roleName: props.taskRoleName,
        path,
        boundaryArn,
        trust,
        description: "What the tools of a migration may do in AWS",
        statements: props.statements ?? [],
      }),
    };
  }

  /** A tool that an operator runs once. */
  once(id: string, tool: ToolProps): EcsTaskDefinition {
    const { roles, props, logGroup } = this;
    return taskDefinition(this, id, {
      family: tool.family,
      cpu: tool.cpu,
      memory: tool.memory,
      cpuArchitecture: "X86_64",
      launchType: "FARGATE",
      ...(tool.ephemeralStorage === undefined ? {} : { ephemeralStorage: tool.ephemeralStorage }),
      container: {
        name: "tool",
        image: tool.image,
        entryPoint: ["/bin/sh", "-c"],
        command: [tool.script],
        user: USER,
        stopTimeout: 120,
        environment: tool.environment,
        secrets: tool.secrets,
        logGroupName: logGroup.name,
        region: props.region,
      },
      volumes: tool.workFolder === undefined ? [] : [{ name: "work", mountPath: tool.workFolder }],
      executionRoleArn: roles.execution.role.arn,
      taskRoleArn: roles.task.role.arn,
      executeCommand: false,
    });
  }

  /** A tool that ECS keeps running, as often as an operator says from then on: never twice beyond that. */
  lasting(id: string, tool: ToolProps, desiredCount: number): void {
    const { props, roles } = this;
    const definition = this.once(id, tool);
    new EcsService(this, `${id}_service`, {
      name: tool.family,
      cluster: props.clusterArn,
      taskDefinition: definition.arn,
      desiredCount,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
      networkConfiguration: {
        subnets: props.subnetIds,
        securityGroups: props.securityGroupIds,
        assignPublicIp: false,
      },
      deploymentMinimumHealthyPercent: 0,
      deploymentMaximumPercent: 100,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      availabilityZoneRebalancing: "DISABLED",
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      enableExecuteCommand: false,
      lifecycle: { ignoreChanges: ["desired_count"] },
      dependsOn: [...roles.execution.permissions, ...roles.task.permissions],
    });
  }
}

function startStatements(
  { repositoryArns, secretArns, dataKeyArn, region }: ToolTasksProps,
  logGroupArn: string,
): Statement[] {
  return [
    ...(repositoryArns.length > 0
      ? [
          // The only ECR action that takes no resource.
          { sid: "SignIn", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
          {
            sid: "PullImage",
            actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            resources: [...repositoryArns],
          },
        ]
      : []),
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`${logGroupArn}:*`],
    },
    ...(secretArns.length > 0
      ? [
          { sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: [...secretArns] },
          {
            sid: "DecryptSecrets",
            actions: ["kms:Decrypt"],
            resources: [dataKeyArn],
            condition: [stringEquals("kms:ViaService", `secretsmanager.${region}.amazonaws.com`)],
          },
        ]
      : []),
  ];
}
