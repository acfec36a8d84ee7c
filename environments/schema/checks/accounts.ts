import type { Account } from "../account";
import { accountOfKind, repositories, wholeAccounts, type Fleet } from "../fleet";
import type { Violation } from "../violation";

/** One id, one e-mail an account; one management account, one registry; nothing to run in management. */
export function checkAccounts(fleet: Fleet): Violation[] {
  return [
    ...unique(fleet, "id", "an account id of its own"),
    ...unique(fleet, "email", "an address of its own; AWS takes each once"),
    ...atMostOne(fleet, "kind", (account) => account.kind === "management", "one management account"),
    ...atMostOne(
      fleet,
      "registry",
      (account) => account.registry !== undefined,
      "one account with a registry",
    ),
    ...missingManagement(fleet),
    ...missingRegistry(fleet),
    ...fleet.accounts.flatMap((account) => sections(fleet, account)),
  ];
}

function unique(fleet: Fleet, field: "id" | "email", allowed: string): Violation[] {
  const seen = new Map<string, string>();
  return wholeAccounts(fleet).flatMap((account) => {
    const file = fleet.sources.accounts[account.name] ?? account.name;
    const value = account[field].toLowerCase();
    const first = seen.get(value);
    seen.set(value, first ?? file);
    return first === undefined
      ? []
      : [{ file, path: field, given: account[field], allowed: `${allowed}; ${first} has this one` }];
  });
}

function atMostOne(
  fleet: Fleet,
  path: string,
  is: (account: Account) => boolean,
  allowed: string,
): Violation[] {
  const [first, ...others] = fleet.accounts.filter(is);
  return others.map((account) => ({
    file: fleet.sources.accounts[account.name] ?? account.name,
    path,
    given: path === "kind" ? account.kind : "a registry",
    allowed: `${allowed}; ${first?.name} is it`,
  }));
}

function missingManagement(fleet: Fleet): Violation[] {
  if (fleet.accounts.some((account) => account.kind === "management")) return [];
  return [
    {
      file: fleet.sources.organization,
      path: "",
      given: "no account of kind management",
      inWords: true,
      allowed: "exactly one: people's roles trust it",
      mend: 'add accounts/management.ts (or .json) with kind: "management"',
    },
  ];
}

/** Without one no task would ever start: its image would have nowhere to be. */
function missingRegistry(fleet: Fleet): Violation[] {
  const images = repositories(fleet);
  if (images.length === 0 || fleet.accounts.some(({ registry }) => registry !== undefined)) return [];
  const shared = accountOfKind(fleet, "shared-services");
  return [
    {
      file:
        shared === undefined
          ? fleet.sources.organization
          : (fleet.sources.accounts[shared.name] ?? shared.name),
      path: shared === undefined ? "" : "registry",
      given: `no registry for ${images.length === 1 ? "the image" : "the images"} of ${images.join(", ")}`,
      inWords: true,
      allowed:
        "a registry in one account of an organization with services, since tasks start from images there",
      mend:
        shared === undefined
          ? 'add an account with kind: "shared-services" and registry: {}, such as accounts/shared-services.ts (or .json)'
          : "write registry: {}",
    },
  ];
}

function sections(fleet: Fleet, account: Account): Violation[] {
  const file = fleet.sources.accounts[account.name] ?? account.name;
  const violations: Violation[] = [];
  if (account.kind === "management") {
    for (const section of ["network", "hosting", "registry", "queue", "auth"] as const) {
      if (account[section] === undefined) continue;
      violations.push({
        file,
        path: section,
        given: "a section",
        inWords: true,
        allowed:
          "nothing: service control policies never bind the management account, so no workload belongs there",
        mend: "move it to another account",
      });
    }
    if (Object.keys(account.secrets).length > 0) {
      violations.push({
        file,
        path: "secrets",
        given: Object.keys(account.secrets),
        allowed: "none in the management account",
      });
    }
  }
  if (account.hosting !== undefined && account.network === undefined) {
    violations.push({
      file,
      path: "hosting",
      given: "hosting without network",
      inWords: true,
      allowed: "hosting together with network",
      mend: "add a network section",
    });
  }
  return violations;
}
