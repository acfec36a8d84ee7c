import type { Account } from "../account";
import { doorLedger, servicesIn, type Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import * as names from "../names";
import { placeDoors, type PlacedRule } from "../placement";
import type { Door, Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** Only people can sign in, where there is something to sign in to, and they come back by HTTPS. */
export function checkSignIn(fleet: Fleet): Violation[] {
  return [
    ...fleet.accounts.flatMap((account) =>
      pool(fleet, account).map((violation) => ({
        ...violation,
        file: fleet.sources.accounts[account.name] ?? account.name,
      })),
    ),
    ...perService(fleet, (service, account) => doors(service, account)),
    ...fleet.accounts.flatMap((account) => shadowed(fleet, account)),
  ];
}

const callersOf = ({ alb, callers }: Door, account: Account) =>
  callers ?? (account.hosting?.loadBalancers[alb]?.scheme === "internal" ? "machines" : "people");

function doors(service: Service, account: Account): Found[] {
  const { loadBalancers } = service;
  const around =
    service.serviceDiscovery && loadBalancers.some(({ authenticate }) => authenticate)
      ? [
          {
            path: "serviceDiscovery",
            given: true,
            allowed: "false where people sign in at the door: other tasks would reach it past the door",
          },
        ]
      : [];
  return [...around, ...loadBalancers.flatMap((door, index) => signIn(door, index, account))];
}

function signIn(door: Door, index: number, account: Account): Found[] {
  if (!door.authenticate) return [];
  const path = `loadBalancers[${index}].authenticate`;
  const internal = account.hosting?.loadBalancers[door.alb]?.scheme === "internal";
  return [
    ...(account.auth === undefined
      ? [
          {
            path,
            given: true,
            allowed: `false: ${account.name} has no user pool to sign in to`,
            mend: `add an auth section to ${account.name}, or leave authenticate away there (overrides)`,
          },
        ]
      : []),
    ...(callersOf(door, account) === "machines"
      ? [
          {
            path,
            given: true,
            allowed: "false on a door that machines call: they would be sent to a page and cannot fill it in",
            mend:
              door.callers === undefined
                ? `write callers: "people", if it is people who call through ${door.alb}`
                : "give people a host or path of their own, with authenticate there",
          },
        ]
      : []),
    ...(internal && account.capabilities.natGateways === "none"
      ? [
          {
            path,
            given: true,
            allowed: `false behind ${door.alb}: without NAT gateways it cannot reach the user pool`,
          },
        ]
      : []),
  ];
}

/** A door with authentication whose pattern takes requests that are meant for machines. */
function shadowed(fleet: Fleet, account: Account): Violation[] {
  const placed = placeDoors(servicesIn(fleet, account), doorLedger(fleet, account)).filter(
    ({ named }) => named,
  );
  return placed
    .filter(({ door }) => callersOf(door, account) === "machines" && !door.authenticate)
    .flatMap((rule) => {
      const { service, door, index } = rule;
      const before = placed.find(
        (other) => other.door.authenticate && isBefore(other, rule) && covers(other.door, door),
      );
      if (before === undefined) return [];
      return [
        {
          file: fleet.sources.services[service] ?? service,
          path: `loadBalancers[${index}].path (in ${account.name})`,
          given: `${door.host}${door.path ?? "/*"}`,
          allowed: `a path on which nobody signs in: ${before.service} has authenticate on ${before.door.host}${before.door.path ?? "/*"}, which comes first`,
          mend: "give machines a host of their own, or narrow the path with authenticate",
        },
      ];
    });
}

const isBefore = (one: PlacedRule, other: PlacedRule) =>
  one.door.alb === other.door.alb && one.door.host === other.door.host && one.priority < other.priority;

/** Whether each path of one door is one of the other's too; `*` of the narrower is text like any. */
function covers(wide: Door, narrow: Door): boolean {
  const source = (wide.path ?? "/*")
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(narrow.path ?? "/*");
}

/** A provider's client has its secret in Secrets Manager, and programs of its own are the provider's to know. */
function provider(
  account: Account,
  { clientSecret }: NonNullable<NonNullable<Account["auth"]>["oidc"]>,
): Found[] {
  const path = "auth.oidc.clientSecret";
  const declared = Object.keys(account.secrets).filter(
    (name) => account.secrets[name]?.store === "secretsManager",
  );
  const meant = nearest(clientSecret, declared);
  return [
    ...(declared.includes(clientSecret)
      ? []
      : [
          {
            path,
            given: clientSecret,
            allowed: `a secret of ${account.name} in Secrets Manager: ${declared.join(", ") || "it has none"}`,
            mend: meant === undefined ? `declare it in secrets of ${account.name}` : `write "${meant}"`,
          },
        ]),
    ...Object.keys(account.auth?.clients ?? {}).map((name) => ({
      path: formatPath(["auth", "clients", name]),
      given: name,
      allowed: "no client beside oidc: the provider knows its own",
      mend: "remove it",
    })),
  ];
}

/** Letters that AWS keeps for itself. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html */
const KEPT = /aws|amazon|cognito/;
const LONGEST_LABEL = 63;

function pool({ organization }: Fleet, account: Account): Found[] {
  const { auth } = account;
  if (auth === undefined) return [];
  if (auth.oidc !== undefined) return provider(account, auth.oidc);
  const domain = auth.domainPrefix ?? names.signInDomain(organization, account);
  return [
    ...(KEPT.test(domain) || domain.length > LONGEST_LABEL
      ? [
          {
            path: "auth.domainPrefix",
            given: domain,
            allowed: `a label of at most ${LONGEST_LABEL} characters without aws, amazon or cognito, which AWS keeps`,
            mend: "write domainPrefix",
          },
        ]
      : []),
    ...Object.entries(auth.clients).flatMap(([name, { callbackUrls, logoutUrls }]) =>
      Object.entries({ callbackUrls, logoutUrls }).flatMap(([field, urls]) =>
        urls.flatMap((url, index) =>
          /^(http:|javascript:|data:|file:)/i.test(url) || !/^[a-z][a-z0-9.+-]*:\/\/\S+$/i.test(url)
            ? [
                {
                  path: formatPath(["auth", "clients", name, field, index]),
                  given: url,
                  allowed: "https://, or an app's own scheme: codes must not travel in clear",
                },
              ]
            : [],
        ),
      ),
    ),
  ];
}
