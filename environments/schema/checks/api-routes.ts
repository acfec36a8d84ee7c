import type { Account } from "../account";
import { authorizersOf, type Api } from "../api";
import { authorizerOf, doorOf, routeKeys } from "../api-routes";
import { servicesIn, type Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Service } from "../service";
import type { ApiRoute } from "../service/api-route";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** What services answer of APIs is one service's, leads where something listens, and says who may call. */
export function checkApiRoutes(fleet: Fleet): Violation[] {
  return [
    ...perService(fleet, (service, account) =>
      service.apis.flatMap((route, index): Found[] => {
        const path = formatPath(["apis", index]);
        const api = account.apis[route.api];
        if (api === undefined) return [unknownApi(route, path, account)];
        return [
          ...who(route, path, account, api),
          ...(route.stream === undefined
            ? door(route, path, service, account)
            : stream(route, path, route.stream, account)),
        ];
      }),
    ),
    ...fleet.accounts.flatMap((account) => [...twice(fleet, account), ...crowded(fleet, account)]),
  ];
}

function unknownApi({ api }: ApiRoute, path: string, account: Account): Found {
  const names = Object.keys(account.apis);
  const meant = nearest(api, names);
  return {
    path: `${path}.api`,
    given: api,
    allowed: `an API of ${account.name}: ${names.join(", ") || "it has none"}`,
    mend: meant === undefined ? `add it to apis of ${account.name}` : `write "${meant}"`,
  };
}

function who(route: ApiRoute, path: string, account: Account, api: Api): Found[] {
  const names = authorizersOf(account, api).map(([name]) => name);
  const authorizer = authorizerOf(route, account);
  const all = [...names, "iam", "none"];
  if (authorizer === undefined)
    return [
      {
        path: `${path}.authorizer`,
        given: undefined,
        allowed: `who may call: ${all.join(", ")}; API ${route.api} has ${names.length === 0 ? "no authorizer" : "several authorizers"}`,
        mend: `write authorizer, or give apis.${route.api} of ${account.name} exactly one`,
      },
    ];
  if (!all.includes(authorizer)) {
    const meant = nearest(authorizer, all);
    return [
      {
        path: `${path}.authorizer`,
        given: authorizer,
        allowed: `an authorizer of API ${route.api}: ${all.join(", ")}`,
        mend: meant === undefined ? `add it to apis.${route.api}.authorizers` : `write "${meant}"`,
      },
    ];
  }
  return route.scopes.length > 0 && !names.includes(authorizer)
    ? [
        {
          path: `${path}.scopes`,
          given: route.scopes,
          allowed: `none with ${authorizer}: no token, no scope`,
        },
      ]
    : [];
}

function door(route: ApiRoute, path: string, service: Service, { hosting }: Account): Found[] {
  const entry = doorOf(service, route);
  const at = `${path}.listenerPort`;
  const ports = service.networkDoors.map(({ listenerPort }) => listenerPort);
  if (entry === undefined)
    return [
      {
        path: at,
        given: route.listenerPort,
        allowed: `a port of its loadBalancers entries with nlb: ${ports.join(", ") || "it has none"}`,
        mend:
          ports.length === 0
            ? 'stand behind a private Network Load Balancer: loadBalancers: [{ nlb: "private", host: "..", listenerPort: .. }]'
            : "write which of them answers",
      },
    ];
  const { nlb, protocol, listenerPort } = entry;
  return [
    ...(hosting?.loadBalancers[nlb]?.scheme === "internet-facing"
      ? [
          {
            path: at,
            given: listenerPort,
            allowed: `a port of an internal load balancer: ${nlb} faces the internet, past the API`,
            mend: `write scheme: "internal" for ${nlb}, or choose another`,
          },
        ]
      : []),
    ...(protocol === "TLS"
      ? []
      : [
          {
            path: at,
            given: `${listenerPort}, which speaks ${protocol}`,
            inWords: true,
            allowed: "a port with protocol TLS: API Gateway verifies whom it speaks to",
            mend: 'write protocol: "TLS", which is the default',
          },
        ]),
  ];
}

function stream(route: ApiRoute, path: string, name: string, account: Account): Found[] {
  const { methods, path: taken, listenerPort } = route;
  return [
    ...(account.data?.streams[name] === undefined ? [unknownStream(name, path, account)] : []),
    ...(methods !== undefined && methods.join() !== "POST"
      ? [{ path: `${path}.methods`, given: methods, allowed: "POST alone: each request is a record" }]
      : []),
    ...(taken.endsWith("*")
      ? [
          {
            path: `${path}.path`,
            given: taken,
            allowed: "one path: a stream does not see which was asked for",
          },
        ]
      : []),
    ...(listenerPort === undefined
      ? []
      : [
          {
            path: `${path}.listenerPort`,
            given: listenerPort,
            allowed: "none with stream: no task answers",
          },
        ]),
  ];
}

function unknownStream(name: string, path: string, account: Account): Found {
  const names = Object.keys(account.data?.streams ?? {});
  const meant = nearest(name, names);
  return {
    path: `${path}.stream`,
    given: name,
    allowed: `a stream of ${account.name}: ${names.join(", ") || "it has none"}`,
    mend: meant === undefined ? `declare it in data.streams of ${account.name}` : `write "${meant}"`,
  };
}

interface Use {
  readonly service: Service;
  readonly index: number;
  readonly api: string;
  /** What API Gateway tells apart: parameters by their place, not by their name. */
  readonly key: string;
  readonly id: string;
}

const usesIn = (fleet: Fleet, account: Account): Use[] =>
  servicesIn(fleet, account).flatMap((service) =>
    service.apis.flatMap((route, index) => {
      const api = account.apis[route.api];
      return (api === undefined ? [] : routeKeys(route, api)).map(({ method, path, id }) => ({
        service,
        index,
        api: route.api,
        key: `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`,
        id,
      }));
    }),
  );

const fileOf = (fleet: Fleet, { name }: Service) => fleet.sources.services[name] ?? name;

/** One method and path, two answers; or two of one service that would be one Terraform address. */
function twice(fleet: Fleet, account: Account): Violation[] {
  const owners = new Map<string, Service>();
  const told = new Set<string>();
  return usesIn(fleet, account).flatMap(({ service, index, api, key, id }): Violation[] => {
    const keys = [`${api} ${key}`, `${api} ${service.name} ${id}`];
    const owner = keys.flatMap((each) => owners.get(each) ?? [])[0];
    for (const each of keys) owners.set(each, owners.get(each) ?? service);
    const path = `${formatPath(["apis", index])}.path (in ${account.name})`;
    if (owner === undefined || told.has(`${service.name} ${path}`)) return [];
    told.add(`${service.name} ${path}`);
    return [
      {
        file: fileOf(fleet, service),
        path,
        given: key,
        allowed:
          owner === service
            ? `each route of API ${api} once, and none that differs from another in punctuation alone`
            : `a route of API ${api} that nobody has; ${fileOf(fleet, owner)} has this one`,
        mend: owner === service ? "remove one of the two" : "choose another path or method",
      },
    ];
  });
}

function crowded(fleet: Fleet, account: Account): Violation[] {
  const uses = usesIn(fleet, account);
  const limit = account.quotas.apiRoutes;
  return Object.keys(account.apis).flatMap((name) => {
    const count = uses.filter(({ api }) => api === name).length;
    return count <= limit
      ? []
      : [
          {
            file: fleet.sources.accounts[account.name] ?? account.name,
            path: formatPath(["apis", name]),
            given: `${count} routes of API ${name}`,
            inWords: true,
            allowed: `at most ${limit}`,
            mend: "name fewer methods, add another API; or have AWS raise the quota (Service Quotas), then write it in quotas.apiRoutes",
          },
        ];
  });
}
