import type { Account } from "../../environments/schema/account";
import { servicesIn, type Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import { nearest } from "../../environments/schema/parse";
import { databaseSecrets } from "../../environments/schema/database-secrets";
import { secretsReadBy } from "../../environments/schema/read-secrets";
import type { Secret } from "../../environments/schema/secrets";
import { CliError } from "../errors";

/** A secret of an account, and where its value lies. */
export interface SecretPlace {
  readonly name: string;
  readonly store: Secret["store"];
  /** Name of the secret or path of the parameter in AWS. */
  readonly id: string;
  /** Services whose tasks read it, sorted. */
  readonly users: readonly string[];
}

/** The secrets that an account declares, by name. */
export function placesIn(fleet: Fleet, account: Account): readonly SecretPlace[] {
  const services = servicesIn(fleet, account);
  return Object.entries(account.secrets)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { store }]) => ({
      name,
      store,
      id:
        store === "secretsManager"
          ? names.secretName(account, name)
          : `${names.secretFolder(account, name)}/value`,
      users: services
        .filter((service) => [...secretsReadBy(service), ...databaseSecrets(service, account)].includes(name))
        .map((service) => service.name)
        .sort(),
    }));
}

/** @throws CliError when the account declares no such secret. */
export function placeNamed(fleet: Fleet, account: Account, name: string): SecretPlace {
  const places = placesIn(fleet, account);
  const found = places.find((place) => place.name === name);
  if (found !== undefined) return found;
  const all = places.map((place) => place.name);
  const meant = nearest(name, all);
  throw new CliError(
    `${account.name} declares no secret "${name}". Nothing was changed.`,
    meant === undefined
      ? `Its secrets: ${all.join(", ") || "none"}. Declare it in secrets of ${account.name}, and apply slipway up ${names.stackId(account, "secrets")}.`
      : `Did you mean ${meant}?`,
  );
}
