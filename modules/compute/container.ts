import { Token } from "cdktf";

/** What a container definition is made from. */
export interface ContainerProps {
  readonly name: string;
  readonly image: string;
  /** Whether the task ends with it. @default true */
  readonly essential?: boolean;
  /** Port it listens on. @default none */
  readonly containerPort?: number;
  /** Name of that port and what is spoken on it, for Service Connect. @default neither */
  readonly connected?: { readonly portName: string; readonly appProtocol?: "http" | "http2" | "grpc" };
  /** Further ports. @default none */
  readonly ports?: readonly number[];
  /** Ports on which it speaks UDP. @default none */
  readonly udpPorts?: readonly number[];
  /** Replaces the image's entry point. @default the image's own */
  readonly entryPoint?: readonly string[];
  /** Replaces the image's command. @default the image's own */
  readonly command?: readonly string[];
  /** CPU units of the task's that are kept for it. @default none */
  readonly cpu?: number;
  /** Most that it may use, MiB. @default the task's */
  readonly memory?: number;
  /** What is kept for it, MiB. @default none */
  readonly memoryReservation?: number;
  /** Numeric uid or uid:gid. */
  readonly user: string;
  /** @default true */
  readonly readonlyRootFilesystem?: boolean;
  /** Whether an init process reaps and forwards signals. @default true */
  readonly initProcessEnabled?: boolean;
  /** Linux capabilities that are dropped. @default all */
  readonly droppedCapabilities?: readonly string[];
  /** Folders in memory beside /tmp, or /tmp of another size; sizes in MiB. @default none */
  readonly tmpfs?: readonly { readonly containerPath: string; readonly size: number }[];
  /** Size of /dev/shm, MiB; on instances only. @default Docker's */
  readonly sharedMemorySize?: number;
  /** Limits of its processes, by name. @default none */
  readonly ulimits?: Readonly<Record<string, { readonly softLimit: number; readonly hardLimit: number }>>;
  /** Options of Docker's security, on instances only. @default none */
  readonly dockerSecurityOptions?: readonly string[];
  /** Seconds between SIGTERM and SIGKILL. */
  readonly stopTimeout: number;
  /** Seconds within which what depends on it must be able to start. @default ECS's own */
  readonly startTimeout?: number;
  /** Containers that it waits for, and until when: START, COMPLETE, SUCCESS or HEALTHY. @default none */
  readonly dependsOn?: Readonly<Record<string, string>>;
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
  /** What takes the place of the log group: options of the router's output, plain and from secrets. @default none */
  readonly firelens?: {
    readonly options: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
  };
  /** What makes it the router of its task's logs. @default it is not */
  readonly firelensConfiguration?: {
    readonly type: "fluentbit";
    readonly options: Readonly<Record<string, string>>;
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

/**
 * A /tmp that any user can write. A volume there would be root's on Fargate, whatever the image says of the folder.
 * MiB at the most, of the task's memory and only while they are used. Fargate has it since January 2026.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html
 */
const TMP = { containerPath: "/tmp", size: 64 };

/** Text for a shell or a program, in which Terraform must see no expression of its own. */
const literal = (text: string) => (Token.isUnresolved(text) ? text : text.replaceAll(/[$%](?=\{)/g, "$&$&"));

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** An entry if there is something to say. */
const given = (key: string, value: unknown) => (value === undefined ? {} : { [key]: value });

/**
 * The container definitions of a task, JSON: not root, read-only root, no Linux capability, an init process that
 * reaps and forwards signals, logs that never block the application.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
export const containerDefinitions = (containers: readonly ContainerProps[]): string =>
  JSON.stringify(containers.map(definition));

function definition(props: ContainerProps) {
  const { containerPort, connected, healthCheck, ports = [], dependsOn = {}, ulimits = {} } = props;
  const listening = [...(containerPort === undefined ? [] : [containerPort]), ...ports];
  return {
    name: props.name,
    image: props.image,
    essential: props.essential ?? true,
    ...given("entryPoint", props.entryPoint?.map(literal)),
    ...given("command", props.command?.map(literal)),
    ...given("cpu", props.cpu),
    ...given("memory", props.memory),
    ...given("memoryReservation", props.memoryReservation),
    user: props.user,
    privileged: false,
    readonlyRootFilesystem: props.readonlyRootFilesystem ?? true,
    linuxParameters: linuxParameters(props),
    ...given("dockerSecurityOptions", props.dockerSecurityOptions),
    ...(Object.keys(ulimits).length === 0
      ? {}
      : {
          ulimits: Object.entries(ulimits)
            .map(([name, limit]) => ({ name, ...limit }))
            .sort(byName),
        }),
    stopTimeout: props.stopTimeout,
    ...given("startTimeout", props.startTimeout),
    ...(Object.keys(dependsOn).length === 0
      ? {}
      : {
          dependsOn: Object.entries(dependsOn)
            .map(([containerName, condition]) => ({ containerName, condition }))
            .sort((a, b) => (a.containerName < b.containerName ? -1 : 1)),
        }),
    portMappings: [
      ...listening.map((port) => ({
        containerPort: port,
        hostPort: port,
        protocol: "tcp",
        ...(port === containerPort ? portName(connected) : {}),
      })),
      ...(props.udpPorts ?? []).map((port) => ({ containerPort: port, hostPort: port, protocol: "udp" })),
    ],
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
    ...given("firelensConfiguration", props.firelensConfiguration),
    logConfiguration: logConfiguration(props),
  };
}

function logConfiguration({ firelens, ...props }: ContainerProps) {
  if (firelens !== undefined)
    return {
      logDriver: "awsfirelens",
      options: Object.fromEntries(
        Object.entries(firelens.options).map(([name, value]) => [name, literal(value)]),
      ),
      ...(Object.keys(firelens.secrets).length === 0
        ? {}
        : {
            secretOptions: Object.entries(firelens.secrets)
              .map(([name, valueFrom]) => ({ name, valueFrom }))
              .sort(byName),
          }),
    };
  return {
    logDriver: "awslogs",
    options: {
      "awslogs-group": props.logGroupName,
      "awslogs-region": props.region,
      "awslogs-stream-prefix": props.name,
      mode: "non-blocking",
      "max-buffer-size": "25m",
    },
  };
}

const portName = (connected: ContainerProps["connected"]) =>
  connected === undefined ? {} : { name: connected.portName, ...given("appProtocol", connected.appProtocol) };

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html */
function linuxParameters({ tmpfs = [], ...props }: ContainerProps) {
  const tmp = tmpfs.some(({ containerPath }) => containerPath === TMP.containerPath) ? [] : [TMP];
  return {
    initProcessEnabled: props.initProcessEnabled ?? true,
    capabilities: { add: [], drop: props.droppedCapabilities ?? ["ALL"] },
    tmpfs: [...tmp, ...tmpfs].map(({ containerPath, size }) => ({
      containerPath,
      size,
      // Java and others unpack libraries into /tmp and load them there.
      mountOptions: ["rw", containerPath === TMP.containerPath ? "exec" : "noexec", "nosuid", "nodev"],
    })),
    ...given("sharedMemorySize", props.sharedMemorySize),
  };
}
