import type { Account } from "../environments/schema/account";
import type { Fleet } from "../environments/schema/fleet";
import { nearest } from "../environments/schema/parse";
import { CliError } from "./errors";

/** @throws CliError where the organization has no account of the name. */
export const accountNamed = (fleet: Fleet, name: string): Account => {
  const found = fleet.accounts.find((account) => account.name === name);
  if (found !== undefined) return found;
  const all = fleet.accounts.map((account) => account.name);
  const meant = nearest(name, all);
  throw new CliError(
    `There is no account "${name}".`,
    meant === undefined ? `Accounts: ${all.join(", ")}.` : `Did you mean ${meant}?`,
  );
};
