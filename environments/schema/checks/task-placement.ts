import type { Account } from "../account";
import { instanceTypesOf, providerSize, spread } from "../capacity";
import { servicesIn, type Fleet } from "../fleet";
import type { CapacityProvider } from "../hosting";
import { memoryForTasks } from "../instance-types";
import { formatPath } from "../parse";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { meant, providerNames } from "./capacity-providers";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** Tasks fit on what they run on: the account has it, one of its instances is large enough, and all are enough. */
export function checkTaskPlacement(fleet: Fleet): Violation[] {
  return [
    ...perService(fleet, (service, account) => {
      const { capacityProviders = {}, defaultCapacityProvider } = account.hosting ?? {};
      const { capacityProviderStrategy: strategy } = service;
      const known = providerNames(capacityProviders);
      return strategy.flatMap(({ capacityProvider: name }, index) => {
        if (!known.includes(name)) {
          const path =
            strategy.length === 1
              ? "capacityProvider"
              : formatPath(["capacityProviderStrategy", index, "capacityProvider"]);
          // An account's default that is wrong is told once, there.
          return name === defaultCapacityProvider ? [] : [unknownProvider(path, name, known)];
        }
        const provider = capacityProviders[name];
        return provider === undefined ? [] : tooMuch(service, name, provider, account);
      });
    }),
    ...fleet.accounts.flatMap((account) => tooManyTogether(fleet, account)),
  ];
}

function unknownProvider(path: string, given: string, known: readonly string[]): Found {
  return {
    path,
    given,
    allowed: `what the account has: ${known.join(", ")}`,
    mend:
      meant(given, known) ??
      "add it to hosting.capacityProviders of the account, or say in overrides what the service runs on there",
  };
}

function tooMuch(service: Service, name: string, provider: CapacityProvider, account: Account): Found[] {
  const types = instanceTypesOf(provider);
  const [first] = types;
  // What the provider's own file says of its types comes first.
  if (first === undefined) return [];
  const all = provider.instanceTypes.join(", ");
  const vcpus = Math.max(...types.map((type) => type.vcpus));
  const memory = Math.max(...types.map(memoryForTasks));
  const interfaces = interfacesOf(account, provider);
  const here = (tasks: number) => Math.ceil(spread(service, tasks).get(name) ?? 0);
  const minCapacity = here(service.autoScaling.minCapacity);
  const maxCapacity = here(service.autoScaling.maxCapacity);
  return [
    ...when(service.cpuArchitecture !== first.cpuArchitecture, {
      path: "cpuArchitecture",
      given: service.cpuArchitecture,
      allowed: `${first.cpuArchitecture}, which the instances of ${name} are (${all})`,
      mend: `write cpuArchitecture: "${first.cpuArchitecture}", with an image of it, or choose another capacityProvider`,
    }),
    ...when(service.cpu > vcpus * 1024, {
      path: "cpu",
      given: service.cpu,
      allowed: `at most ${vcpus * 1024}: a task has its CPU on one instance, and the largest of ${name} is of ${all}`,
      mend: "ask for less, or choose larger instances",
    }),
    ...when(service.memory > memory, {
      path: "memory",
      given: service.memory,
      allowed: `at most ${memory}: what the largest instance of ${name} (${all}) has beside its system and agent`,
      mend: "ask for less, or choose larger instances",
    }),
    ...when(maxCapacity > interfaces.all, {
      path: "autoScaling.maxCapacity",
      given: maxCapacity,
      allowed: `at most ${interfaces.all}, one network interface a task: ${interfaces.reckoning}`,
      mend: `ask for fewer${minCapacity > interfaces.all ? " (minCapacity too)" : ""}, raise hosting.capacityProviders.${name}.maxSize, or choose larger instances`,
    }),
  ];
}

/** Network interfaces for tasks when all instances run, of the type that has fewest. */
function interfacesOf(account: Account, provider: CapacityProvider) {
  const { max } = providerSize(account, provider);
  const each = Math.min(...instanceTypesOf(provider).map(({ taskInterfaces }) => taskInterfaces));
  const instances = max === 1 ? "1 instance" : `${max} instances`;
  return {
    all: max * each,
    each,
    reckoning: `${instances} of ${provider.instanceTypes.join(", ")}, ${each} each`,
  };
}

/** Services that would each fit, and do not fit together. */
function tooManyTogether(fleet: Fleet, account: Account): Violation[] {
  return Object.entries(account.hosting?.capacityProviders ?? {}).flatMap(([name, provider]) => {
    if (instanceTypesOf(provider).length === 0) return [];
    const { all, each, reckoning } = interfacesOf(account, provider);
    const services = servicesIn(fleet, account)
      .map((service) => ({
        name: service.name,
        here: Math.ceil(spread(service, service.autoScaling.maxCapacity).get(name) ?? 0),
      }))
      .filter(({ here }) => here > 0);
    const tasks = services.reduce((sum, { here }) => sum + here, 0);
    const alone = services.some(({ here }) => here > all);
    if (tasks <= all || alone) return [];
    return [
      {
        file: fleet.sources.accounts[account.name] ?? account.name,
        path: `hosting.capacityProviders.${name}.maxSize`,
        given: providerSize(account, provider).max,
        allowed: `at least ${Math.ceil(tasks / each)}: ${services.map((service) => service.name).join(", ")} run up to ${tasks} tasks together, and there are ${all} network interfaces for them (${reckoning})`,
        mend: "raise it, choose larger instances, or lower autoScaling.maxCapacity of some",
      },
    ];
  });
}

const when = (wrong: boolean, found: Found): Found[] => (wrong ? [found] : []);
