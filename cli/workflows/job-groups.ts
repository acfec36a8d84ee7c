import type { StackNode } from "../../stacks/graph";
import type { PlatformStack } from "../../stacks/platform-stack";

/** Stacks that one job of CI plans or applies. */
export interface JobGroup {
  readonly name: string;
  readonly stacks: readonly string[];
}

/** The jobs of one account, in their order. */
export interface AccountJobs {
  /** Stacks that services rest on: one job. */
  readonly common: readonly string[];
  /** Services: a job each, or several to a job when there are many. */
  readonly services: readonly JobGroup[];
  /** Stacks that rest on a service: one job, last. */
  readonly afterServices: readonly string[];
  /**
   * Stacks that hold nothing of AWS and take somebody else's token, which no other job is given: one job.
   * @default none
   */
  readonly beyondAws?: readonly string[];
}

type Node = Pick<StackNode, "id" | "concern" | "name" | "dependsOn"> & {
  readonly stack?: Pick<PlatformStack, "credentials">;
};

/** Environment variables with the tokens that stacks take beyond AWS's credentials, sorted. */
export const credentialsOf = (stacks: readonly Pick<Node, "stack">[]): string[] =>
  [...new Set(stacks.flatMap(({ stack }) => stack?.credentials ?? []))].sort();

const isService = ({ concern }: Node) => concern === "service";

/** The most jobs that an account's services are spread over; each installs and synthesizes anew. */
export const MOST_SERVICE_JOBS = 12;

/**
 * The jobs for `chosen` stacks of an account, in the order of `all`. Bootstrap is left out: it never applies itself.
 * Services that rest on each other share a job.
 */
export function accountJobs(
  all: readonly Node[],
  chosen: readonly Node[],
  most = MOST_SERVICE_JOBS,
): AccountJobs {
  const above = restingOnServices(all);
  const ids = new Set(chosen.map(({ id }) => id));
  const chosenHere = all.filter(({ id, concern }) => ids.has(id) && concern !== "bootstrap");
  const isBeyondAws = (stack: Node) => credentialsOf([stack]).length > 0;
  const wanted = chosenHere.filter((stack) => !isBeyondAws(stack));
  const beyondAws = chosenHere.filter(isBeyondAws).map(({ id }) => id);
  return {
    common: wanted.filter((stack) => !isService(stack) && !above.has(stack.id)).map(({ id }) => id),
    services: spread(together(wanted.filter(isService)), most),
    afterServices: wanted.filter((stack) => !isService(stack) && above.has(stack.id)).map(({ id }) => id),
    ...(beyondAws.length === 0 ? {} : { beyondAws }),
  };
}

/** Stacks other than services that need one to be applied before. */
export function restingOnServices(all: readonly Node[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const stack of all) {
    const rests = stack.dependsOn.some(
      (id) => found.has(id) || all.some((other) => other.id === id && isService(other)),
    );
    if (rests && !isService(stack)) found.add(stack.id);
  }
  return found;
}

/** Services in groups such that none rests on one of another group; the order stays. */
function together(services: readonly Node[]): Node[][] {
  const groups: Node[][] = [];
  for (const service of services) {
    const near = groups.filter((group) => group.some(({ id }) => service.dependsOn.includes(id)));
    const merged = services.filter(
      (other) => other === service || near.some((group) => group.includes(other)),
    );
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups;
}

function spread(groups: readonly (readonly Node[])[], most: number): JobGroup[] {
  if (groups.length <= most) return groups.map(toJob);
  const jobs: Node[][] = Array.from({ length: most }, () => []);
  groups.forEach((group, index) => jobs[index % most]?.push(...group));
  return jobs.map(toJob);
}

function toJob(group: readonly Node[]): JobGroup {
  const [first, ...others] = group;
  const name = first?.name ?? first?.id ?? "";
  return {
    name: others.length === 0 ? name : `${name} and ${others.length} more`,
    stacks: group.map(({ id }) => id),
  };
}
