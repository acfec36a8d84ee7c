import { containersOf, fieldOf, type TaskContainer } from "../containers";
import type { Fleet } from "../fleet";
import { nearest } from "../parse";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/**
 * Containers wait for what is there and can come true, and never for each other in a circle.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
 */
export function checkContainerDependencies(fleet: Fleet): Violation[] {
  return perService(fleet, (service) => {
    const containers = containersOf(service);
    return [...containers.flatMap((container) => conditions(container, containers)), ...circles(containers)];
  });
}

function conditions(container: TaskContainer, containers: readonly TaskContainer[]): Found[] {
  return Object.entries(container.dependsOn).flatMap(([name, condition]): Found[] => {
    const path = fieldOf(container, `dependsOn.${name}`);
    const target = containers.find((other) => other.name === name);
    if (target === undefined || target === container) {
      const others = containers.filter((other) => other !== container).map((other) => other.name);
      const meant = nearest(name, others);
      return [
        {
          path,
          given: name,
          allowed: `another container of the task: ${others.join(", ") || "there is none"}`,
          ...(meant === undefined ? {} : { mend: `write ${meant}` }),
        },
      ];
    }
    if (condition === "HEALTHY" && !target.checked)
      return [
        {
          path,
          given: condition,
          allowed: `HEALTHY of a container with a health check; ${name} has none`,
          mend:
            target.kind === "init"
              ? "write SUCCESS"
              : `add ${target.kind === "own" ? "containerHealthCheck" : fieldOf(target, "healthCheck")}, or write START`,
        },
      ];
    if ((condition === "SUCCESS" || condition === "COMPLETE") && target.essential)
      return [
        {
          path,
          given: condition,
          allowed: `START or HEALTHY: ${name} is essential, so that the task ends with it`,
          mend:
            target.kind === "own"
              ? "write START or HEALTHY"
              : `write essential: false in ${target.path}, or make it one of initContainers`,
        },
      ];
    return [];
  });
}

/** The first circle, told once. */
function circles(containers: readonly TaskContainer[]): Found[] {
  const byName = new Map(containers.map((container) => [container.name, container]));
  const done = new Set<string>();
  const follow = (name: string, trail: readonly string[]): readonly string[] | undefined => {
    const at = trail.indexOf(name);
    if (at !== -1) return [...trail.slice(at), name];
    const container = byName.get(name);
    if (container === undefined || done.has(name)) return undefined;
    for (const next of Object.keys(container.dependsOn).sort()) {
      if (next === name) continue;
      const circle = follow(next, [...trail, name]);
      if (circle !== undefined) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const { name } of containers) {
    const circle = follow(name, []);
    const first = circle === undefined ? undefined : byName.get(circle[0] ?? "");
    if (circle === undefined || first === undefined) continue;
    return [
      {
        path: fieldOf(first, "dependsOn"),
        given: circle.join(" waits for "),
        inWords: true,
        allowed: "no circle: none of them would ever start",
      },
    ];
  }
  return [];
}
