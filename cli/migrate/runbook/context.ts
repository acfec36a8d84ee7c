import type { Account } from "../../../environments/schema/account";
import type { Fleet } from "../../../environments/schema/fleet";
import type { Migration } from "../../../environments/schema/migration";
import * as names from "../../../environments/schema/names";

/** What a runbook is written from. */
export interface Context<M extends Migration = Migration> {
  readonly fleet: Fleet;
  readonly account: Account;
  readonly migration: M;
  /** Fixed addresses that the account's networks go out from; none where nobody could be asked. */
  readonly egress?: readonly string[];
}

/** Name in Secrets Manager of a secret that the account declares. */
export const secretId = ({ account }: Pick<Context, "account">, secret: string) =>
  names.secretName(account, secret);

/** File of the definition, which people edit. */
export const fileOf = ({ fleet, migration }: Context) =>
  fleet.sources.migrations[migration.id] ?? `${fleet.directory}/migrations/${migration.id}.ts`;
