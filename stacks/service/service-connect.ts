import * as names from "../../environments/schema/names";
import { serviceEndpoint } from "../../environments/schema/service-endpoint";
import type { ServiceConnect } from "../../modules/compute/service-connect";
import type { ContractValues } from "../contract";
import type { zonesContract } from "../contracts";
import type { ServiceContext } from "./feature";

/** The proxy in a service's tasks, where it has one; its names are those of the account's namespace. */
export function describeServiceConnect(
  { stack: { account }, definition }: ServiceContext,
  logGroupName: string,
  zones: ContractValues<typeof zonesContract.schema.shape> | undefined,
): ServiceConnect | undefined {
  const { serviceConnect } = definition;
  if (!serviceConnect.enabled || zones === undefined) return undefined;
  const { idleTimeout, perRequestTimeout } = serviceConnect;
  const endpoint = serviceEndpoint(definition, names.discoveryNamespace(account.network?.publicZone ?? ""));
  return {
    namespaceArn: names.namespaceArn(account, zones.namespaceId),
    logGroupName,
    region: account.region,
    ...(endpoint === undefined
      ? {}
      : {
          endpoint: {
            ...endpoint,
            discoveryName: names.connectedService(definition),
            idleTimeout,
            perRequestTimeout,
          },
        }),
  };
}
