import type { Account } from "./account";
import { trafficShift } from "./service/deployment";
import { formatPath, nearest, parse } from "./parse";
import { connectionVariable } from "./data/external-database";
import { secretReference } from "./secret-reference";
import { service as serviceSchema, type Service } from "./service";
import type { Violation } from "./violation";

/** A service's file and what it exports, not yet parsed. */
export interface LoadedService {
  readonly file: string;
  readonly input: unknown;
}

export interface ResolvedServices {
  readonly byAccount: Record<string, Service[]>;
  /** File by service name. */
  readonly sources: Record<string, string>;
}

type Plain = Record<string, unknown>;

/**
 * Gives each service its form in each of its accounts: overrides merged, parsed, defaults filled in. Without
 * accounts, since some are wrong themselves, each service is parsed only.
 */
export function resolveServices(
  loaded: readonly LoadedService[],
  accounts: readonly Account[] | undefined,
  violations: Violation[],
): ResolvedServices {
  const byAccount: Record<string, Service[]> = {};
  const sources: Record<string, string> = {};
  const hosts = accounts?.filter((account) => account.hosting !== undefined) ?? [];
  for (const { file, input } of loaded) {
    const { overrides, ...base } = isPlain(input) ? input : { input };
    if (!isPlain(input)) {
      violations.push({
        file,
        path: "",
        given: typeof input,
        allowed: "a default export that is a service's definition",
      });
      continue;
    }
    const shared = parse(serviceSchema, base, file);
    if ("violations" in shared) {
      violations.push(...shared.violations);
      continue;
    }
    const { name } = shared.value;
    const twin = sources[name];
    if (twin !== undefined) {
      violations.push({
        file,
        path: "name",
        given: name,
        allowed: `a name of its own; ${twin} has this one`,
      });
      continue;
    }
    sources[name] = file;
    if (accounts === undefined) continue;
    const targets = targetsOf(shared.value, hosts);
    violations.push(
      ...unknownAccounts(file, "accounts", shared.value.accounts ?? [], hosts),
      ...unknownAccounts(file, "exceptAccounts", shared.value.exceptAccounts, hosts),
      ...strangeOverrides(file, overrides, targets),
    );
    for (const account of hosts.filter((candidate) => targets.includes(candidate.name))) {
      const input = overridesOf(overrides, account).reduce(
        (before, { fields }) => merge(before, fields),
        base,
      );
      const merged = parse(serviceSchema, input, file);
      if ("value" in merged) {
        (byAccount[account.name] ??= []).push(complete(merged.value, account));
        violations.push(...twoStrategies(merged.value, file, account));
      } else {
        const at = overridesOf(overrides, account).at(-1)?.account ?? account.name;
        const prefix = formatPath(["overrides", at]);
        violations.push(
          ...merged.violations.map((violation) => ({ ...violation, path: `${prefix}.${violation.path}` })),
        );
      }
    }
  }
  for (const services of Object.values(byAccount)) services.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { byAccount, sources };
}

/** Where a service runs: with an account, its second regions, unless it says otherwise. */
function targetsOf(
  { accounts, exceptAccounts }: ReturnType<typeof serviceSchema.parse>,
  hosts: readonly Account[],
): string[] {
  return hosts
    .filter(
      ({ name, regionOf }) =>
        accounts === undefined ||
        accounts.includes(name) ||
        (regionOf !== undefined && accounts.includes(regionOf)),
    )
    .map(({ name }) => name)
    .filter((name) => !exceptAccounts.includes(name));
}

/** What differs in an account, the account's before its second region's. */
function overridesOf(overrides: unknown, { name, regionOf }: Account) {
  return [...(regionOf === undefined ? [] : [regionOf]), name].flatMap((account) => {
    const fields = isPlain(overrides) ? overrides[account] : undefined;
    return isPlain(fields) ? [{ account, fields }] : [];
  });
}

function complete(parsed: ReturnType<typeof serviceSchema.parse>, account: Account): Service {
  const minCapacity = parsed.autoScaling.minCapacity ?? account.capabilities.minimumTasks;
  const { accounts: _accounts, exceptAccounts: _exceptAccounts, loadBalancers, ...rest } = parsed;
  const standard = parsed.capacityProvider ?? defaultCapacityProvider(account);
  const strategy = parsed.capacityProviderStrategy ?? [{ capacityProvider: standard, base: 0, weight: 1 }];
  return {
    ...rest,
    secrets: { ...connectionSecrets(parsed, account), ...parsed.secrets },
    loadBalancers: loadBalancers.flatMap((entry) => ("alb" in entry ? [entry] : [])),
    networkDoors: loadBalancers.flatMap((entry) => ("nlb" in entry ? [entry] : [])),
    costCentre: parsed.costCentre ?? account.costCentre,
    repository: parsed.repository ?? parsed.name,
    capacityProvider: strategy[0]?.capacityProvider ?? standard,
    capacityProviderStrategy: strategy,
    serviceDiscovery:
      parsed.serviceDiscovery ??
      (parsed.containerPort !== undefined &&
        !signsIn(parsed) &&
        parsed.apis.length === 0 &&
        trafficShift(parsed.deploymentConfiguration) === undefined),
    serviceConnect: {
      ...parsed.serviceConnect,
      enabled:
        parsed.serviceConnect.enabled ??
        (account.hosting?.serviceConnect === true && parsed.containerPort !== undefined && !signsIn(parsed)),
    },
    autoScaling: {
      ...parsed.autoScaling,
      minCapacity,
      maxCapacity: parsed.autoScaling.maxCapacity ?? Math.max(4, 3 * minCapacity),
    },
  };
}

/** Connection strings of databases outside, as far as the account declares their secrets. */
function connectionSecrets(
  { externalDatabases }: ReturnType<typeof serviceSchema.parse>,
  { data, secrets }: Account,
): Record<string, string> {
  return Object.fromEntries(
    [...new Set(externalDatabases)].sort().flatMap((name) => {
      const text = data?.externalDatabases[name]?.secret;
      return text !== undefined && secretReference(text).secret in secrets
        ? [[connectionVariable(name), text]]
        : [];
    }),
  );
}

function twoStrategies(
  { capacityProvider, capacityProviderStrategy }: ReturnType<typeof serviceSchema.parse>,
  file: string,
  { name }: Account,
): Violation[] {
  if (capacityProvider === undefined || capacityProviderStrategy === undefined) return [];
  return [
    {
      file,
      path: `capacityProvider (in ${name})`,
      given: capacityProvider,
      allowed: "none beside capacityProviderStrategy, which says it all",
      mend: "remove one of them; in overrides, write a capacityProviderStrategy of one entry",
    },
  ];
}

/** A name in Cloud Map would lead past the door at which people sign in. */
const signsIn = ({ loadBalancers }: ReturnType<typeof serviceSchema.parse>) =>
  loadBalancers.some((entry) => "alb" in entry && entry.authenticate);

/** What an account's services run on unless they say otherwise. */
export function defaultCapacityProvider({ hosting, capabilities }: Account): string {
  return hosting?.defaultCapacityProvider ?? (capabilities.fargateSpot ? "FARGATE_SPOT" : "FARGATE");
}

function unknownAccounts(
  file: string,
  field: "accounts" | "exceptAccounts",
  given: readonly string[],
  hosts: readonly Account[],
): Violation[] {
  const names = hosts.map((account) => account.name);
  return given.flatMap((name, index) => {
    if (names.includes(name)) return [];
    const meant = nearest(name, names);
    return [
      {
        file,
        path: formatPath([field, index]),
        given: name,
        allowed: `an account with hosting: ${names.join(", ") || "there is none"}`,
        ...(meant === undefined ? {} : { mend: `write "${meant}"` }),
      },
    ];
  });
}

function strangeOverrides(file: string, overrides: unknown, targets: readonly string[]): Violation[] {
  if (overrides === undefined) return [];
  if (!isPlain(overrides))
    return [{ file, path: "overrides", given: overrides, allowed: "an object by account" }];
  return Object.entries(overrides).flatMap(([account, value]): Violation[] => {
    const path = formatPath(["overrides", account]);
    if (!targets.includes(account)) {
      const meant = nearest(account, targets);
      const mend = meant === undefined ? "remove it" : `write "${meant}"`;
      return [{ file, path, given: account, allowed: `an account it runs in: ${targets.join(", ")}`, mend }];
    }
    if (!isPlain(value))
      return [{ file, path, given: value, allowed: "an object with the fields that differ" }];
    return ["name", "accounts", "exceptAccounts", "source"]
      .filter((key) => key in value)
      .map((key) => ({
        file,
        path: `${path}.${key}`,
        given: value[key],
        allowed: "a field that may differ between accounts; this one is the service's own",
      }));
  });
}

function merge(base: Plain, override: Plain): Plain {
  const result: Plain = { ...base };
  for (const [key, value] of Object.entries(override)) {
    const current = result[key];
    result[key] =
      isPlain(current) && isPlain(value) && sameKind(current, value) ? merge(current, value) : value;
  }
  return result;
}

/** Logs that go elsewhere have none of the former destination's fields. */
const sameKind = (current: Plain, value: Plain) =>
  value["destination"] === undefined || value["destination"] === current["destination"];

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
