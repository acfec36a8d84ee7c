import type { Account } from "../account";
import { parentZoneOf, servicesIn, type Fleet } from "../fleet";
import type { Migration } from "../migration";
import { reached } from "../migration/phase";
import type { Traffic } from "../migration/traffic";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Clients are led to places that there are, by names of the account's zone, in steps that the phase allows. */
export function checkMigrationTraffic(fleet: Fleet): Violation[] {
  return fleet.migrations.flatMap((migration) => {
    const { traffic } = migration;
    const account = fleet.accounts.find(({ name }) => name === migration.account);
    if (traffic === undefined || account === undefined) return [];
    return [
      ...stepOf(migration, traffic),
      ...twice(fleet, migration, traffic),
      ...traffic.records.flatMap((record, index) => [
        ...places(record, index),
        ...(traffic.provider === "route53" ? inZone(fleet, account, record, index) : []),
      ]),
    ].map((violation) => ({ ...violation, file: fleet.sources.migrations[migration.id] ?? migration.id }));
  });
}

function stepOf({ id, phase }: Migration, { step, steps }: Traffic): Found[] {
  const place = { path: "traffic.step", given: step };
  if (step > steps.length)
    return [
      {
        ...place,
        allowed: `0 to ${steps.length}: there are ${steps.length} steps, ${steps.join(", ")} percent`,
        mend: `write ${steps.length} for 100 percent`,
      },
    ];
  if (step > 0 && !reached(phase, "cutover"))
    return [
      {
        ...place,
        allowed: `0 in phase ${phase}: clients move from the phase cutover on, when the data is there`,
        mend: `write 0; slipway migrate advance ${id} goes on towards the cutover`,
      },
    ];
  return step < steps.length && reached(phase, "decommission")
    ? [
        {
          ...place,
          allowed: `${steps.length} in phase decommission: the former place is gone, and nobody may be led to it`,
          mend: `write ${steps.length}, or go back to the phase rollback-window`,
        },
      ]
    : [];
}

/** A name moves once: answers of two migrations would be mixed. */
function twice(fleet: Fleet, { id }: Migration, { provider, records }: Traffic): Found[] {
  const others = fleet.migrations.flatMap((other) =>
    other.id < id && other.traffic?.provider === provider
      ? other.traffic.records.map(({ name }) => ({ name, owner: other.id }))
      : [],
  );
  return records.flatMap(({ name }, index) => {
    const again = records.findIndex((record) => record.name === name) < index;
    const owner = others.find((other) => other.name === name)?.owner;
    if (!again && owner === undefined) return [];
    return [
      {
        path: `traffic.records[${index}].name`,
        given: name,
        allowed: owner === undefined ? "each name once" : `a name of its own; it moves with ${owner} already`,
        mend: "remove it here",
      },
    ];
  });
}

const ADDRESS = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

function places({ name, type, from, to }: Traffic["records"][number], index: number): Found[] {
  return Object.entries({ from, to }).flatMap(([field, given]): Found[] => {
    const path = `traffic.records[${index}].${field}`;
    if (!(type === "A" ? ADDRESS : NAME).test(given))
      return [
        {
          path,
          given,
          allowed: type === "A" ? "an IPv4 address, as type A has it" : "a DNS name, as type CNAME has it",
          mend: type === "A" ? 'write type: "CNAME" for a name' : 'write type: "A" for an address',
        },
      ];
    return given === name
      ? [
          {
            path,
            given,
            allowed: `where ${name} leads to, which is not itself`,
            mend: "write the place's own name",
          },
        ]
      : [];
  });
}

function inZone(fleet: Fleet, account: Account, record: Traffic["records"][number], index: number): Found[] {
  const { name, type } = record;
  const zone = account.network?.publicZone;
  if (zone === undefined) return [];
  const place = { path: `traffic.records[${index}].name`, given: name };
  if (name === zone && type === "CNAME")
    return [
      {
        ...place,
        allowed: `a name below ${zone}: the zone itself can have no CNAME`,
        mend: `choose a name such as www.${zone}, or type: "A"`,
      },
    ];
  const owner = parentZoneOf(fleet, `.${name}`)?.name;
  if (owner !== account.name && name !== zone)
    return [
      {
        ...place,
        allowed: `a name in ${zone}, the public zone of ${account.name}${owner === undefined ? "" : `; this one is in the zone of ${owner}`}`,
        mend: `choose a name that ends in .${zone}, or let provider "cloudflare" answer it`,
      },
    ];
  const service = servicesIn(fleet, account).find(({ loadBalancers }) =>
    loadBalancers.some(({ host, alb }) => {
      const internal = account.hosting?.loadBalancers[alb]?.scheme !== "internet-facing";
      return !internal && `${host}.${zone}` === name;
    }),
  );
  const recorded = Object.values(account.edge?.records ?? {}).some((other) => other.name === name);
  const site = Object.values(account.edge?.sites ?? {}).some(({ host }) => `${host}.${zone}` === name);
  if (service === undefined && !recorded && !site) return [];
  return [
    {
      ...place,
      allowed: `a name that nothing else answers; it is ${service === undefined ? `in edge of ${account.name}` : `the host of ${service.name}`}`,
      mend: "let clients ask for another name, and lead that to this one",
    },
  ];
}
