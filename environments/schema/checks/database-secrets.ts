import { databaseSecretOf } from "../database-secrets";
import { ENGINE_WORDS } from "../database-engines";
import type { Fleet } from "../fleet";
import { formatPath } from "../parse";
import type { Violation } from "../violation";
import { perService } from "./per-service";

/** Whoever uses a database that knows passwords only has a secret with its own user. */
export function checkDatabaseSecrets(fleet: Fleet): Violation[] {
  return perService(fleet, (service, account) =>
    service.databases.flatMap((name, index) => {
      const database = account.data?.databases[name];
      const secret = database === undefined ? undefined : databaseSecretOf(name, database, service);
      if (database === undefined || secret === undefined) return [];
      if (account.secrets[secret]?.store === "secretsManager") return [];
      return [
        {
          path: formatPath(["databases", index]),
          given: name,
          allowed: `a database whose user has its password in Secrets Manager: ${ENGINE_WORDS[database.engine]} knows no other sign-in`,
          mend: `declare the secret "${secret}" in ${account.name}, with JSON of username and password`,
        },
      ];
    }),
  );
}
