import type { Account } from "./account";
import type { Database } from "./data/database";
import { signsInByIam } from "./database-engines";
import * as names from "./names";
import type { Service } from "./service";

type User = Pick<Service, "name">;

/** Name of the account's secret with a service's user of a database that knows passwords only: `<database>/<service>`. */
export const databaseSecretOf = (name: string, database: Database, service: User): string | undefined =>
  signsInByIam(database) ? undefined : names.databaseSecret(name, service);

/** Names of the secrets with a service's users of the databases that it names, sorted. */
export function databaseSecrets(service: Service, account: Pick<Account, "data">): readonly string[] {
  const declared = account.data?.databases ?? {};
  return [...new Set(service.databases)].sort().flatMap((name) => {
    const database = declared[name];
    return (database === undefined ? undefined : databaseSecretOf(name, database, service)) ?? [];
  });
}
