import { deliveries, type Delivery } from "../../environments/schema/deliveries";
import type { Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import { tokenSubjects } from "../../environments/schema/token-subjects";
import { CliError } from "../errors";

/** Where CI of the services' repositories pushes to, and as whom. */
export interface PushTarget {
  /** Host of the registry. */
  readonly host: string;
  readonly region: string;
  readonly accountId: string;
  /** ARN of an image's push role, but for the end: the image's name. */
  readonly rolePrefix: string;
  /** Audience that tokens are asked for. */
  readonly audience: string;
}

export function pushTarget(fleet: Fleet): PushTarget {
  const registry = fleet.accounts.find((account) => account.registry !== undefined);
  if (registry === undefined)
    throw new CliError("No account has a registry.", "Give one account `registry: {}`.");
  return {
    host: names.registryHost(registry),
    region: registry.region,
    accountId: registry.id,
    rolePrefix: `arn:aws:iam::${registry.id}:role${names.WORKLOAD_ROLE_PATH}${names.pushRole({ name: "" })}`,
    audience: tokenSubjects(fleet.organization.continuousIntegration, registry).audience,
  };
}

/** What delivers a service or an image, by the name of either. */
export function deliveryOf(fleet: Fleet, name: string): Delivery {
  const all = deliveries(fleet);
  const found =
    all.find((delivery) => delivery.name === name) ??
    all.find(({ stages }) => stages.some(({ services }) => services.includes(name)));
  if (found !== undefined) return found;
  throw all.length === 0
    ? new CliError("The organization has no delivery.", "Choose an engine in organization.delivery.")
    : new CliError(`Nothing delivers ${name}.`, "slipway stages lists every image and where it goes.");
}
