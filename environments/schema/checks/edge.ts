import { isIPv4, isIPv6 } from "node:net";
import type { Account } from "../account";
import type { DnsRecord } from "../edge";
import { servicesIn, type Fleet } from "../fleet";
import * as names from "../names";
import type { Violation } from "../violation";
import { NAME_LIMITS } from "./name-lengths";

type Found = Omit<Violation, "file">;

/** Sites and records are within the account's public zone, and take nobody else's name. */
export function checkEdge(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) =>
    found(fleet, account).map((violation) => ({
      ...violation,
      file: fleet.sources.accounts[account.name] ?? account.name,
    })),
  );
}

function found(fleet: Fleet, account: Account): Found[] {
  const { edge, network } = account;
  if (edge === undefined) return [];
  if (network === undefined)
    return [
      {
        path: "edge",
        given: "sites and records without network",
        inWords: true,
        allowed: "edge in an account whose network has a public zone",
        mend: `give ${account.name} a network, or move edge to an account that has one`,
      },
    ];
  const doors = publicDoors(fleet, account);
  const zone = network.publicZone;
  const sites = Object.entries(edge.sites).flatMap(([name, { host }], index, all) =>
    siteFaults(fleet, account, name, `${host}.${zone}`, {
      door: doors.get(host),
      twin: all.slice(0, index).find(([, other]) => other.host === host)?.[0],
    }),
  );
  const siteHosts = new Map(
    Object.entries(edge.sites).map(([name, { host }]) => [`${host}.${zone}`, `edge.sites.${name}`]),
  );
  const doorHosts = new Map([...doors].map(([host, service]) => [`${host}.${zone}`, service]));
  const records = Object.entries(edge.records).flatMap(([name, record], index, all) => [
    ...placeFaults(fleet, account, `edge.records.${name}`, record, { zone, siteHosts, doorHosts }),
    ...companyFaults(`edge.records.${name}`, record, all.slice(0, index)),
    ...valueFaults(`edge.records.${name}`, record),
  ]);
  return [...sites, ...records];
}

/** Hosts of the doors that face the internet, and a service behind each. */
function publicDoors(fleet: Fleet, account: Account): ReadonlyMap<string, string> {
  const balancers = account.hosting?.loadBalancers ?? {};
  return new Map(
    servicesIn(fleet, account).flatMap((service) =>
      [
        ...service.loadBalancers.map(({ alb, host }) => ({ name: alb, host })),
        ...service.networkDoors.map(({ nlb, host }) => ({ name: nlb, host })),
      ]
        .filter(({ name }) => balancers[name]?.scheme === "internet-facing")
        .map(({ host }) => [host, service.name] as const),
    ),
  );
}

function siteFaults(
  { organization }: Fleet,
  account: Account,
  name: string,
  hostName: string,
  { door, twin }: { readonly door: string | undefined; readonly twin: string | undefined },
): Found[] {
  const path = `edge.sites.${name}`;
  const host = hostName.split(".")[0] ?? hostName;
  const holder = twin === undefined ? door && `service ${door}` : `site ${twin}`;
  const bucketName = names.siteBucket(organization, account, name);
  return [
    ...(holder === undefined
      ? []
      : [{ path: `${path}.host`, given: host, allowed: `a host of its own; ${holder} has this one` }]),
    ...(host === "internal" || host === "services"
      ? [
          {
            path: `${path}.host`,
            given: host,
            allowed: "any label but internal and services, which are zones",
          },
        ]
      : []),
    ...(hostName.length > NAME_LIMITS.certificateName
      ? [
          {
            path: `${path}.host`,
            given: host,
            allowed: `at most ${NAME_LIMITS.certificateName} characters with its zone, which is what a certificate takes; ${hostName} has ${hostName.length}`,
          },
        ]
      : []),
    ...(bucketName.length > NAME_LIMITS.bucket
      ? [
          {
            path,
            given: name,
            allowed: `a shorter name: its bucket ${bucketName} has ${bucketName.length} characters, and AWS takes ${NAME_LIMITS.bucket}`,
            mend: `shorten it by ${bucketName.length - NAME_LIMITS.bucket}`,
          },
        ]
      : []),
  ];
}

interface Neighbours {
  readonly zone: string;
  /** Full names of sites, and where each is written. */
  readonly siteHosts: ReadonlyMap<string, string>;
  /** Full names of public doors, and a service behind each. */
  readonly doorHosts: ReadonlyMap<string, string>;
}

const within = (name: string, zone: string) => name === zone || name.endsWith(`.${zone}`);

function placeFaults(
  fleet: Fleet,
  account: Account,
  path: string,
  { name, type }: DnsRecord,
  { zone, siteHosts, doorHosts }: Neighbours,
): Found[] {
  const at = `${path}.name`;
  if (!within(name, zone))
    return [{ path: at, given: name, allowed: `${zone}, the account's public zone, or a name below it` }];
  const child = fleet.accounts.find(
    ({ name: other, network }) =>
      other !== account.name &&
      network !== undefined &&
      network.publicZone.endsWith(`.${zone}`) &&
      within(name, network.publicZone),
  );
  if (child !== undefined)
    return [
      {
        path: at,
        given: name,
        allowed: `a name that is not below ${child.network?.publicZone ?? ""}, which ${child.name} answers for`,
        mend: `write it in edge.records of ${child.name}`,
      },
    ];
  if (name === zone && type === "CNAME")
    return [
      {
        path: `${path}.type`,
        given: type,
        allowed: `any type but CNAME at ${zone}, which has the zone's own records`,
      },
    ];
  const site = siteHosts.get(name);
  if (site !== undefined && ["A", "AAAA", "CNAME"].includes(type))
    return [{ path: at, given: name, allowed: `a name of its own; ${site} leads there already` }];
  const door = [...doorHosts].find(([host]) => within(name, host));
  if (door !== undefined)
    return [
      {
        path: at,
        given: name,
        allowed: `a name neither at nor below ${door[0]}: with a record of its own, the zone's wildcard would no longer lead to service ${door[1]}`,
      },
    ];
  return [];
}

/** What a record may not be beside others of its name. https://www.rfc-editor.org/rfc/rfc1034#section-3.6.2 */
function companyFaults(
  path: string,
  { name, type }: DnsRecord,
  earlier: readonly (readonly [string, DnsRecord])[],
): Found[] {
  const others = earlier.filter(([, other]) => other.name === name);
  const same = others.find(([, other]) => other.type === type);
  if (same !== undefined)
    return [
      {
        path,
        given: `${name} ${type}`,
        allowed: `one record of a name and a type; edge.records.${same[0]} is it`,
        mend: `write its values into edge.records.${same[0]}`,
      },
    ];
  const [other] = others.find(([, { type: of }]) => type === "CNAME" || of === "CNAME") ?? [];
  return other === undefined
    ? []
    : [
        {
          path,
          given: `${name} ${type}`,
          allowed: `no other record beside a CNAME; edge.records.${other} has the name too`,
        },
      ];
}

const HOST = String.raw`([A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?\.?`;
const FORMS: Readonly<Record<DnsRecord["type"], readonly [form: (value: string) => boolean, said: string]>> =
  {
    A: [isIPv4, "an IPv4 address"],
    AAAA: [isIPv6, "an IPv6 address"],
    CAA: [
      matches(String.raw`(0|128) (issue|issuewild|iodef) "[^"]+"`),
      '0 issue "amazon.com": flags, tag, and a quoted value',
    ],
    CNAME: [matches(HOST), "a name such as app.example.com"],
    MX: [matches(String.raw`\d{1,5} ${HOST}`), "10 mail.example.com: priority and mail server"],
    SRV: [
      matches(String.raw`\d{1,5} \d{1,5} \d{1,5} ${HOST}`),
      "1 10 5060 sip.example.com: priority, weight, port and server",
    ],
    TXT: [
      (value) => /^[^"\\\n]{1,4000}$/.test(value),
      "text of at most 4000 characters without quotes and backslashes; it is quoted and split by itself",
    ],
  };

function matches(form: string): (value: string) => boolean {
  const whole = new RegExp(`^${form}$`);
  return (value) => whole.test(value);
}

function valueFaults(path: string, { type, values, name }: DnsRecord): Found[] {
  const [fits, said] = FORMS[type];
  const wrong = values.flatMap((given, index) =>
    fits(given) ? [] : [{ path: `${path}.values[${index}]`, given, allowed: said }],
  );
  if (type !== "CNAME") return wrong;
  return [
    ...wrong,
    ...(values.length > 1
      ? [{ path: `${path}.values`, given: values, allowed: `one value: ${name} is another name of one host` }]
      : []),
  ];
}
