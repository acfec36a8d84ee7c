import type { Account } from "../account";
import { apisLeadingTo } from "../api-routes";
import { servicesIn, type Fleet } from "../fleet";
import { nearest } from "../parse";
import type { NetworkDoor, Service } from "../service";
import { trafficShift } from "../service/deployment";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** A port of a Network Load Balancer is there, is one service's, and leads where something listens. */
export function checkNetworkDoors(fleet: Fleet): Violation[] {
  return [
    ...perService(fleet, (service, account) =>
      service.networkDoors.flatMap((door, index) => {
        const path = pathOf(service, index);
        return [...place(door, account, path), ...form(door, service, path)];
      }),
    ),
    ...fleet.accounts.flatMap((account) => [
      ...twice(fleet, account),
      ...strayNames(fleet, account),
      ...crowded(fleet, account),
    ]),
  ];
}

/** Entries with `nlb` come after those with `alb`. */
const pathOf = ({ loadBalancers }: Service, index: number) =>
  `loadBalancers[${loadBalancers.length + index}]`;

function place({ nlb }: NetworkDoor, account: Account, path: string): Found[] {
  const balancers = account.hosting?.loadBalancers ?? {};
  const found = balancers[nlb];
  if (found?.type === "network") return [];
  const names = Object.keys(balancers).filter((name) => balancers[name]?.type === "network");
  const meant = nearest(nlb, names);
  return [
    {
      path: `${path}.nlb`,
      given: nlb,
      allowed: `a Network Load Balancer of ${account.name}: ${names.join(", ") || "it has none"}`,
      mend:
        meant === undefined
          ? `add it to hosting.loadBalancers of ${account.name}, with type: "network"`
          : `write "${meant}"`,
    },
  ];
}

function form(
  { healthCheck, protocol, preserveClientIp }: NetworkDoor,
  service: Service,
  path: string,
): Found[] {
  const { strategy } = service.deploymentConfiguration;
  return [
    ...(trafficShift(service.deploymentConfiguration) === undefined
      ? []
      : [
          {
            path,
            given: `a port of a Network Load Balancer with ${strategy}`,
            inWords: true,
            allowed: "ROLLING: traffic is moved between rules of Application Load Balancers here",
            mend: 'write strategy: "ROLLING", or divide the service',
          },
        ]),
    ...(protocol === "UDP" && preserveClientIp
      ? [{ path: `${path}.preserveClientIp`, given: true, allowed: "nothing: UDP always keeps the address" }]
      : []),
    ...(healthCheck === "HTTP" && service.containerPort === undefined
      ? [
          {
            path: `${path}.healthCheck`,
            given: healthCheck,
            allowed: "TCP: without containerPort nothing answers HTTP",
          },
        ]
      : []),
  ];
}

interface Use {
  readonly service: Service;
  readonly door: NetworkDoor;
  readonly index: number;
}

const usesIn = (fleet: Fleet, account: Account): Use[] =>
  servicesIn(fleet, account).flatMap((service) =>
    service.networkDoors.map((door, index) => ({ service, door, index })),
  );

const fileOf = (fleet: Fleet, { service }: Use) => fleet.sources.services[service.name] ?? service.name;

/** One port, two services. TCP and UDP of one number are two listeners to AWS, and one to whoever reads. */
function twice(fleet: Fleet, account: Account): Violation[] {
  const owners = new Map<string, Service>();
  return usesIn(fleet, account).flatMap((use): Violation[] => {
    const { service, door, index } = use;
    const key = `${door.nlb} ${door.listenerPort}`;
    const owner = owners.get(key);
    owners.set(key, owner ?? service);
    if (owner === undefined) return [];
    return [
      {
        file: fileOf(fleet, use),
        path: `${pathOf(service, index)}.listenerPort (in ${account.name})`,
        given: door.listenerPort,
        allowed: `a port of ${door.nlb} that nobody has; ${fleet.sources.services[owner.name] ?? owner.name} has this one`,
        mend: "choose another port, or another load balancer",
      },
    ];
  });
}

/** A name leads to one load balancer. */
function strayNames(fleet: Fleet, account: Account): Violation[] {
  const balancers = account.hosting?.loadBalancers ?? {};
  const names = new Map<string, string>();
  const key = (balancer: string, host: string) => `${balancers[balancer]?.scheme ?? ""} ${host}`;
  for (const { loadBalancers } of servicesIn(fleet, account))
    for (const { alb, host } of loadBalancers) names.set(key(alb, host), alb);
  return usesIn(fleet, account).flatMap((use): Violation[] => {
    const { service, door, index } = use;
    const holder = names.get(key(door.nlb, door.host)) ?? door.nlb;
    names.set(key(door.nlb, door.host), holder);
    if (holder === door.nlb) return [];
    return [
      {
        file: fileOf(fleet, use),
        path: `${pathOf(service, index)}.host (in ${account.name})`,
        given: door.host,
        allowed: `a host that leads to ${door.nlb} alone; it leads to ${holder}`,
        mend: "choose another host",
      },
    ];
  });
}

/** What the security group and the listeners of a Network Load Balancer hold. */
function crowded(fleet: Fleet, account: Account): Violation[] {
  const { nlbListeners, securityGroupRules } = account.quotas;
  const file = fleet.sources.accounts[account.name] ?? account.name;
  const balancers = new Map<string, Use[]>();
  for (const use of usesIn(fleet, account))
    balancers.set(use.door.nlb, [...(balancers.get(use.door.nlb) ?? []), use]);
  return [...balancers].flatMap(([nlb, doors]) => {
    const rules = doors.reduce((sum, { service, door: { clients }, door }) => {
      const apis = apisLeadingTo(service, door).length;
      return sum + apis + (clients?.length ?? (apis > 0 ? 0 : 1));
    }, 0);
    const over = (given: number, limit: number, what: string, quota: string): Violation[] =>
      given <= limit
        ? []
        : [
            {
              file,
              path: `hosting.loadBalancers.${nlb}`,
              given: `${given} ${what}`,
              inWords: true,
              allowed: `at most ${limit}`,
              mend: `add another Network Load Balancer; or have AWS raise the quota (Service Quotas), then write it in quotas.${quota}`,
            },
          ];
    return [
      ...over(doors.length, nlbListeners, `listeners of ${nlb}`, "nlbListeners"),
      ...over(rules, securityGroupRules, `rules of ${nlb}'s security group`, "securityGroupRules"),
    ];
  });
}
