import type { Account } from "../account";
import { nearest } from "../parse";
import { FARGATE_SIZES } from "./fargate-sizes";
import type { Found } from "./per-migration";

/** A store that a migration names is one of its account. */
export function unknownStore(
  named: string,
  path: string,
  word: string,
  { name: account }: Account,
  stores: Readonly<Record<string, unknown>>,
): Found[] {
  if (named in stores) return [];
  const known = Object.keys(stores).sort();
  const meant = nearest(named, known);
  return [
    {
      path,
      given: named,
      allowed: `a ${word} of ${account}: ${known.join(", ") || "it has none"}`,
      mend: meant === undefined ? `declare it in data of ${account}` : `write "${meant}"`,
    },
  ];
}

/** A secret that a task reads is one of Secrets Manager's, of the account. */
export function unreadableSecret(
  named: string | undefined,
  path: string,
  { name: account, secrets }: Account,
): Found[] {
  if (named === undefined || secrets[named]?.store === "secretsManager") return [];
  const known = Object.entries(secrets).flatMap(([name, { store }]) =>
    store === "secretsManager" ? [name] : [],
  );
  const meant = nearest(named, known);
  return [
    {
      path,
      given: named,
      allowed: `a secret of ${account} in Secrets Manager, {"username", "password"}`,
      mend: meant === undefined ? `declare it in secrets of ${account}` : `write "${meant}"`,
    },
  ];
}

/** A task's CPU and memory are a pair that Fargate has. */
export function sizeFaults(path: string, size: { readonly cpu: number; readonly memory: number }): Found[] {
  const memories = FARGATE_SIZES[size.cpu] ?? [];
  return memories.includes(size.memory)
    ? []
    : [
        {
          path: `${path}.memory`,
          given: size.memory,
          allowed: `with ${size.cpu} CPU units, from ${memories[0] ?? 0} to ${memories.at(-1) ?? 0} MiB in Fargate's steps`,
        },
      ];
}

/** Whether version `a` is above version `b`, number by number. */
export function above(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
