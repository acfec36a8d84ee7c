import type { Account } from "../account";
import { containersOf, fieldOf } from "../containers";
import type { Fleet } from "../fleet";
import { nearest } from "../parse";
import { secretReference } from "../secret-reference";
import type { Violation } from "../violation";
import { perService } from "./per-service";

/** Each secret that a container reads is declared in its account; keys are of JSON in Secrets Manager. */
export function checkSecrets(fleet: Fleet): Violation[] {
  return perService(fleet, (service, account) =>
    containersOf(service).flatMap((container) =>
      Object.entries(container.secrets).flatMap(([variable, text]) =>
        secretFaults(fieldOf(container, `secrets.${variable}`), text, account),
      ),
    ),
  );
}

/** What is wrong with a reference to a secret, wherever it stands. */
export function secretFaults(path: string, text: string, account: Account): Omit<Violation, "file">[] {
  const { secret: name, key } = secretReference(text);
  const known = Object.keys(account.secrets);
  const found = account.secrets[name];
  if (found === undefined) {
    const meant = nearest(name, known);
    return [
      {
        path,
        given: name,
        allowed: `a secret of ${account.name}: ${known.join(", ") || "it has none"}`,
        mend:
          meant === undefined
            ? `declare it in secrets of ${account.name}`
            : `write "${meant}${key === undefined ? "" : `:${key}`}"`,
      },
    ];
  }
  if (key === undefined) return [];
  if (!/^[\w./@+=-]+$/.test(key))
    return [
      {
        path,
        given: text,
        allowed: "the name of a secret, or that and a key of its JSON: orders/db:password",
      },
    ];
  if (found.store === "parameterStore")
    return [
      {
        path,
        given: text,
        allowed: `the whole of ${name}: ECS finds keys in Secrets Manager only, and this is a parameter`,
        mend: `write "${name}", or keep it in Secrets Manager`,
      },
    ];
  return [];
}
