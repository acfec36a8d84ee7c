import { containersOf, fieldOf, type TaskContainer } from "../containers";
import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";
import { looksSecret } from "./services";

type Found = Omit<Violation, "file">;

/** The containers of a task get along: names, ports, volumes and settings are each their own. */
export function checkContainers(fleet: Fleet): Violation[] {
  return perService(fleet, (service) => {
    const containers = containersOf(service);
    return [
      ...twins(containers),
      ...samePort(containers),
      ...volumeNames(service, containers),
      ...mounts(service),
      ...containers.filter(({ kind }) => kind !== "own").flatMap(settings),
    ];
  });
}

function twins(containers: readonly TaskContainer[]): Found[] {
  return containers.flatMap((container, index) => {
    const first = containers.findIndex(({ name }) => name === container.name);
    const holder = containers[first];
    if (first === index || holder === undefined) return [];
    return [
      {
        path: container.path,
        given: container.name,
        allowed: `a name of its own in the task; ${holder.path === "" ? "the service's own container" : holder.path} has this one`,
      },
    ];
  });
}

/** Containers of a task share one network interface. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html */
function samePort(containers: readonly TaskContainer[]): Found[] {
  const holders = new Map<number, string>();
  // A router's ports are its own, whoever else wants them.
  const routers = containers.filter(({ kind }) => kind === "router");
  return [...routers, ...containers.filter(({ kind }) => kind !== "router")].flatMap((container) =>
    container.ports.flatMap((port, index) => {
      const holder = holders.get(port);
      holders.set(port, holder ?? container.name);
      if (holder === undefined) return [];
      return [
        {
          path:
            container.kind === "own"
              ? "containerPort"
              : formatPath([...container.path.split("."), "ports", index]),
          given: port,
          allowed: `a port of its own: ${holder} listens on it, and all containers of a task share one network interface`,
        },
      ];
    }),
  );
}

/** Volumes that every container has for itself. */
const OWN_VOLUMES = ["ssm-lib", "ssm-log"];

function volumeNames({ volumes }: Service, containers: readonly TaskContainer[]): Found[] {
  const taken = new Set(
    OWN_VOLUMES.flatMap((volume) => [volume, ...containers.map(({ name }) => `${volume}-${name}`)]),
  );
  return Object.keys(volumes)
    .filter((name) => taken.has(name))
    .map((name) => ({
      path: formatPath(["volumes", name]),
      given: name,
      allowed: `a name other than ${[...taken].sort().join(", ")}, which are the containers' own`,
    }));
}

const TAKEN = ["/tmp", "/var/lib/amazon", "/var/log/amazon"];

/** What other containers mount is a volume of the service, each at a path of its own. */
function mounts({ volumes, sidecars, initContainers }: Service): Found[] {
  const known = Object.keys(volumes).sort();
  const others = [
    ...Object.entries(initContainers).map(([name, container]) => ({
      path: ["initContainers", name],
      container,
    })),
    ...Object.entries(sidecars).map(([name, container]) => ({ path: ["sidecars", name], container })),
  ];
  return others.flatMap(({ path, container }) => {
    const holders = new Map(TAKEN.map((folder) => [folder, "every container"]));
    return Object.entries(container.volumes).flatMap(([name, { mountPath }]): Found[] => {
      const holder = holders.get(mountPath);
      holders.set(mountPath, name);
      const meant = nearest(name, known);
      return [
        ...(known.includes(name)
          ? []
          : [
              {
                path: formatPath([...path, "volumes", name]),
                given: name,
                allowed: `a volume of the service: ${known.join(", ") || "it has none"}`,
                mend:
                  meant === undefined
                    ? `add it to volumes of the service; scratch: true makes one that containers share`
                    : `write "${meant}"`,
              },
            ]),
        ...(holder === undefined
          ? []
          : [
              {
                path: formatPath([...path, "volumes", name, "mountPath"]),
                given: mountPath,
                allowed: `a path of its own; ${holder} has this one`,
              },
            ]),
      ];
    });
  });
}

function settings(container: TaskContainer): Found[] {
  const { environment, secrets } = container;
  return [
    ...Object.entries(environment)
      .filter(([name, value]) => looksSecret(name, value))
      .map(([name]) => ({
        path: fieldOf(container, `environment.${name}`),
        given: "a value that looks like a secret (not shown)",
        inWords: true,
        allowed: "plain settings only: what is here is readable in code, plan, state and console",
        mend: `declare the secret in the account and write secrets: { ${name}: "<secret>" }`,
      })),
    ...Object.keys(secrets)
      .filter((name) => name in environment)
      .map((name) => ({
        path: fieldOf(container, `secrets.${name}`),
        given: name,
        allowed: "a name that environment does not have too; ECS refuses the pair",
      })),
  ];
}
