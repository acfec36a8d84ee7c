import type { Account } from "../account";
import { containersOf, type TaskContainer } from "../containers";
import type { Fleet } from "../fleet";
import { FIXED } from "../quotas";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** What ECS would refuse of a task that is too much, told before it: the number, the limit, and the way out. */
export function checkTaskQuotas(fleet: Fleet): Violation[] {
  return perService(fleet, (service, account) => [
    ...containers(service),
    ...groups(service),
    ...rules(service, account),
    ...size(service),
  ]);
}

function containers(service: Service): Found[] {
  const all = containersOf(service);
  return over(
    all.some(({ kind }) => kind === "sidecar") ? "sidecars" : "initContainers",
    all.length,
    FIXED.taskContainers,
    `containers of one task (${all.map(({ name }) => name).join(", ")})`,
    "let one container do what several do, or divide the service",
  );
}

/** The task's own group, and one of each store that it joins. */
function groups({ databases, brokers, volumes }: Service): Found[] {
  const joined = [
    ...unique(databases).map((name) => `database ${name}`),
    ...unique(brokers).map((name) => `broker ${name}`),
    ...unique(Object.values(volumes).flatMap(({ fileSystem }) => fileSystem ?? [])).map(
      (name) => `file system ${name}`,
    ),
  ];
  return over(
    "databases",
    1 + joined.length,
    FIXED.taskSecurityGroups,
    `security groups of one task (its own, and the clients' of ${joined.join(", ")})`,
    "reach some of them through another service, or divide the service",
  );
}

/** Rules outward of the task's own group: into the VPC, HTTPS, and what the service asks for. */
function rules({ egress }: Service, { quotas }: Account): Found[] {
  const given = 2 + egress.length;
  const { securityGroupRules: limit } = quotas;
  if (given <= limit) return [];
  return [
    {
      path: "egress",
      given: `${given} rules outward of the service's security group`,
      inWords: true,
      allowed: `at most ${limit}`,
      mend: "write wider ranges; or have AWS raise the quota (Service Quotas), then write it in quotas.securityGroupRules",
    },
  ];
}

/** Bytes of a container's definition beside what its own fields say, and of a secret's reference. */
const CONTAINER = 1200;
const REFERENCE = 200;

function size(service: Service): Found[] {
  const bytes = containersOf(service).reduce((sum, container) => sum + bytesOf(container, service), 0);
  return over(
    "environment",
    bytes,
    FIXED.taskDefinitionBytes,
    "bytes of one task definition, about",
    "keep long settings in a secret or a file that the image or a volume has",
  );
}

function bytesOf(container: TaskContainer, service: Service): number {
  const { environment, secrets, kind } = container;
  const own =
    kind === "own" ? service : (service.sidecars[container.name] ?? service.initContainers[container.name]);
  const texts = [own?.command, container.dependsOn, container.linuxParameters, container.ulimits];
  return (
    CONTAINER +
    Object.entries(environment).reduce((sum, [name, value]) => sum + bytes({ name, value }), 0) +
    Object.keys(secrets).reduce((sum, name) => sum + bytes({ name }) + REFERENCE, 0) +
    texts.reduce<number>((sum, text) => sum + bytes(text ?? ""), 0)
  );
}

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value)) + 1;

const unique = (names: readonly string[]) => [...new Set(names)].sort();

function over(path: string, given: number, limit: number, what: string, mend: string): Found[] {
  return given <= limit
    ? []
    : [
        {
          path,
          given: `${given} ${what}`,
          inWords: true,
          allowed: `at most ${limit}, a number that AWS does not raise`,
          mend,
        },
      ];
}
