import type { Service } from "./service";

/** By what other services call a service through their proxies; nothing, where it has none or no port. */
export function serviceEndpoint(
  { name, containerPort, serviceConnect }: Service,
  namespace: string,
): { readonly dnsName: string; readonly port: number } | undefined {
  if (!serviceConnect.enabled || containerPort === undefined) return undefined;
  return {
    dnsName: serviceConnect.dnsName ?? `${name}.${namespace}`,
    port: serviceConnect.port ?? containerPort,
  };
}
