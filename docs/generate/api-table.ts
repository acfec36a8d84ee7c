import type { Account } from "../../environments/schema/account";
import { authorizerOf } from "../../environments/schema/api-routes";
import type { Service } from "../../environments/schema/service";

/** Rows of what an account's APIs answer: API, address, who answers, who may call. */
export function apiRows(account: Account, services: readonly Service[]): string[][] {
  const zone = account.network?.publicZone ?? "";
  return Object.entries(account.apis)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { host }]) =>
      services.flatMap((service) =>
        service.apis
          .filter(({ api }) => api === name)
          .map((route) => [
            name,
            `${(route.methods ?? (route.stream === undefined ? [] : ["POST"])).join(", ")} \`${host}.${zone}${route.path}\``.trim(),
            route.stream === undefined ? service.name : `stream ${route.stream}, of ${service.name}`,
            CALLERS[authorizerOf(route, account) ?? ""] ??
              `tokens of ${authorizerOf(route, account) ?? "nobody"}`,
          ]),
      ),
    );
}

const CALLERS: Readonly<Record<string, string>> = { none: "everybody", iam: "identities of AWS" };
