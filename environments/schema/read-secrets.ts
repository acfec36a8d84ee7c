import { containersOf } from "./containers";
import { collectorSecrets } from "./log-router";
import { secretReference } from "./secret-reference";
import type { Service } from "./service";

/** Names of the account's secrets that a service reads, in any of its containers or for its logs; sorted. */
export function secretsReadBy(service: Service): readonly string[] {
  const references = [
    ...containersOf(service).flatMap(({ secrets }) => Object.values(secrets)),
    ...Object.values(collectorSecrets(service)),
  ];
  return [...new Set(references.map((text) => secretReference(text).secret))].sort();
}
