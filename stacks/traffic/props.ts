import type { Migration } from "../../environments/schema/migration";
import { reached } from "../../environments/schema/migration/phase";
import type { Traffic } from "../../environments/schema/migration/traffic";
import type { PlatformStackProps } from "../platform-stack";

/** What the traffic of a migration is made from. */
export interface TrafficStackProps<Provider extends Traffic["provider"]> extends Omit<
  PlatformStackProps,
  "concern" | "name" | "credentials"
> {
  readonly migration: Migration;
  readonly traffic: Extract<Traffic, { readonly provider: Provider }>;
}

/** Whether clients may be led to the former place still: up to the end of the migration. */
export const hasFormer = ({ phase }: Migration) => !reached(phase, "decommission");

/** The id of a name's constructs. */
export const identifier = (name: string) => name.replaceAll(/[^a-z0-9]/g, "_");
