import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import type { z } from "zod";
import { checkFleet, type FleetCheck } from "./checks/all";
import { readDoorLedgers } from "./door-ledger";
import { facts as factsSchema, type Facts } from "./facts";
import type { Fleet, Sources } from "./fleet";
import { readFunctionCode } from "./function-code";
import { jsonFault } from "./json-fault";
import { readMigrations } from "./load-migrations";
import { organization as organizationSchema, type Organization } from "./organization";
import { parse } from "./parse";
import type { LoadedAccount } from "./region-entry";
import { completeAccount, duplicateNames, parseAccounts, withCopiesOfImages } from "./resolve-accounts";
import { resolveServices, type LoadedService } from "./resolve-services";
import { ViolationsError, type Violation } from "./violation";

/** The folder that holds the organization, unless SLIPWAY_ORGANIZATION names another. */
export const DEFAULT_DIRECTORY = "environments";

const MORE =
  "More may follow once these are mended: what does not fit its schema is not checked any further.";

/**
 * Reads, parses and checks an organization. Makes no AWS call.
 * @throws ViolationsError with every violation found.
 */
export function loadFleet(
  directory = process.env["SLIPWAY_ORGANIZATION"] ?? DEFAULT_DIRECTORY,
  /** Checks that whoever loads is about to satisfy. */
  except: readonly FleetCheck[] = [],
): Fleet {
  const violations: Violation[] = [];
  const organizationFile = ["organization.ts", "organization.json"].find((name) =>
    existsSync(join(directory, name)),
  );
  if (organizationFile === undefined) {
    throw new ViolationsError(`The folder ${directory}`, [
      {
        file: directory,
        path: "",
        given: existsSync(directory)
          ? "a folder without organization.ts or organization.json"
          : "a folder that does not exist",
        inWords: true,
        allowed: "a folder with organization.ts or organization.json, accounts/ and services/",
        mend: "name an organization's folder with --organization DIR or SLIPWAY_ORGANIZATION, such as environments",
      },
    ]);
  }
  const file = (path: string) => relative(process.cwd(), resolve(path)).replaceAll("\\", "/") || path;
  const read = (path: string) => readDefault(path, file(path), violations);
  const readAs = <S extends z.ZodType>(schema: S, path: string): z.output<S> | undefined => {
    const loaded = read(path);
    return loaded === undefined ? undefined : collect(parse(schema, loaded.content, file(path)), violations);
  };
  const organization = readAs(organizationSchema, join(directory, organizationFile));
  const accountFiles = listFiles(join(directory, "accounts"));
  const serviceFiles = listFiles(join(directory, "services"));
  const loadedAccounts = accountFiles.flatMap((path): LoadedAccount[] => {
    const loaded = read(path);
    return loaded === undefined ? [] : [{ file: file(path), input: loaded.content }];
  });
  const parsedAccounts = parseAccounts(loadedAccounts, violations);
  const loadedServices = serviceFiles.flatMap((path): LoadedService[] => {
    const loaded = read(path);
    return loaded === undefined ? [] : [{ file: file(path), input: loaded.content }];
  });
  if (accountFiles.length === 0) {
    violations.push({
      file: file(join(directory, "accounts")),
      path: "",
      given: "no account",
      inWords: true,
      allowed: "one file an account, at least one",
      mend: "add accounts/<account>.ts or accounts/<account>.json",
    });
  }
  if (organization === undefined || violations.length > 0) {
    // Services can still be checked by themselves; against their accounts only once all of these are known.
    const accounts = parsedAccounts.flatMap(({ value }) =>
      value === undefined || organization === undefined
        ? []
        : [completeAccount(value, withRegions(organization))],
    );
    const all = accounts.length === accountFiles.length;
    resolveServices(loadedServices, all ? accounts : undefined, violations);
    throw new ViolationsError("The organization", violations, MORE);
  }
  const whole = withRegions(organization);
  const known = parsedAccounts.flatMap(({ file, value }) =>
    value === undefined ? [] : [{ file, account: completeAccount(value, whole) }],
  );
  known.sort((a, b) => compare(a.account.name, b.account.name));
  const accounts = withCopiesOfImages(
    known.map(({ account }) => account),
    whole,
  );
  const services = resolveServices(loadedServices, accounts, violations);
  const moving = readMigrations(directory, { list: listFiles, read, file }, violations);
  const sources: Sources = {
    organization: file(join(directory, organizationFile)),
    accounts: Object.fromEntries(known.map(({ file, account }) => [account.name, file])),
    services: services.sources,
    migrations: moving.sources,
  };
  const fleet: Fleet = {
    directory,
    organization: whole,
    accounts,
    services: services.byAccount,
    facts: readFacts(join(directory, "facts"), file, violations),
    doorLedgers: readDoorLedgers(join(directory, "ledgers", "doors"), accounts, file, violations),
    functionCode: readFunctionCode(directory, services.byAccount),
    migrations: moving.migrations,
    evidence: moving.evidence,
    certificates: moving.certificates,
    sources,
  };
  // What does not fit its schema takes no part in the checks.
  const note = violations.length > 0 ? MORE : undefined;
  violations.push(...duplicateNames(known), ...checkFleet(fleet, except));
  if (violations.length > 0) throw new ViolationsError("The organization", violations, note);
  return fleet;
}

function withRegions(
  organization: Omit<Organization, "allowedRegions"> & { allowedRegions?: readonly string[] | undefined },
): Organization {
  return {
    ...organization,
    allowedRegions: organization.allowedRegions ?? [...new Set([organization.region, "us-east-1"])],
  };
}

function readFacts(
  directory: string,
  file: (path: string) => string,
  violations: Violation[],
): Record<string, Facts> {
  const entries = listFiles(directory).flatMap((path): [string, Facts][] => {
    try {
      const value = collect(
        parse(factsSchema, JSON.parse(readFileSync(path, "utf8")), file(path)),
        violations,
      );
      return value === undefined ? [] : [[basename(path, ".json"), value]];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      violations.push({
        file: file(path),
        path: "",
        given: error.message,
        allowed: "JSON",
        mend: "run slipway facts --write",
      });
      return [];
    }
  });
  return Object.fromEntries(entries);
}

/** Data files of a folder, sorted; tests and declarations are not data. */
function listFiles(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => /\.(ts|json)$/.test(name) && !/\.(test|d)\.ts$/.test(name))
    .sort(compare)
    .map((name) => join(directory, name));
}

/** What a data file exports; undefined and a violation when it does not load. */
function readDefault(
  path: string,
  file: string,
  violations: Violation[],
): { readonly content: unknown } | undefined {
  const allowed = "a TypeScript file that loads, with a default export";
  try {
    if (path.endsWith(".json")) {
      const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
      const fault = jsonFault(text);
      if (fault === undefined) return { content: JSON.parse(text) as unknown };
      violations.push({
        file: `${file}:${fault.line}:${fault.column}`,
        path: "",
        given: fault.text,
        inWords: true,
        allowed: fault.allowed,
        mend: fault.mend,
      });
      return undefined;
    }
    // A folder that is named at run time can be imported in no other way.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const loaded: unknown = require(resolve(path));
    if (isModule(loaded) && "default" in loaded) return { content: loaded.default };
    violations.push({
      file,
      path: "",
      given: "no default export",
      inWords: true,
      allowed,
      mend: "write export default { ... }",
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const given = message.split("\n").find((line) => line.trim() !== "") ?? "";
    violations.push({ file, path: "", given, allowed });
  }
  return undefined;
}

function isModule(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function collect<T>(
  result: { readonly value: T } | { readonly violations: readonly Violation[] },
  violations: Violation[],
): T | undefined {
  if ("value" in result) return result.value;
  violations.push(...result.violations);
  return undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
