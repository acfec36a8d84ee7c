import { account as accountSchema, type Account } from "./account";
import { PRESETS } from "./capabilities";
import type { Organization } from "./organization";
import { parse } from "./parse";
import { isRegion, wholeEntry, type LoadedAccount } from "./region-entry";
import type { Violation } from "./violation";

type Parsed = ReturnType<typeof accountSchema.parse>;

/** An entry of `accounts/`, and the file that it is written in. */
export interface ParsedAccount {
  readonly file: string;
  /** Undefined where it does not fit its schema. */
  readonly value: Parsed | undefined;
}

/** Parses every account; a second region of one with all that it takes over, once that is sound itself. */
export function parseAccounts(loaded: readonly LoadedAccount[], violations: Violation[]): ParsedAccount[] {
  const parsed = new Map<LoadedAccount, Parsed | undefined>();
  const wanting = (entry: LoadedAccount): Parsed | undefined => {
    const whole = wholeEntry(entry, loaded, violations);
    // What is wrong with the account is told once, in its own file.
    if (whole === undefined || (whole.from !== undefined && parsed.get(whole.from) === undefined))
      return undefined;
    const result = parse(accountSchema, whole.input, entry.file);
    if ("value" in result) return result.value;
    violations.push(...result.violations);
    return undefined;
  };
  for (const entry of [...loaded].sort((a, b) => Number(isRegion(a)) - Number(isRegion(b))))
    parsed.set(entry, wanting(entry));
  return loaded.map((entry) => ({ file: entry.file, value: parsed.get(entry) }));
}

/** The account with its preset and the organization's defaults filled in. */
export function completeAccount(parsed: Parsed, organization: Organization): Account {
  const { network, ...rest } = parsed;
  return {
    ...rest,
    capabilities: { ...PRESETS[parsed.preset], ...parsed.capabilities },
    region: parsed.region ?? organization.region,
    ...(parsed.regionOf === undefined ? {} : { traffic: parsed.traffic ?? "standby" }),
    costCentre: parsed.costCentre ?? organization.costCentre,
    ...(network === undefined
      ? {}
      : {
          network: { ...network, publicZone: network.publicZone ?? `${parsed.name}.${organization.domain}` },
        }),
  };
}

/**
 * The accounts with copies of images where a second region runs them: it is to start tasks while the registry's own
 * region is not there.
 */
export function withCopiesOfImages(
  accounts: readonly Account[],
  { allowedRegions }: Organization,
): Account[] {
  const needed = accounts.filter(
    ({ regionOf, hosting, region }) =>
      regionOf !== undefined && hosting !== undefined && allowedRegions.includes(region),
  );
  return accounts.map((account) => {
    const { registry, region } = account;
    const copy = needed.find((entry) => entry.region !== region)?.region;
    return registry === undefined || registry.replicateTo !== undefined || copy === undefined
      ? account
      : { ...account, registry: { ...registry, replicateTo: copy } };
  });
}

export function duplicateNames(
  known: readonly { readonly file: string; readonly account: Account }[],
): Violation[] {
  return known.flatMap(({ file, account }, index) => {
    const first = known.findIndex((other) => other.account.name === account.name);
    return first === index
      ? []
      : [
          {
            file,
            path: "name",
            given: account.name,
            allowed: `a name of its own; ${known[first]?.file} has this one`,
          },
        ];
  });
}
