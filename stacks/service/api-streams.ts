import * as names from "../../environments/schema/names";
import { StreamIntegration } from "../../modules/edge/api-routes";
import { read } from "../contract";
import { apiContract, keysContract, streamContract } from "../contracts";
import { addRoutes } from "./api-routes";
import type { ServiceFeature } from "./feature";

/** `apis` with `stream`: what API Gateway puts into streams for the service, past its tasks. */
export const apiStreams: ServiceFeature = (context) => {
  const { stack, definition } = context;
  const { account } = stack;
  const made = new Map<string, string>();
  for (const route of definition.apis) {
    const { api, stream } = route;
    if (stream === undefined) continue;
    const { apiId } = read(stack, apiContract(api));
    const id = `api_${api}_stream_${stream}`.replaceAll("-", "_");
    const integrationId =
      made.get(id) ??
      new StreamIntegration(stack, id, {
        apiId,
        description: `${definition.name}, into stream ${stream}`,
        ...read(stack, streamContract(stream)),
        dataKeyArn: read(stack, keysContract).dataKeyArn,
        roleName: names.apiStreamRole(account, definition, api, stream),
        rolePath: names.WORKLOAD_ROLE_PATH,
        boundaryArn: names.boundaryArn(account),
        region: account.region,
      }).integration.id;
    made.set(id, integrationId);
    addRoutes(context, route, { apiId, integrationId });
  }
  return {};
};
