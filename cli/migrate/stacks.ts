import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import type { Migration } from "../../environments/schema/migration";
import * as names from "../../environments/schema/names";
import { planStacks } from "../../stacks/graph";

interface Place {
  readonly fleet: Fleet;
  readonly account: Account;
  readonly migration: Migration;
}

/** The stack of a migration's own. */
export const stackOf = (account: Account, { id }: Pick<Migration, "id">) =>
  names.stackId(account, "migration", id);

/** The stack that leads clients to the new place; there where the migration has traffic. */
export const trafficStackOf = ({ account, migration }: Omit<Place, "fleet">) =>
  names.stackId(account, "traffic", migration.id);

/** Ids of the stacks that a change of a migration's definition touches, in the order in which they are applied. */
export function stacksOf({ fleet, account, migration }: Place): readonly string[] {
  const own = planStacks(fleet).filter(
    ({ plan }) =>
      plan.account === account && plan.name === migration.id && /^(migration|traffic)$/.test(plan.concern),
  );
  // Databases have a stack of their own to be moved by; others are moved by what they move into.
  const first =
    migration.kind === "dms"
      ? names.stackId(account, "migration")
      : names.stackId(account, "data", storeOf(migration));
  return [first, ...own.map(({ id }) => id)];
}

/** The store that keys or indices move into. */
function storeOf(migration: Exclude<Migration, { readonly kind: "dms" }>): string {
  return migration.kind === "opensearch"
    ? migration.target.searchDomain
    : (migration.target.cache ?? migration.target.memoryDatabase ?? migration.id);
}

/** The same as selectors of a command. */
export const selectorsOf = (place: Place): string => stacksOf(place).join(" ");
