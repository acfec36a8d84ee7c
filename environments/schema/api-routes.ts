import type { Account } from "./account";
import { authorizersOf, METHODS, type Api } from "./api";
import type { NetworkDoor, Service } from "./service";
import type { ApiRoute } from "./service/api-route";

/** A route as API Gateway has it: a method and a path. */
export interface RouteKey {
  readonly method: string;
  readonly path: string;
  /** `POST /orders/{id}` as a part of a Terraform address: `post_orders_id`. */
  readonly id: string;
}

/**
 * The routes of an entry. With CORS each method is a route of its own: one for all of them would take browsers'
 * preflights too, which bring no token.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function routeKeys({ path, methods, stream }: ApiRoute, { cors }: Pick<Api, "cors">): RouteKey[] {
  const all = cors === undefined ? ["ANY"] : METHODS;
  const verbs = methods ?? (stream === undefined ? all : ["POST"]);
  return pathsOf(path).flatMap((each) =>
    [...new Set(verbs)].map((method) => ({
      method,
      path: each,
      id: `${method} ${each}`
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "_")
        .replace(/_$/, ""),
    })),
  );
}

/** `/orders/*` is what API Gateway takes as two. */
function pathsOf(path: string): string[] {
  if (!path.endsWith("/*")) return [path];
  const base = path.slice(0, -2);
  return [base === "" ? "/" : base, `${base}/{proxy+}`];
}

/** The authorizer of a route; none where the API has none, or several to choose from. */
export function authorizerOf(route: ApiRoute, account: Account): string | undefined {
  if (route.authorizer !== undefined) return route.authorizer;
  const api = account.apis[route.api];
  const names = api === undefined ? [] : authorizersOf(account, api).map(([name]) => name);
  return names.length === 1 ? names[0] : undefined;
}

/** The port of a Network Load Balancer that a route leads to. */
export function doorOf({ networkDoors }: Service, { listenerPort }: ApiRoute): NetworkDoor | undefined {
  if (listenerPort !== undefined)
    return networkDoors.find((candidate) => candidate.listenerPort === listenerPort);
  return networkDoors.length === 1 ? networkDoors[0] : undefined;
}

/** APIs that lead to a port of a Network Load Balancer, sorted. */
export function apisLeadingTo(service: Service, entry: NetworkDoor): string[] {
  const apis = service.apis
    .filter((route) => route.stream === undefined && doorOf(service, route) === entry)
    .map(({ api }) => api);
  return [...new Set(apis)].sort();
}
