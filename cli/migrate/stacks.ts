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
  if (own.length === 0) return [names.stackId(account, "data", storeOf(migration))];
  const shared = names.stackId(account, "migration");
  return [
    ...(migration.kind === "dms" ? [shared] : []),
    ...own.map(({ id }) => id).filter((id) => id !== shared),
  ];
}

/** The store that it moves into; one that nothing names is the migration's own word. */
function storeOf(migration: Migration): string {
  switch (migration.kind) {
    case "dms":
      return migration.target.store ?? migration.id;
    case "redis":
      return migration.target.cache ?? migration.target.memoryDatabase ?? migration.id;
    case "opensearch":
      return migration.target.searchDomain;
  }
}

/** The same as selectors of a command. */
export const selectorsOf = (place: Place): string => stacksOf(place).join(" ");
