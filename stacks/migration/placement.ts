import type { Account } from "../../environments/schema/account";
import type { Migration } from "../../environments/schema/migration";

/** Subnets of replication: isolated ones, unless the way to the source or to Secrets Manager leads out of the VPC. */
export function replicationTier(
  { network }: Pick<Migration, "network">,
  { capabilities }: Account,
): "private" | "isolated" {
  return network.path === "egress" || !hasSecretsEndpoint(capabilities) ? "private" : "isolated";
}

/** Whether Secrets Manager answers within the VPC. */
export const hasSecretsEndpoint = ({ interfaceEndpoints }: Account["capabilities"]) =>
  interfaceEndpoints.includes("secretsmanager");
