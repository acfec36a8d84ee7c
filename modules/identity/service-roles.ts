import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { stringEquals, trustService, type Statement } from "./policy";
import { Role } from "./role";

export interface ServiceRolesProps {
  readonly executionRoleName: string;
  readonly taskRoleName: string;
  readonly path: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly repositoryArn: string;
  /** Repositories of the images beside its own. @default none */
  readonly otherRepositoryArns?: readonly string[];
  readonly logGroupArn: string;
  /** Log groups beside its own. @default none */
  readonly otherLogGroupArns?: readonly string[];
  /** ARNs of exactly the secrets that the tasks read, by store. */
  readonly secretArns: { readonly secretsManager: string[]; readonly parameterStore: string[] };
  /** Key of the secrets, of shells, and of the account's stores. */
  readonly dataKeyArn: string;
  /** AWS services through which the code uses that key, such as `sqs`. */
  readonly keyUsers: readonly string[];
  /** Whether people may open a shell in a task. */
  readonly executeCommand: boolean;
  readonly execLogGroupArn: string;
  /** What the code may do. */
  readonly taskStatements: Statement[];
}

/**
 * The two roles of a task: ECS's own, to pull, log and read secrets, and the code's.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html
 */
export class ServiceRoles extends Construct {
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  /** Without these, first tasks would start without permission. */
  readonly permissions: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRolesProps) {
    super(scope, id);
    const trust = [
      trustService(
        "ecs-tasks.amazonaws.com",
        props.accountId,
        `arn:aws:ecs:${props.region}:${props.accountId}:*`,
      ),
    ];
    const shared = { path: props.path, boundaryArn: props.boundaryArn, trust };
    const execution = new Role(this, "execution", {
      ...shared,
      roleName: props.executionRoleName,
      description: "Lets ECS pull the image, write logs and read exactly the service's secrets",
      statements: executionStatements(props),
    });
    const task = new Role(this, "task", {
      ...shared,
      roleName: props.taskRoleName,
      description: "What the service's code may do in AWS",
      statements: [
        ...props.taskStatements,
        ...keyStatements(props),
        ...(props.executeCommand ? shellStatements(props) : []),
      ],
    });
    this.executionRoleArn = execution.role.arn;
    this.taskRoleArn = task.role.arn;
    this.permissions = [...execution.permissions, ...task.permissions];
  }
}

function executionStatements({ secretArns, region, dataKeyArn, ...props }: ServiceRolesProps): Statement[] {
  const { secretsManager, parameterStore } = secretArns;
  const via = [
    ...(secretsManager.length > 0 ? [`secretsmanager.${region}.amazonaws.com`] : []),
    ...(parameterStore.length > 0 ? [`ssm.${region}.amazonaws.com`] : []),
  ];
  return [
    // The only ECR action that takes no resource.
    { sid: "SignIn", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      sid: "PullImage",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [props.repositoryArn, ...(props.otherRepositoryArns ?? [])],
    },
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [props.logGroupArn, ...(props.otherLogGroupArns ?? [])].map((arn) => `${arn}:*`),
    },
    ...(secretsManager.length > 0
      ? [{ sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: secretsManager }]
      : []),
    ...(parameterStore.length > 0
      ? [{ sid: "ReadParameters", actions: ["ssm:GetParameters"], resources: parameterStore }]
      : []),
    ...(via.length > 0
      ? [
          {
            sid: "DecryptSecrets",
            actions: ["kms:Decrypt"],
            resources: [dataKeyArn],
            condition: [stringEquals("kms:ViaService", ...via)],
          },
        ]
      : []),
  ];
}

/** The data key, through the services whose stores it encrypts and through nothing else. */
function keyStatements({ keyUsers, dataKeyArn, region }: ServiceRolesProps): Statement[] {
  if (keyUsers.length === 0) return [];
  return [
    {
      sid: "UseDataKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [dataKeyArn],
      condition: [
        stringEquals("kms:ViaService", ...keyUsers.map((service) => `${service}.${region}.amazonaws.com`)),
      ],
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-required-iam-permissions */
function shellStatements({ dataKeyArn, execLogGroupArn, region, accountId }: ServiceRolesProps): Statement[] {
  return [
    {
      sid: "OpenChannels",
      actions: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    },
    { sid: "EncryptShells", actions: ["kms:Decrypt"], resources: [dataKeyArn] },
    {
      sid: "FindLogs",
      actions: ["logs:DescribeLogGroups"],
      resources: [`arn:aws:logs:${region}:${accountId}:log-group:*`],
    },
    {
      sid: "LogShells",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [`${execLogGroupArn}:*`],
    },
  ];
}
