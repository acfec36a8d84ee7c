import type { Account } from "../account";
import { authorizersOf, type Api, type Authorizer } from "../api";
import { servicesIn, type Fleet } from "../fleet";
import { formatPath } from "../parse";
import type { Violation } from "../violation";
import { NAME_LIMITS } from "./name-lengths";

type Found = Omit<Violation, "file">;

/** APIs have a host that nobody else has, and know whose tokens they take; load balancers are as public as meant. */
export function checkApis(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) =>
    [...found(fleet, account), ...publicLoadBalancers(account)].map((violation) => ({
      ...violation,
      file: fleet.sources.accounts[account.name] ?? account.name,
    })),
  );
}

function found(fleet: Fleet, account: Account): Found[] {
  const apis = Object.entries(account.apis);
  const { network } = account;
  if (apis.length === 0) return [];
  if (network === undefined)
    return [
      {
        path: "apis",
        given: "APIs without network",
        inWords: true,
        allowed: "apis in an account whose network has private subnets and a public zone",
        mend: `give ${account.name} a network, or move apis to an account that has one`,
      },
    ];
  const taken = takenHosts(fleet, account);
  return [
    ...apis.flatMap(([name, api]) => {
      const path = formatPath(["apis", name]);
      const fullName = `${api.host}.${network.publicZone}`;
      const holder = taken.get(fullName);
      taken.set(fullName, holder ?? path);
      return [...host(path, api, fullName, holder), ...authorizers(path, api, account)];
    }),
    ...(apis.length > account.quotas.vpcLinks
      ? [
          {
            path: "apis",
            given: `${apis.length} APIs`,
            inWords: true,
            allowed: `at most ${account.quotas.vpcLinks}, since each has a VPC link`,
            mend: "have AWS raise the quota (Service Quotas), then write it in quotas.vpcLinks",
          },
        ]
      : []),
  ];
}

/** Names of the public zone that lead somewhere already, and where that is written. */
function takenHosts(fleet: Fleet, account: Account): Map<string, string> {
  const { edge, hosting, network } = account;
  const zone = network?.publicZone ?? "";
  const balancers = hosting?.loadBalancers ?? {};
  const doors = servicesIn(fleet, account).flatMap(({ name, loadBalancers, networkDoors }) =>
    [
      ...loadBalancers.map(({ alb, host: label }) => [alb, label] as const),
      ...networkDoors.map(({ nlb, host: label }) => [nlb, label] as const),
    ]
      .filter(([balancer]) => balancers[balancer]?.scheme === "internet-facing")
      .map(([, label]) => [`${label}.${zone}`, `service ${name}`] as const),
  );
  return new Map([
    ...doors,
    ...Object.entries(edge?.sites ?? {}).map(
      ([name, site]) => [`${site.host}.${zone}`, `edge.sites.${name}`] as const,
    ),
    ...Object.entries(edge?.records ?? {})
      .filter(([, { type }]) => ["A", "AAAA", "CNAME"].includes(type))
      .map(([name, record]) => [record.name, `edge.records.${name}`] as const),
  ]);
}

function host(path: string, { host: label }: Api, fullName: string, holder: string | undefined): Found[] {
  return [
    ...(holder === undefined
      ? []
      : [{ path: `${path}.host`, given: label, allowed: `a host of its own; ${holder} has this one` }]),
    ...(label === "internal" || label === "services"
      ? [
          {
            path: `${path}.host`,
            given: label,
            allowed: "any label but internal and services, which are zones",
          },
        ]
      : []),
    ...(fullName.length > NAME_LIMITS.certificateName
      ? [
          {
            path: `${path}.host`,
            given: label,
            allowed: `at most ${NAME_LIMITS.certificateName} characters with its zone, which is what a certificate takes; ${fullName} has ${fullName.length}`,
          },
        ]
      : []),
  ];
}

function authorizers(path: string, api: Api, account: Account): Found[] {
  return authorizersOf(account, api).flatMap(([name, authorizer]) => {
    const at = `${path}.${formatPath(["authorizers", name])}`;
    return tokens(at, authorizer, account);
  });
}

function tokens(at: string, { issuer, audience }: Authorizer, { name, auth }: Account): Found[] {
  if (issuer !== undefined)
    return audience.length > 0
      ? []
      : [
          {
            path: `${at}.audience`,
            given: audience,
            allowed: "whom the tokens are for: without it, a token for any other program would do",
            mend: "write the `aud` that the issuer puts into tokens for this API",
          },
        ];
  if (auth === undefined || auth.oidc !== undefined)
    return [
      {
        path: `${at}.issuer`,
        given: undefined,
        allowed: `an issuer: ${name} has no user pool`,
        mend:
          auth?.oidc === undefined
            ? `write issuer and audience, or give ${name} an auth section`
            : `write issuer: "${auth.oidc.issuer}", and the audience`,
      },
    ];
  return audience.length > 0 || Object.keys(auth.clients).length > 0
    ? []
    : [
        {
          path: at,
          given: "a user pool that no program signs in with",
          inWords: true,
          allowed: "programs whose tokens it takes",
          mend: `add one to auth.clients of ${name}, or write audience`,
        },
      ];
}

function publicLoadBalancers({ name, hosting, capabilities }: Account): Found[] {
  if (capabilities.publicLoadBalancers || hosting === undefined) return [];
  return Object.entries(hosting.loadBalancers).flatMap(([door, { scheme }]) =>
    scheme === "internal"
      ? []
      : [
          {
            path: `hosting.${formatPath(["loadBalancers", door])}.scheme`,
            given: scheme,
            allowed: `internal: capabilities.publicLoadBalancers of ${name} is false`,
            mend: "write the loadBalancers that it has, each internal; the default is a public and an internal one",
          },
        ],
  );
}
