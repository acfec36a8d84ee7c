import { repositories, type Fleet } from "../fleet";
import { formatPath } from "../parse";
import type { Violation } from "../violation";

/** Names that become Terraform addresses differ in more than punctuation, which an address does not hold. */
export function checkAddresses(fleet: Fleet): Violation[] {
  const secrets = fleet.accounts.flatMap((account) =>
    twins(Object.keys(account.secrets)).map(([name, first]) => ({
      file: fleet.sources.accounts[account.name] ?? account.name,
      path: formatPath(["secrets", name]),
      given: name,
      allowed: `a name that differs from ${first} in more than punctuation`,
    })),
  );
  const images = twins(repositories(fleet)).flatMap(([name, first]) => {
    const owner = Object.values(fleet.services)
      .flat()
      .find(({ repository }) => repository === name);
    return [
      {
        file: fleet.sources.services[owner?.name ?? ""] ?? name,
        path: owner?.name === name ? "name" : "repository",
        given: name,
        allowed: `a repository that differs from ${first} in more than punctuation`,
      },
    ];
  });
  return [...secrets, ...images];
}

/** Each name that another is like, and that other. */
function twins(names: readonly string[]): (readonly [name: string, first: string])[] {
  const seen = new Map<string, string>();
  return names.flatMap((name) => {
    const plain = name.replaceAll(/[^A-Za-z0-9]+/g, "_");
    const first = seen.get(plain);
    seen.set(plain, first ?? name);
    return first === undefined ? [] : [[name, first] as const];
  });
}
