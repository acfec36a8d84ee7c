import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { CliError } from "../errors";
import type { LastingOptions } from "./clients";
import { DescribedDeployments, describeService } from "./described-deployments";
import { fewestTasks } from "./fewest-tasks";
import { follow, followOrTakeBack, lostSight, mayPass, type Ending, type Watcher } from "./follow";
import { pause } from "./pause";
import type { Rollout } from "./rollout-view";
import type { ServiceAddress } from "./service-address";
import { ServiceDeployments } from "./service-deployments";
import { StoppedTasks } from "./stopped-tasks";

type Watching = Omit<Watcher, "news">;

/** What was known of a service before something changed. */
export interface Before {
  follow(taskDefinition: string, watching: Watching): Promise<Ending>;
}

/** The part of ECS that a delivery watches: one service's rollouts, its tasks and its messages. */
export interface RunningService {
  /** Remembers what there is, so that what comes after is told apart. */
  remember(): Promise<Before>;
  /** Starts every task anew, with the same task definition; returns that. */
  restart(): Promise<string>;
  /** Lets no task start. */
  stop(): Promise<void>;
  /** Whether a rollout that was rolled back leaves the former tasks as they were, with nothing to roll out again. */
  readonly keepsFormerTasks: boolean;
}

/** How long a rollout may take to show after the apply that began it. */
const APPEARS_WITHIN = 60_000;

/** A service of which ECS itself replaces the tasks. */
export class EcsRunningService implements RunningService {
  readonly keepsFormerTasks = false;
  private readonly ecs: ECSClient;

  constructor(
    private readonly options: LastingOptions,
    private readonly scaling: ApplicationAutoScalingClient,
    private readonly address: ServiceAddress,
  ) {
    this.ecs = new ECSClient(options);
  }

  async remember(): Promise<Before> {
    if ((await describeService(this.ecs, this.address)) === undefined)
      throw new CliError(
        `ECS has no service ${this.address.service} in ${this.address.cluster}. Nothing was changed.`,
        "Its stack was not applied to the end, or somebody deleted it: slipway up with the service's stack.",
      );
    const source = await this.source();
    const known = await source.known();
    const told = new Set(await this.events().then((events) => events.map(({ id }) => id)));
    const stopped = new StoppedTasks(this.ecs, this.address);
    return {
      follow: async (taskDefinition, watching) => {
        const news = async () => {
          const events = (await this.events()).filter(({ id }) => !told.has(id));
          for (const { id } of events) told.add(id);
          return [...events.map(({ message }) => message), ...(await stopped.fresh(taskDefinition))];
        };
        const rollout = await appearing(() => source.find(known, taskDefinition), watching);
        const ending =
          rollout === undefined
            ? await this.replaced(taskDefinition, watching)
            : await followOrTakeBack(rollout, { ...watching, news });
        return ending.state === "completed" ? this.filled(ending, { ...watching, news }) : ending;
      },
    };
  }

  async restart(): Promise<string> {
    const { service } = await this.ecs.send(
      new UpdateServiceCommand({ ...this.address, forceNewDeployment: true }),
    );
    return service?.taskDefinition ?? "";
  }

  async stop(): Promise<void> {
    await this.ecs.send(new UpdateServiceCommand({ ...this.address, desiredCount: 0 }));
  }

  /** ECS's list of deployments, or where it may not be asked, those that a service's description shows. */
  private async source(): Promise<Pick<ServiceDeployments, "known" | "find">> {
    const deployments = new ServiceDeployments(this.ecs, this.address);
    const impatient = new ECSClient({ ...this.options, maxAttempts: 2 });
    try {
      await new ServiceDeployments(impatient, this.address).known();
      return deployments;
    } catch {
      return new DescribedDeployments(this.ecs, this.address);
    }
  }

  private async events(): Promise<readonly { readonly id: string; readonly message: string }[]> {
    const { events = [] } = (await describeService(this.ecs, this.address)) ?? {};
    return [...events]
      .reverse()
      .flatMap(({ id, message }) => (id === undefined || message === undefined ? [] : [{ id, message }]));
  }

  /**
   * Autoscaling starts the tasks of a first release only once the service is in place, after its rollout. Ends with
   * the tasks of the whole service.
   */
  private async filled(ending: Ending, watcher: Watcher): Promise<Ending> {
    const minimum = (await fewestTasks(this.scaling, this.address)) ?? 0;
    const look = async () => {
      const {
        runningCount: running = 0,
        desiredCount: desired = 0,
        pendingCount: pending = 0,
      } = (await describeService(this.ecs, this.address)) ?? {};
      const state = running >= minimum ? ("completed" as const) : ("inProgress" as const);
      return { state, running, desired: Math.max(desired, minimum), pending, failed: 0 };
    };
    const whole = await follow({ id: "of the first tasks", look }, watcher);
    return whole.state === "completed" ? { ...ending, ...whole } : whole;
  }

  /** No rollout of the task definition shows: ECS went back already, or somebody else deployed. */
  private async replaced(taskDefinition: string, { signals }: Watching): Promise<Ending> {
    const service = await describeService(this.ecs, this.address);
    const { runningCount: running = 0, desiredCount: desired = 0, pendingCount: pending = 0 } = service ?? {};
    const same = service?.taskDefinition === taskDefinition;
    const interrupted = signals.some(({ aborted }) => aborted);
    return {
      state: interrupted ? "interrupted" : same && running >= desired ? "completed" : "failed",
      running,
      desired,
      pending,
      failed: 0,
      ...(same ? {} : { reason: `the service runs ${service?.taskDefinition ?? "nothing"} instead` }),
    };
  }
}

/** Looks for the rollout that an apply began, through whatever passes by itself. */
async function appearing(
  find: () => Promise<Rollout | undefined>,
  { signals, every }: Watching,
): Promise<Rollout | undefined> {
  const started = Date.now();
  for (;;) {
    const late = Date.now() - started > APPEARS_WITHIN;
    try {
      const found = await find();
      if (found !== undefined || late) return found;
    } catch (error) {
      if (late || !mayPass(error)) throw lostSight("of this release", error);
    }
    if (signals.some(({ aborted }) => aborted)) return undefined;
    await pause(every ?? 5_000, ...signals);
  }
}
