import type { Account } from "../../environments/schema/account";
import { deliveryAccounts } from "../../environments/schema/deliveries";
import { servicesIn, type Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import { nearest } from "../../environments/schema/parse";
import type { Service } from "../../environments/schema/service";
import { CliError } from "../errors";

/** A service in an account. */
export interface Target {
  readonly account: Account;
  readonly service: Service;
  /** Id of its stack. */
  readonly stack: string;
}

/** @throws CliError when the account has no such service. */
export function targetOf(fleet: Fleet, account: Account, name: string): Target {
  const there = servicesIn(fleet, account);
  const service = there.find((each) => each.name === name);
  if (service !== undefined) return { account, service, stack: names.stackId(account, "service", name) };
  const elsewhere = accountsWith(fleet, name).map((each) => each.name);
  const meant = nearest(
    name,
    there.map((each) => each.name),
  );
  throw new CliError(
    `${account.name} has no service "${name}". Nothing was changed.`,
    elsewhere.length > 0
      ? `It runs in ${elsewhere.join(", ")}.`
      : meant === undefined
        ? `Services: ${there.map((each) => each.name).join(", ") || "none"}.`
        : `Did you mean ${meant}?`,
  );
}

/** Accounts in which a service of that name runs, in the order of promotion, then the others. */
export function accountsWith(fleet: Fleet, name: string): readonly Account[] {
  const order = deliveryAccounts(fleet);
  const rank = (account: Account) => (order.includes(account) ? order.indexOf(account) : order.length);
  return fleet.accounts
    .filter((account) => servicesIn(fleet, account).some((service) => service.name === name))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** The account before this one in the order of promotion, of those in which the service runs. */
export function stageBefore(fleet: Fleet, { account, service }: Target): Account | undefined {
  const stages = deliveryAccounts(fleet).filter((each) =>
    servicesIn(fleet, each).some(({ name }) => name === service.name),
  );
  const position = stages.findIndex(({ name }) => name === account.name);
  return position < 1 ? undefined : stages[position - 1];
}
