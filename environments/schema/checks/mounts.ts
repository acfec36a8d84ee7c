import type { Account } from "../account";
import { volumeZones } from "../capacity";
import type { Fleet } from "../fleet";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { meant } from "./capacity-providers";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;
type Mount = Service["volumes"][string];

/** What a service mounts is there, and its tasks are where it is. */
export function checkMounts(fleet: Fleet): Violation[] {
  return perService(fleet, (service, account) => [
    ...Object.entries(service.volumes).flatMap(([name, mount]) => [
      ...fileSystem(`volumes.${name}`, mount, account),
      ...volume(`volumes.${name}`, mount, service, account),
    ]),
    ...samePath(service),
  ]);
}

function fileSystem(path: string, { fileSystem: name, accessPoint }: Mount, account: Account): Found[] {
  if (name === undefined) return [];
  const known = account.data?.fileSystems ?? {};
  const found = known[name];
  if (found === undefined)
    return [unknown(`${path}.fileSystem`, name, "a file system", Object.keys(known), account)];
  const points = Object.keys(found.accessPoints);
  if (accessPoint === undefined) {
    const [point] = points.sort();
    return [
      {
        path: `${path}.accessPoint`,
        given: "no access point",
        inWords: true,
        allowed: `an access point of ${name} in ${account.name}, since a mount without one sees all of it: ${points.join(", ") || "it has none"}`,
        mend:
          point === undefined
            ? `add one to data.fileSystems.${name}.accessPoints of ${account.name}, with the directory that is its root`
            : `write accessPoint: ${points.map((each) => `"${each}"`).join(" or ")}`,
      },
    ];
  }
  if (points.includes(accessPoint)) return [];
  return [
    {
      path: `${path}.accessPoint`,
      given: accessPoint,
      allowed: `an access point of ${name} in ${account.name}: ${points.sort().join(", ") || "it has none"}`,
      mend:
        meant(accessPoint, points) ??
        `add it to data.fileSystems.${name}.accessPoints of ${account.name}, with the directory that is its root`,
    },
  ];
}

function volume(path: string, { volume: name }: Mount, service: Service, account: Account): Found[] {
  if (name === undefined) return [];
  const known = account.data?.volumes ?? {};
  const found = known[name];
  if (found === undefined) return [unknown(`${path}.volume`, name, "volumes", Object.keys(known), account)];
  const providers = account.hosting?.capacityProviders ?? {};
  const runsOn = service.capacityProviderStrategy.map(({ capacityProvider }) => capacityProvider);
  if (runsOn.some((provider) => providers[provider]?.volume !== name)) {
    const mounting = Object.keys(providers).filter((provider) => providers[provider]?.volume === name);
    return [
      {
        path: `${path}.volume`,
        given: name,
        allowed: `a volume that its own instances mount; it runs on ${runsOn.join(", ")}, and ${name} is mounted by ${mounting.join(", ") || "none"}`,
        mend:
          mounting[0] === undefined
            ? `write volume: "${name}" in an entry of hosting.capacityProviders`
            : `write capacityProvider: "${mounting[0]}"`,
      },
    ];
  }
  const count = volumeZones(account, found).length;
  const { maxCapacity } = service.autoScaling;
  const { minimumHealthyPercent } = service.deploymentConfiguration;
  if (maxCapacity > count) {
    return [
      {
        path: "autoScaling.maxCapacity",
        given: maxCapacity,
        allowed: `at most ${count}: each task has the volume of ${name} in its zone to itself, and there ${count === 1 ? "is one" : `are ${count}`}`,
        mend: `write autoScaling: { minCapacity: ${count}, maxCapacity: ${count} }`,
      },
    ];
  }
  if (maxCapacity < count || minimumHealthyPercent < 100) return [];
  return [
    {
      path: "deploymentConfiguration.minimumHealthyPercent",
      given: minimumHealthyPercent,
      allowed: `less than 100: with a task on each volume of ${name}, a new one starts only where an old one has stopped`,
      mend: `write deploymentConfiguration: { minimumHealthyPercent: ${Math.floor((100 * (count - 1)) / count)}, maximumPercent: 100 }`,
    },
  ];
}

function unknown(path: string, given: string, what: string, known: string[], account: Account): Found {
  return {
    path,
    given,
    allowed: `${what} of ${account.name}: ${known.sort().join(", ") || "it has none"}`,
    mend: meant(given, known) ?? `add it to data of ${account.name}, or leave it out there by overrides`,
  };
}

const TAKEN = ["/tmp", "/var/lib/amazon", "/var/log/amazon"];

/** Two mounts at one path hide each other; a few paths are every task's own. */
function samePath({ volumes }: Service): Found[] {
  const holders = new Map(TAKEN.map((path) => [path, "every task"]));
  return Object.entries(volumes).flatMap(([name, { mountPath }]) => {
    const holder = holders.get(mountPath);
    holders.set(mountPath, name);
    return holder === undefined
      ? []
      : [
          {
            path: `volumes.${name}.mountPath`,
            given: mountPath,
            allowed: `a path of its own; ${holder} has this one`,
          },
        ];
  });
}
