import type { Account } from "./account";
import { NO_DOORS, type DoorLedger } from "./door-ledger";
import type { Facts } from "./facts";
import type { Migration } from "./migration";
import type { EvidenceByPhase } from "./migration/evidence";
import type { Organization } from "./organization";
import type { Service } from "./service";

/** Where a part of the fleet was written, for error messages. */
export interface Sources {
  readonly organization: string;
  readonly accounts: Readonly<Record<string, string>>;
  readonly services: Readonly<Record<string, string>>;
  readonly migrations: Readonly<Record<string, string>>;
}

/** The whole company, parsed once, defaults filled in. */
export interface Fleet {
  /** The folder it was read from. */
  readonly directory: string;
  readonly organization: Organization;
  /** Sorted by name. */
  readonly accounts: readonly Account[];
  /** Services by account, each as it is there; sorted by name. */
  readonly services: Readonly<Record<string, readonly Service[]>>;
  /** Recorded facts by account. */
  readonly facts: Readonly<Record<string, Facts>>;
  /** Load balancers and numbers of listener rules, by account, as they are pinned. */
  readonly doorLedgers: Readonly<Record<string, DoorLedger>>;
  /** Files of the functions' code, by its folder below `functions/`; none where the folder is not there. */
  readonly functionCode: Readonly<Record<string, readonly string[]>>;
  /** Data that moves in, sorted by id. */
  readonly migrations: readonly Migration[];
  /** What held when phases were left, by migration. */
  readonly evidence: Readonly<Record<string, EvidenceByPhase>>;
  /** Contents of `migrations/certificates/`, by file name: PEM as it is, wallets in base64. */
  readonly certificates: Readonly<Record<string, string>>;
  readonly sources: Sources;
}

export function servicesIn(fleet: Fleet, account: Account): readonly Service[] {
  return fleet.services[account.name] ?? [];
}

export function migrationsIn(fleet: Pick<Fleet, "migrations">, account: Pick<Account, "name">): Migration[] {
  return fleet.migrations.filter((migration) => migration.account === account.name);
}

export const doorLedger = (fleet: Pick<Fleet, "doorLedgers">, account: Account): DoorLedger =>
  fleet.doorLedgers[account.name] ?? NO_DOORS;

/** The entries of an account's second regions. */
export const regionsOf = ({ accounts }: Pick<Fleet, "accounts">, { name }: Account): readonly Account[] =>
  accounts.filter(({ regionOf }) => regionOf === name);

/**
 * Whether an entry makes what AWS has once an account and all its regions with the need for it share: the account's own
 * entry, else the first of its regions.
 */
export function makesForAllRegions(
  { accounts }: Pick<Fleet, "accounts">,
  account: Account,
  needs: (entry: Account) => boolean,
): boolean {
  const whole = account.regionOf ?? account.name;
  const sharing = accounts.filter(
    (entry) => (entry.name === whole || entry.regionOf === whole) && needs(entry),
  );
  return (sharing.find(({ regionOf }) => regionOf === undefined) ?? sharing[0])?.name === account.name;
}

/** The account whose public names a second region answers at beside its own. */
export const answersFor = ({ accounts }: Pick<Fleet, "accounts">, { regionOf, traffic }: Account) =>
  regionOf === undefined || traffic === "own" ? undefined : accounts.find(({ name }) => name === regionOf);

/** Accounts of AWS: entries that are no second region of one. */
export const wholeAccounts = ({ accounts }: Pick<Fleet, "accounts">): readonly Account[] =>
  accounts.filter(({ regionOf }) => regionOf === undefined);

/** The account of `kind`, when the organization has one. */
export function accountOfKind(fleet: Fleet, kind: Account["kind"]): Account | undefined {
  return fleet.accounts.find((account) => account.kind === kind);
}

/** The account that holds the container registry, which every organization with services has. */
export function registryAccount(fleet: Fleet): Account {
  const account = fleet.accounts.find(({ registry }) => registry !== undefined);
  if (account === undefined) throw new Error("No account has a registry, which a check refuses");
  return account;
}

/** Where an account's tasks start images from: the registry, or its copies in the account's own region. */
export function registryFor(fleet: Fleet, { region }: Account): Pick<Account, "name" | "id" | "region"> {
  const account = registryAccount(fleet);
  return account.registry?.replicateTo === region ? { ...account, region } : account;
}

/** Every repository that a service of any account pulls from, sorted. */
export function repositories(fleet: Fleet): string[] {
  const all = Object.values(fleet.services).flatMap((services) =>
    services.map((service) => service.repository),
  );
  return [...new Set(all)].sort();
}

/** The account whose public zone is the nearest parent of `zone`. */
export function parentZoneOf(fleet: Fleet, zone: string): Account | undefined {
  return fleet.accounts
    .filter((account) => account.network !== undefined && zone.endsWith(`.${account.network.publicZone}`))
    .sort((a, b) => (b.network?.publicZone.length ?? 0) - (a.network?.publicZone.length ?? 0))[0];
}
