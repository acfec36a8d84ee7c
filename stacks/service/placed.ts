import * as names from "../../environments/schema/names";
import type { CapacityProviderStrategy } from "../../modules/compute/capacity-provider-strategy";
import type { ServiceContext } from "./feature";

/** A service's capacity providers, as its account names them. */
export const placed = ({ stack: { account }, definition }: ServiceContext): CapacityProviderStrategy =>
  definition.capacityProviderStrategy.map(({ capacityProvider, base, weight }) => ({
    capacityProvider: names.capacityProvider(account, capacityProvider),
    ...(base === 0 ? {} : { base }),
    weight,
  }));
