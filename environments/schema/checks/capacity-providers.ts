import type { Account } from "../account";
import { providerSize, providerZones, networkZones, volumeZones } from "../capacity";
import type { Fleet } from "../fleet";
import type { CapacityProvider } from "../hosting";
import { INSTANCE_TYPES } from "../instance-types";
import { nearest } from "../parse";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Instances are of types that are known and alike, in zones that the network and their volumes have. */
export function checkCapacityProviders(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const { capacityProviders = {} } = account.hosting ?? {};
    const file = fleet.sources.accounts[account.name] ?? account.name;
    return [
      ...defaultProvider(account),
      ...Object.entries(capacityProviders).flatMap(([name, provider]) => {
        const path = `hosting.capacityProviders.${name}`;
        return [
          ...types(path, provider),
          ...sizes(path, account, provider),
          ...strangeZones(`${path}.availabilityZones`, account, provider.availabilityZones),
          ...mounted(path, account, provider),
        ];
      }),
      ...fileSystems(account),
      ...volumes(account),
    ].map((found) => ({ ...found, file }));
  });
}

function defaultProvider({ name, hosting }: Account): Found[] {
  const given = hosting?.defaultCapacityProvider;
  if (hosting === undefined || given === undefined) return [];
  const known = providerNames(hosting.capacityProviders);
  if (known.includes(given)) return [];
  return [
    {
      path: "hosting.defaultCapacityProvider",
      given,
      allowed: `what ${name} has: ${known.join(", ")}`,
      mend: meant(given, known) ?? "add it to hosting.capacityProviders",
    },
  ];
}

export const providerNames = (capacityProviders: Readonly<Record<string, CapacityProvider>>) => [
  "FARGATE",
  "FARGATE_SPOT",
  ...Object.keys(capacityProviders).sort(),
];

export function meant(given: string, known: readonly string[]): string | undefined {
  const near = nearest(given, known);
  return near === undefined ? undefined : `write "${near}"`;
}

function types(path: string, { instanceTypes }: CapacityProvider): Found[] {
  const families = [...new Set([...INSTANCE_TYPES.keys()].map((type) => type.split(".")[0] ?? type))].sort();
  const unknown = instanceTypes.flatMap((type, index): Found[] => {
    if (INSTANCE_TYPES.has(type)) return [];
    const family = [...INSTANCE_TYPES.keys()].filter((known) => known.startsWith(`${type.split(".")[0]}.`));
    return [
      {
        path: `${path}.instanceTypes[${index}]`,
        given: type,
        allowed:
          family.length > 0
            ? `one of ${family.join(", ")}`
            : `a type of the families ${families.join(", ")}, whose sizes are known`,
        mend:
          meant(type, [...INSTANCE_TYPES.keys()]) ??
          "choose one of these, or add its family to environments/schema/instance-types.ts",
      },
    ];
  });
  const of = (type: string) => INSTANCE_TYPES.get(type)?.cpuArchitecture;
  const known = instanceTypes.filter((type) => of(type) !== undefined);
  const [first] = known;
  const others = first === undefined ? [] : known.filter((type) => of(type) !== of(first));
  const twice = instanceTypes.findIndex((type, index) => instanceTypes.indexOf(type) !== index);
  return [
    ...unknown,
    ...(first === undefined || others.length === 0
      ? []
      : [
          {
            path: `${path}.instanceTypes`,
            given: instanceTypes,
            allowed: `types of one CPU architecture, since they start from one image; ${first} is ${of(first) ?? ""}, ${others.join(", ")} not`,
            mend: "make a capacity provider for each architecture",
          },
        ]),
    ...(twice === -1
      ? []
      : [
          { path: `${path}.instanceTypes[${twice}]`, given: instanceTypes[twice], allowed: "each type once" },
        ]),
  ];
}

function sizes(path: string, account: Account, provider: CapacityProvider): Found[] {
  const { min, max } = providerSize(account, provider);
  return min <= max
    ? []
    : [
        {
          path: `${path}.minSize`,
          given: min,
          allowed: `at most the ${max} of maxSize${provider.maxSize === undefined ? ", which is its default here" : ""}`,
        },
      ];
}

function strangeZones(path: string, account: Account, zones: readonly string[] | undefined): Found[] {
  const known = networkZones(account);
  return (zones ?? []).flatMap((zone, index): Found[] => {
    const at = `${path}[${index}]`;
    if (zones?.indexOf(zone) !== index) return [{ path: at, given: zone, allowed: "each zone once" }];
    if (known.includes(zone)) return [];
    return [
      {
        path: at,
        given: zone,
        allowed: `a zone of the account's network: ${known.join(", ")}`,
        mend: "there are no subnets in it; choose another",
      },
    ];
  });
}

/** An instance mounts the volume of its zone: as many volumes as instances, in the same zones. */
function mounted(path: string, account: Account, provider: CapacityProvider): Found[] {
  if (provider.volume === undefined) return [];
  const known = account.data?.volumes ?? {};
  const volume = known[provider.volume];
  if (volume === undefined) {
    const names = Object.keys(known).sort();
    return [
      {
        path: `${path}.volume`,
        given: provider.volume,
        allowed: `volumes of the account's data: ${names.join(", ") || "it has none"}`,
        mend: meant(provider.volume, names) ?? `add data.volumes.${provider.volume}`,
      },
    ];
  }
  const zones = volumeZones(account, volume);
  const instances = providerZones(account, provider);
  const beyond = instances.filter((zone) => !zones.includes(zone));
  const without = zones.filter((zone) => !instances.includes(zone));
  const { max } = providerSize(account, provider);
  return [
    ...(beyond.length === 0 && without.length === 0
      ? []
      : [
          {
            path: `${path}.availabilityZones`,
            given: provider.availabilityZones,
            allowed: `the zones of ${provider.volume}, ${zones.join(", ")}: a volume is seen in its own zone only${
              beyond.length === 0 ? "" : `; ${beyond.join(", ")} would have instances without a volume`
            }${without.length === 0 ? "" : `; ${without.join(", ")} would have a volume without an instance`}`,
            mend: `remove it, or write availabilityZones of data.volumes.${provider.volume} alike`,
          },
        ]),
    ...(max <= zones.length
      ? []
      : [
          {
            path: `${path}.maxSize`,
            given: max,
            allowed: `at most ${zones.length}, one instance a volume of ${provider.volume}`,
          },
        ]),
  ];
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const MOST_FILE_SYSTEMS = 4;

function fileSystems({ hosting, data }: Account): Found[] {
  const count = Object.keys(data?.fileSystems ?? {}).length;
  if (count <= MOST_FILE_SYSTEMS || Object.keys(hosting?.capacityProviders ?? {}).length === 0) return [];
  return [
    {
      path: "data.fileSystems",
      given: `${count} file systems`,
      inWords: true,
      allowed: `at most ${MOST_FILE_SYSTEMS} where there are instances: their interfaces join the group of each, and have five`,
      mend: "make one file system with more access points",
    },
  ];
}

function volumes(account: Account): Found[] {
  const providers = Object.entries(account.hosting?.capacityProviders ?? {});
  return Object.entries(account.data?.volumes ?? {}).flatMap(([name, volume]) => {
    const path = `data.volumes.${name}`;
    const mounting = providers.filter(([, provider]) => provider.volume === name).map(([of]) => of);
    return [
      ...strangeZones(`${path}.availabilityZones`, account, volume.availabilityZones),
      ...(mounting.length === 1
        ? []
        : [
            {
              path,
              given: mounting.length === 0 ? "mounted by no capacity provider" : mounting,
              allowed: "volumes that the instances of exactly one capacity provider mount",
              mend:
                mounting.length === 0
                  ? `write volume: "${name}" in an entry of hosting.capacityProviders, or remove it`
                  : "give each of them volumes of its own",
            },
          ]),
    ];
  });
}
