import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { Construct } from "constructs";
import { containerDefinitions, type ContainerProps } from "./container";

/** A volume of a task, and where its container sees it. */
export interface TaskVolume {
  readonly name: string;
  readonly mountPath: string;
  /** @default false */
  readonly readOnly?: boolean;
  /** An EFS file system, entered by an access point. @default none */
  readonly efs?: { readonly fileSystemId: string; readonly accessPointId: string };
  /** Directory of the instance, on EC2 only. @default a directory that is made with the task and gone with it */
  readonly hostPath?: string;
}

export interface TaskDefinitionProps {
  readonly family: string;
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly cpuArchitecture: "X86_64" | "ARM64";
  readonly launchType: "FARGATE" | "EC2";
  readonly container: Omit<ContainerProps, "mounts">;
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  /** Whether people may open a shell in a task. */
  readonly executeCommand: boolean;
  /** Volumes beside a writable /tmp. @default none */
  readonly volumes?: readonly TaskVolume[];
}

/** ECS Exec's agent writes here, on a root that is read-only. */
const AGENT_VOLUMES: readonly TaskVolume[] = [
  { name: "ssm-lib", mountPath: "/var/lib/amazon" },
  { name: "ssm-log", mountPath: "/var/log/amazon" },
];

/**
 * What a task is: one container with a network interface of its own, on Fargate or on instances.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
export function taskDefinition(scope: Construct, id: string, props: TaskDefinitionProps): EcsTaskDefinition {
  const volumes: readonly TaskVolume[] = [
    { name: "tmp", mountPath: "/tmp" },
    ...(props.executeCommand ? AGENT_VOLUMES : []),
    ...(props.volumes ?? []),
  ];
  return new EcsTaskDefinition(scope, id, {
    family: props.family,
    requiresCompatibilities: [props.launchType],
    networkMode: "awsvpc",
    cpu: String(props.cpu),
    memory: String(props.memory),
    runtimePlatform: { cpuArchitecture: props.cpuArchitecture, operatingSystemFamily: "LINUX" },
    executionRoleArn: props.executionRoleArn,
    taskRoleArn: props.taskRoleArn,
    containerDefinitions: containerDefinitions({ ...props.container, mounts: volumes }),
    volume: volumes.map(({ name, efs, hostPath }) => ({
      name,
      ...(hostPath === undefined ? {} : { hostPath }),
      ...(efs === undefined
        ? {}
        : {
            efsVolumeConfiguration: {
              fileSystemId: efs.fileSystemId,
              transitEncryption: "ENABLED",
              authorizationConfig: { accessPointId: efs.accessPointId, iam: "ENABLED" },
            },
          }),
    })),
    // A rollback needs the revisions that were in service before.
    skipDestroy: true,
  });
}
