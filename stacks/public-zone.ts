import type { Account } from "../environments/schema/account";
import { parentZoneOf, type Fleet } from "../environments/schema/fleet";
import type { MissingFact } from "./stack-kind";

/** AWS proves a certificate by DNS, and waits for an hour and more on a zone that nobody delegates to. */
export function undelegatedZone(fleet: Fleet, account: Account): MissingFact[] {
  const zone = account.network?.publicZone ?? "";
  const delegated =
    parentZoneOf(fleet, zone) === undefined || fleet.facts[account.name]?.publicZone !== undefined;
  if (delegated) return [];
  return [
    {
      account: account.name,
      fact: "publicZone",
      needed: `to prove certificates of ${zone} once its parent zone delegates to it`,
      blocksApply: true,
    },
  ];
}
