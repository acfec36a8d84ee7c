import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";
import { perService } from "./per-service";

/** Each secret that a service reads is declared in its account. */
export function checkSecrets(fleet: Fleet): Violation[] {
  return perService(fleet, (service, account) =>
    Object.entries(service.secrets).flatMap(([variable, name]) => {
      const known = Object.keys(account.secrets);
      if (known.includes(name)) return [];
      const meant = nearest(name, known);
      return [
        {
          path: formatPath(["secrets", variable]),
          given: name,
          allowed: `a secret of ${account.name}: ${known.join(", ") || "it has none"}`,
          mend: meant === undefined ? `declare it in secrets of ${account.name}` : `write "${meant}"`,
        },
      ];
    }),
  );
}
