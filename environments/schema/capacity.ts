import type { Account } from "./account";
import type { Volume } from "./data/volume";
import type { CapacityProvider } from "./hosting";
import type { Service } from "./service";
import { INSTANCE_TYPES, type InstanceType } from "./instance-types";

/** Zone letters of the account's network, in its order. */
export const networkZones = (account: Account): readonly string[] => account.network?.availabilityZones ?? [];

/** Zone letters with a volume. */
export function volumeZones(account: Account, { availabilityZones }: Volume): readonly string[] {
  if (availabilityZones !== undefined) return availabilityZones;
  const zones = networkZones(account);
  return account.capabilities.multiAz ? zones : zones.slice(0, 1);
}

/** Zone letters with instances of a capacity provider. */
export function providerZones(account: Account, provider: CapacityProvider): readonly string[] {
  if (provider.availabilityZones !== undefined) return provider.availabilityZones;
  const volume = provider.volume === undefined ? undefined : account.data?.volumes[provider.volume];
  return volume === undefined ? networkZones(account) : volumeZones(account, volume);
}

/** Fewest and most instances of a capacity provider; with a volume, never more than one a zone. */
export function providerSize(account: Account, provider: CapacityProvider): { min: number; max: number } {
  const usual = provider.volume === undefined ? 10 : providerZones(account, provider).length;
  return { min: provider.minSize ?? 0, max: provider.maxSize ?? usual };
}

/** What is known of a capacity provider's instance types, in their order. */
export function instanceTypesOf({ instanceTypes }: CapacityProvider): readonly InstanceType[] {
  return instanceTypes.flatMap((name) => INSTANCE_TYPES.get(name) ?? []);
}

/** CPU architecture of a capacity provider, which its first instance type has. */
export function architectureOf(provider: CapacityProvider): InstanceType["cpuArchitecture"] {
  return instanceTypesOf(provider)[0]?.cpuArchitecture ?? "X86_64";
}

/** How many of a service's tasks run on each of its capacity providers: its base first, then by weight. */
export function spread(
  { capacityProviderStrategy: strategy }: Pick<Service, "capacityProviderStrategy">,
  tasks: number,
): ReadonlyMap<string, number> {
  const weights = strategy.reduce((sum, { weight }) => sum + weight, 0);
  const based = strategy.map(({ base }) => Math.min(base, tasks));
  const rest = Math.max(0, tasks - based.reduce((sum, base) => sum + base, 0));
  return new Map(
    strategy.map(({ capacityProvider, weight }, index) => [
      capacityProvider,
      (based[index] ?? 0) + (weights === 0 ? 0 : (rest * weight) / weights),
    ]),
  );
}

/** Whether a service's tasks run on Fargate, Spot included; else on instances. */
export const onFargate = ({ capacityProvider }: Pick<Service, "capacityProvider">) =>
  capacityProvider.startsWith("FARGATE");
