/** What a task can have of an instance of a type. */
export interface InstanceType {
  readonly vcpus: number;
  /** MiB, before the system's and the agent's share. */
  readonly memory: number;
  readonly cpuArchitecture: "X86_64" | "ARM64";
  /** Tasks that can have a network interface of their own, with ENI trunking where the type has it. */
  readonly taskInterfaces: number;
}

/** vCPUs by size. */
const VCPUS: Readonly<Record<string, number>> = {
  medium: 1,
  large: 2,
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
  "8xlarge": 32,
  "9xlarge": 36,
  "12xlarge": 48,
  "16xlarge": 64,
  "18xlarge": 72,
  "24xlarge": 96,
  "32xlarge": 128,
  "48xlarge": 192,
};

const GRAVITON = ["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];
const FIFTH = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"];

interface Family {
  readonly cpuArchitecture: "X86_64" | "ARM64";
  /** GiB for each vCPU. */
  readonly memoryPerVcpu: number;
  readonly sizes: readonly string[];
  /** Task interfaces of the sizes 8xlarge (9xlarge) and 12xlarge, in which families differ. */
  readonly interfaces: readonly [number, number];
}

const family = (
  cpuArchitecture: Family["cpuArchitecture"],
  memoryPerVcpu: number,
  sizes: readonly string[],
  interfaces: Family["interfaces"],
): Family => ({ cpuArchitecture, memoryPerVcpu, sizes, interfaces });

const graviton = (memoryPerVcpu: number) => family("ARM64", memoryPerVcpu, GRAVITON, [60, 60]);
const intel = (memoryPerVcpu: number, largest: string) =>
  family("X86_64", memoryPerVcpu, [...FIFTH, largest], [90, 120]);

/**
 * Families that capacity providers may be of, as AWS listed them in November 2026; a new one is a line here.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-type-specifications.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/eni-trunking-supported-instance-types.html
 */
const FAMILIES: Readonly<Record<string, Family>> = {
  c5: family(
    "X86_64",
    2,
    ["large", "xlarge", "2xlarge", "4xlarge", "9xlarge", "12xlarge", "18xlarge", "24xlarge"],
    [60, 60],
  ),
  c6g: graviton(2),
  c6i: intel(2, "32xlarge"),
  c7g: graviton(2),
  c7i: intel(2, "48xlarge"),
  m5: family("X86_64", 4, FIFTH, [60, 60]),
  m6g: graviton(4),
  m6i: intel(4, "32xlarge"),
  m7g: graviton(4),
  m7i: intel(4, "48xlarge"),
  r5: family("X86_64", 8, FIFTH, [60, 60]),
  r6g: graviton(8),
  r6i: intel(8, "32xlarge"),
  r7g: graviton(8),
  r7i: intel(8, "48xlarge"),
};

/** Burstable sizes, MiB and network interfaces: ENI trunking does not know these families. */
const BURSTABLE: readonly (readonly [size: string, vcpus: number, memory: number, interfaces: number])[] = [
  ["small", 2, 2048, 3],
  ["medium", 2, 4096, 3],
  ["large", 2, 8192, 3],
  ["xlarge", 4, 16_384, 4],
  ["2xlarge", 8, 32_768, 4],
];

/** Every instance type that capacity providers may be of. */
export const INSTANCE_TYPES: ReadonlyMap<string, InstanceType> = new Map([
  ...Object.entries(FAMILIES).flatMap(([name, of]) =>
    of.sizes.map((size): [string, InstanceType] => {
      const vcpus = VCPUS[size] ?? 0;
      return [
        `${name}.${size}`,
        {
          vcpus,
          memory: vcpus * of.memoryPerVcpu * 1024,
          cpuArchitecture: of.cpuArchitecture,
          taskInterfaces: taskInterfaces(vcpus, of.interfaces),
        },
      ];
    }),
  ),
  ...(["t3", "t4g"] as const).flatMap((name) =>
    BURSTABLE.map(([size, vcpus, memory, interfaces]): [string, InstanceType] => [
      `${name}.${size}`,
      // One of its interfaces is the instance's own.
      { vcpus, memory, cpuArchitecture: name === "t3" ? "X86_64" : "ARM64", taskInterfaces: interfaces - 1 },
    ]),
  ),
]);

function taskInterfaces(vcpus: number, [middle, upper]: Family["interfaces"]): number {
  if (vcpus <= 1) return 4;
  if (vcpus <= 8) return vcpus * 5;
  if (vcpus <= 16) return 60;
  if (vcpus <= 36) return middle;
  return vcpus <= 48 ? upper : 120;
}

/** MiB that an instance keeps from its tasks by ECS_RESERVED_MEMORY. */
export const RESERVED_MEMORY = 256;

/**
 * MiB that tasks get of an instance. The kernel and the hypervisor take up to six per cent, which no table of AWS's
 * shows, and the agent keeps its reserve.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
 */
export const memoryForTasks = ({ memory }: InstanceType) => Math.floor(memory * 0.94) - RESERVED_MEMORY;
