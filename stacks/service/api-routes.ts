import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { authorizerOf, doorOf, routeKeys } from "../../environments/schema/api-routes";
import * as names from "../../environments/schema/names";
import type { ApiRoute } from "../../environments/schema/service/api-route";
import { apiRoute, loadBalancerIntegration, type RouteAuthorization } from "../../modules/edge/api-routes";
import { read } from "../contract";
import { apiAuthorizerContract, apiContract, networkLoadBalancerContract } from "../contracts";
import type { PlatformStack } from "../platform-stack";
import type { ServiceContext } from "./feature";
import type { PlacedNetworkDoor } from "./network-doors";

/** Most that AWS waits for an answer. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MOST_SECONDS = 30;

const identifier = (name: string) => name.replaceAll("-", "_");

/** The routes of APIs that lead to the service's tasks, through ports of private Network Load Balancers. */
export function addApiRoutes(context: ServiceContext, doors: readonly PlacedNetworkDoor[]): void {
  const { stack, definition } = context;
  const made = new Map<string, string>();
  const reached = new Set<string>();
  for (const route of definition.apis) {
    const placed = doors.find((door) => door.definition === doorOf(definition, route));
    if (placed === undefined || route.stream !== undefined) continue;
    const { apiId } = read(stack, apiContract(route.api));
    const { nlb, listenerPort } = placed.definition;
    const way = `api_${identifier(route.api)}_${identifier(nlb)}_${listenerPort}`;
    const slow = route.timeout === MOST_SECONDS ? "" : `_${route.timeout}_seconds`;
    const id = `${way}_integration${slow}`;
    if (!reached.has(way)) letOut(context, `${way}_egress`, route.api, placed);
    reached.add(way);
    const integrationId = made.get(id) ?? integrate(context, id, route, placed);
    made.set(id, integrationId);
    addRoutes(context, route, { apiId, integrationId });
  }
}

/** Lets the API's VPC link reach the port, as the port lets the link in. */
function letOut(
  { stack, definition }: ServiceContext,
  id: string,
  api: string,
  { definition: { nlb, listenerPort } }: PlacedNetworkDoor,
): void {
  new VpcSecurityGroupEgressRule(stack, id, {
    securityGroupId: read(stack, apiContract(api)).vpcLinkGroupId,
    description: `To ${definition.name}`,
    ipProtocol: "tcp",
    fromPort: listenerPort,
    toPort: listenerPort,
    referencedSecurityGroupId: read(stack, networkLoadBalancerContract(nlb)).securityGroupId,
  });
}

function integrate(
  { stack, definition }: ServiceContext,
  id: string,
  { api, timeout }: ApiRoute,
  { door, definition: { host } }: PlacedNetworkDoor,
): string {
  const { apiId, vpcLinkId } = read(stack, apiContract(api));
  return loadBalancerIntegration(stack, id, {
    apiId,
    vpcLinkId,
    description: `Tasks of ${definition.name}`,
    listenerArn: door.listener.arn,
    serverName: `${host}.${names.privateZone(stack.account.network?.publicZone ?? "")}`,
    timeout,
  }).id;
}

/** Makes the routes of an entry, all of which lead to one integration. */
export function addRoutes(
  { stack }: ServiceContext,
  route: ApiRoute,
  { apiId, integrationId }: { readonly apiId: string; readonly integrationId: string },
): void {
  const api = stack.account.apis[route.api];
  if (api === undefined) return;
  const authorization = authorize(stack, route);
  for (const { method, path, id } of routeKeys(route, api))
    apiRoute(stack, `api_${identifier(route.api)}_${id}`, {
      apiId,
      routeKey: `${method} ${path}`,
      integrationId,
      authorization,
    });
}

function authorize(stack: PlatformStack, route: ApiRoute): RouteAuthorization {
  const authorizer = authorizerOf(route, stack.account);
  if (authorizer === undefined || authorizer === "none") return { type: "NONE" };
  if (authorizer === "iam") return { type: "AWS_IAM" };
  const { authorizerId } = read(stack, apiAuthorizerContract(route.api, authorizer));
  return { type: "JWT", authorizerId, scopes: route.scopes };
}
