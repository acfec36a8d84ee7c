import {
  ApplicationAutoScalingClient,
  paginateDescribeScalableTargets,
  RegisterScalableTargetCommand,
  type ApplicationAutoScalingClientConfig,
  type ScalableTarget,
} from "@aws-sdk/client-application-auto-scaling";
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import type { Account } from "../environments/schema/account";
import { servicesIn, type Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { nearest } from "../environments/schema/parse";
import type { Service } from "../environments/schema/service";
import { CliError } from "./errors";

/** A service or a group of instances, and between which counts it is to be. */
export interface Sleeper {
  readonly kind: "service" | "instances";
  /** As the organization names it. */
  readonly name: string;
  /** As AWS names it. */
  readonly id: string;
  readonly minimum: number;
  /** Of services only: an Auto Scaling group keeps its own. */
  readonly maximum?: number;
}

/** What became of one of them. */
export interface Outcome {
  readonly kind: Sleeper["kind"];
  readonly name: string;
  readonly before: string;
  readonly now: string;
  readonly result: "changed" | "as it was" | "not there yet" | "failed";
  readonly error?: string;
}

/**
 * What of an account sleeps outside its working hours, as it is when awake: services of `wanted`, or all of them and
 * the instances beneath.
 * @throws CliError where the account or a service never sleeps, or is not there.
 */
export function sleepersOf(fleet: Fleet, account: Account, wanted: readonly string[]): readonly Sleeper[] {
  if (account.capabilities.workingHours === null) {
    const others = fleet.accounts.filter(
      ({ capabilities, hosting }) => capabilities.workingHours !== null && hosting !== undefined,
    );
    throw new CliError(
      `${account.name} has no working hours: its services always run. Nothing was changed.`,
      `Accounts with working hours: ${others.map(({ name }) => name).join(", ") || "none"}.`,
    );
  }
  const running = servicesIn(fleet, account).filter(({ kind }) => kind !== "scheduledTask");
  const sleeping = running.filter(({ followsWorkingHours }) => followsWorkingHours);
  const chosen =
    wanted.length === 0
      ? sleeping
      : [...new Set(wanted)].map((name) => {
          const found = sleeping.find((service) => service.name === name);
          if (found === undefined) throw noSleeper(account, name, running, sleeping);
          return found;
        });
  return [
    ...(wanted.length === 0 ? instances(account) : []),
    ...chosen.map(({ name, autoScaling }) => ({
      kind: "service" as const,
      name,
      id: `service/${names.cluster(account)}/${name}`,
      minimum: autoScaling.minCapacity,
      maximum: autoScaling.maxCapacity,
    })),
  ];
}

/** Groups that keep instances whether or not there are tasks; ECS brings the others up with the tasks. */
function instances(account: Account): readonly Sleeper[] {
  return Object.entries(account.hosting?.capacityProviders ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([provider, { minSize = 0 }]) =>
      minSize === 0
        ? []
        : [
            {
              kind: "instances" as const,
              name: `instances of ${provider}`,
              id: names.capacityProvider(account, provider),
              minimum: minSize,
            },
          ],
    );
}

function noSleeper(
  account: Account,
  name: string,
  running: readonly Service[],
  sleeping: readonly Service[],
): CliError {
  if (running.some((service) => service.name === name)) {
    return new CliError(
      `${name} does not follow the working hours of ${account.name}: it always runs. Nothing was changed.`,
      "followsWorkingHours in its definition says so.",
    );
  }
  const all = sleeping.map((service) => service.name);
  const meant = nearest(name, all);
  return new CliError(
    `${account.name} has no service "${name}". Nothing was changed.`,
    meant === undefined ? `Services: ${all.join(", ")}.` : `Did you mean ${meant}?`,
  );
}

/** The same, asleep. */
export const asleep = (sleeper: Sleeper): Sleeper => ({
  ...sleeper,
  minimum: 0,
  ...(sleeper.maximum === undefined ? {} : { maximum: 0 }),
});

interface Clients {
  readonly services: ApplicationAutoScalingClient;
  readonly groups: AutoScalingClient;
}

/** Clients for an account, from what the SDK's clients take. */
export function clients(
  options: Pick<ApplicationAutoScalingClientConfig, "region" | "endpoint" | "credentials" | "maxAttempts">,
): Clients {
  return { services: new ApplicationAutoScalingClient(options), groups: new AutoScalingClient(options) };
}

/** Sets the counts of each; one that fails keeps none of the others from theirs. */
export async function settle(
  { services, groups }: Clients,
  sleepers: readonly Sleeper[],
): Promise<readonly Outcome[]> {
  const targets = await targetsOf(
    services,
    sleepers.filter(({ kind }) => kind === "service").map(({ id }) => id),
  );
  const outcomes: Outcome[] = [];
  for (const sleeper of sleepers) {
    const { kind, name } = sleeper;
    const turn =
      sleeper.kind === "service"
        ? settleService(services, sleeper, targets.get(sleeper.id))
        : settleGroup(groups, sleeper);
    outcomes.push({
      kind,
      name,
      ...(await turn.catch((error: unknown) => ({
        before: "",
        now: "",
        result: "failed" as const,
        error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      }))),
    });
  }
  return outcomes;
}

/** Most ids that one request takes. */
const PAGE = 50;

async function targetsOf(
  client: ApplicationAutoScalingClient,
  ids: readonly string[],
): Promise<Map<string, ScalableTarget>> {
  const found = new Map<string, ScalableTarget>();
  for (let at = 0; at < ids.length; at += PAGE) {
    const pages = paginateDescribeScalableTargets(
      { client },
      {
        ServiceNamespace: "ecs",
        ScalableDimension: "ecs:service:DesiredCount",
        ResourceIds: ids.slice(at, at + PAGE),
      },
    );
    for await (const { ScalableTargets: targets = [] } of pages) {
      for (const target of targets) if (target.ResourceId !== undefined) found.set(target.ResourceId, target);
    }
  }
  return found;
}

type Done = Omit<Outcome, "kind" | "name">;

const range = (minimum: number, maximum: number) => (maximum === 0 ? "0" : `${minimum} to ${maximum}`);

/** A service without release has no target yet, and no image that could start. */
async function settleService(
  client: ApplicationAutoScalingClient,
  { id, minimum, maximum = minimum }: Sleeper,
  target: ScalableTarget | undefined,
): Promise<Done> {
  if (target === undefined) return { before: "", now: "", result: "not there yet" };
  const before = range(target.MinCapacity ?? 0, target.MaxCapacity ?? 0);
  const now = range(minimum, maximum);
  if (target.MinCapacity === minimum && target.MaxCapacity === maximum)
    return { before, now, result: "as it was" };
  await client.send(
    new RegisterScalableTargetCommand({
      ServiceNamespace: "ecs",
      ScalableDimension: "ecs:service:DesiredCount",
      ResourceId: id,
      MinCapacity: minimum,
      MaxCapacity: maximum,
    }),
  );
  return { before, now, result: "changed" };
}

async function settleGroup(client: AutoScalingClient, { id, minimum }: Sleeper): Promise<Done> {
  const { AutoScalingGroups: [group] = [] } = await client.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [id] }),
  );
  if (group === undefined) return { before: "", now: "", result: "not there yet" };
  const said = { before: `at least ${group.MinSize ?? 0}`, now: `at least ${minimum}` };
  if (group.MinSize === minimum) return { ...said, result: "as it was" };
  await client.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: id, MinSize: minimum }));
  return { ...said, result: "changed" };
}
