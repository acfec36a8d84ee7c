import type { Account } from "../../environments/schema/account";
import { onFargate, providerSize, spread } from "../../environments/schema/capacity";
import { INSTANCE_TYPES, memoryForTasks } from "../../environments/schema/instance-types";
import type { Service } from "../../environments/schema/service";
import { awakeHours, MONTH } from "./hours";
import { instanceHour, type PriceTable } from "./prices";

/** A part of an estimate. */
export interface CostLine {
  /** What is paid for, with how many there are. */
  readonly what: string;
  /** US dollars a month. */
  readonly usd: number;
}

/** A cost, or what has none in the table. */
export type Priced = CostLine | { readonly unpriced: string };

/** The fewest tasks of a service on Fargate, for the hours it is awake; on instances these are what is paid. */
export function tasks(account: Account, service: Service, prices: PriceTable): readonly Priced[] {
  const { kind, cpu, memory, cpuArchitecture } = service;
  if (!onFargate(service) || kind === "scheduledTask") return [];
  const { vcpuHour, gbHour } = prices.fargate[cpuArchitecture];
  const hours = service.followsWorkingHours ? awakeHours(account) : MONTH;
  const hour = (cpu / 1024) * vcpuHour + (memory / 1024) * gbHour;
  return [...spread(service, fewest(service, account))]
    .filter(([, count]) => count > 0)
    .map(([provider, count]) => {
      const spot = provider === "FARGATE_SPOT";
      const shown = Math.round(count * 10) / 10;
      return {
        what: `${shown} task${shown === 1 ? "" : "s"} on ${spot ? "Fargate Spot" : "Fargate"}, ${Math.round(hours)} h`,
        usd: count * hour * (spot ? prices.spot.fargate : 1) * hours,
      };
    });
}

/** The fewest tasks at any hour, where a schedule changes them; it does only without working hours. */
function fewest({ autoScaling, followsWorkingHours }: Service, { capabilities }: Account): number {
  const scheduled =
    followsWorkingHours && capabilities.workingHours !== null ? {} : autoScaling.scheduledActions;
  return Math.min(
    autoScaling.minCapacity,
    ...Object.values(scheduled).flatMap(({ minCapacity }) => minCapacity ?? []),
  );
}

/**
 * The instances of an account's capacity providers: as many as the fewest tasks fill by CPU, memory and network
 * interfaces, of the preferred type, and never fewer than the group keeps.
 */
export function instances(
  account: Account,
  services: readonly Service[],
  prices: PriceTable,
): readonly Priced[] {
  const { workingHours } = account.capabilities;
  const awake = awakeHours(account);
  return Object.entries(account.hosting?.capacityProviders ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, provider]): Priced[] => {
      const [type = ""] = provider.instanceTypes;
      const [price, size] = [instanceHour(prices, type), INSTANCE_TYPES.get(type)];
      if (price === undefined || size === undefined) return [{ unpriced: `instances ${type}` }];
      const fewest = (service: Service) => spread(service, service.autoScaling.minCapacity).get(name) ?? 0;
      const here = services.filter((service) => fewest(service) > 0 && service.kind !== "scheduledTask");
      const filled = (some: readonly Service[]) => {
        const sum = (of: (service: Service) => number) =>
          some.reduce((total, service) => total + of(service) * fewest(service), 0);
        return Math.max(
          Math.ceil(sum(({ cpu }) => cpu) / (size.vcpus * 1024)),
          Math.ceil(sum(({ memory }) => memory) / memoryForTasks(size)),
          Math.ceil(sum(() => 1) / size.taskInterfaces),
        );
      };
      const byDay = Math.max(providerSize(account, provider).min, filled(here));
      const byNight =
        workingHours === null
          ? byDay
          : filled(here.filter(({ followsWorkingHours }) => !followsWorkingHours));
      const hours = byDay * awake + byNight * (MONTH - awake);
      if (hours === 0) return [];
      const factor = provider.spot ? prices.spot.instances : 1;
      const disk = (provider.rootVolumeSize * prices.month.gp3Gb) / MONTH;
      const kind = `${type}${provider.spot ? " Spot" : ""}`;
      return [
        {
          what: `${byDay === byNight ? byDay : `${byNight} to ${byDay}`} × ${kind}`,
          usd: hours * (price * factor + disk),
        },
      ];
    });
}
