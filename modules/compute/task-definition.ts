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

/** A container beside the one that a task is for. */
export interface OtherContainer extends ContainerProps {
  /** Whether people may want a shell in it: not in one that ends at once. */
  readonly lasting: boolean;
}

export interface TaskDefinitionProps {
  readonly family: string;
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly cpuArchitecture: "X86_64" | "ARM64";
  readonly launchType: "FARGATE" | "EC2";
  /** The container that the task is for. */
  readonly container: Omit<ContainerProps, "mounts">;
  /** Containers that run before it or beside it. @default none */
  readonly others?: readonly OtherContainer[];
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  /** Whether people may open a shell in a task. */
  readonly executeCommand: boolean;
  /** Volumes beside a writable /tmp. @default none */
  readonly volumes?: readonly TaskVolume[];
  /** GiB of its disk on Fargate. @default Fargate's own, 20 */
  readonly ephemeralStorage?: number;
}

/** What ECS Exec's agent, which is root, writes in each container on a root that is read-only. */
const agentVolumes = (agent: boolean, suffix = ""): readonly TaskVolume[] =>
  agent
    ? [
        { name: `ssm-lib${suffix}`, mountPath: "/var/lib/amazon" },
        { name: `ssm-log${suffix}`, mountPath: "/var/log/amazon" },
      ]
    : [];

/**
 * What a task is: containers with a network interface of their own, on Fargate or on instances.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
export function taskDefinition(scope: Construct, id: string, props: TaskDefinitionProps): EcsTaskDefinition {
  const shared = props.volumes ?? [];
  const own = [...agentVolumes(props.executeCommand), ...shared];
  // Docker keeps a process from gaining rights by a setuid program; Fargate has no such option.
  const security = props.launchType === "EC2" ? { dockerSecurityOptions: ["no-new-privileges"] } : {};
  const others = (props.others ?? []).map(({ lasting, ...container }) => {
    const agent = agentVolumes(props.executeCommand && lasting, `-${container.name}`);
    return { container: { ...security, ...container, mounts: [...agent, ...container.mounts] }, agent };
  });
  const volumes = [...own, ...others.flatMap(({ agent }) => agent)];
  return new EcsTaskDefinition(scope, id, {
    family: props.family,
    requiresCompatibilities: [props.launchType],
    networkMode: "awsvpc",
    cpu: String(props.cpu),
    memory: String(props.memory),
    runtimePlatform: { cpuArchitecture: props.cpuArchitecture, operatingSystemFamily: "LINUX" },
    executionRoleArn: props.executionRoleArn,
    taskRoleArn: props.taskRoleArn,
    ...(props.ephemeralStorage === undefined
      ? {}
      : { ephemeralStorage: { sizeInGib: props.ephemeralStorage } }),
    containerDefinitions: containerDefinitions([
      { ...security, ...props.container, mounts: own },
      ...others.map(({ container }) => container),
    ]),
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
