import { Token } from "cdktf";

/** What a container definition is made from. */
export interface ContainerProps {
  readonly name: string;
  readonly image: string;
  /** Port it listens on. @default none */
  readonly containerPort?: number;
  /** Replaces the image's command. @default the image's own */
  readonly command?: readonly string[];
  /** Numeric uid or uid:gid. */
  readonly user: string;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly stopTimeout: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Environment variable to ARN of a secret. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly healthCheck?: {
    readonly command: readonly string[];
    readonly interval: number;
    readonly timeout: number;
    readonly retries: number;
    readonly startPeriod: number;
  };
  readonly logGroupName: string;
  readonly region: string;
  /** What it sees of the task's volumes. */
  readonly mounts: readonly {
    readonly name: string;
    readonly mountPath: string;
    /** @default false */
    readonly readOnly?: boolean;
  }[];
}

/** Text for a shell or a program, in which Terraform must see no expression of its own. */
const literal = (text: string) => (Token.isUnresolved(text) ? text : text.replaceAll(/[$%](?=\{)/g, "$&$&"));

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/**
 * The container definitions of a task, JSON: not root, read-only root, no Linux capability, an init process that
 * reaps and forwards signals, logs that never block the application.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
export function containerDefinitions(props: ContainerProps): string {
  const { containerPort, healthCheck } = props;
  return JSON.stringify([
    {
      name: props.name,
      image: props.image,
      essential: true,
      ...(props.command === undefined ? {} : { command: props.command.map(literal) }),
      user: props.user,
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true, capabilities: { add: [], drop: ["ALL"] } },
      stopTimeout: props.stopTimeout,
      portMappings:
        containerPort === undefined ? [] : [{ containerPort, hostPort: containerPort, protocol: "tcp" }],
      environment: Object.entries(props.environment)
        .map(([name, value]) => ({ name, value: literal(value) }))
        .sort(byName),
      secrets: Object.entries(props.secrets)
        .map(([name, valueFrom]) => ({ name, valueFrom }))
        .sort(byName),
      mountPoints: props.mounts.map(({ name, mountPath, readOnly = false }) => ({
        sourceVolume: name,
        containerPath: mountPath,
        readOnly,
      })),
      ...(healthCheck === undefined
        ? {}
        : { healthCheck: { ...healthCheck, command: ["CMD", ...healthCheck.command.map(literal)] } }),
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": props.logGroupName,
          "awslogs-region": props.region,
          "awslogs-stream-prefix": props.name,
          mode: "non-blocking",
          "max-buffer-size": "25m",
        },
      },
    },
  ]);
}
