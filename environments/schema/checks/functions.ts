import type { Account } from "../account";
import type { Fleet } from "../fleet";
import { codeFolder, codeOf } from "../function-code";
import * as names from "../names";
import { formatPath, nearest } from "../parse";
import { handlerFiles, RETIRED_RUNTIMES, RUNTIMES } from "../runtimes";
import type { Service, ServiceFunction } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";
import { looksSecret } from "./services";

type Found = Omit<Violation, "file">;
interface Place {
  readonly fleet: Fleet;
  readonly account: Account;
  readonly service: Service;
  /** Its name among the service's functions. */
  readonly name: string;
}
type Rule = (definition: ServiceFunction, place: Place) => Found | undefined | readonly Found[];

/** A role's name adds as much to the function's: `-function` or `-schedule`. */
const LONGEST_FUNCTION_NAME = 64 - "-function".length;

const RULES: readonly Rule[] = [
  runtime,
  code,
  trigger,
  schedule,
  bucket,
  buckets,
  tables,
  environment,
  nameLength,
];

/** Each function starts from something, on a runtime that AWS still mends, with code that is there. */
export function checkFunctions(fleet: Fleet): Violation[] {
  return perService(fleet, (service, account) =>
    Object.entries(service.functions).flatMap(([name, definition]) =>
      RULES.flatMap((rule) => rule(definition, { fleet, account, service, name }) ?? []).map((found) => ({
        ...found,
        path: `functions.${name}${found.path === "" ? "" : `.${found.path}`}`,
      })),
    ),
  );
}

function runtime(definition: ServiceFunction): Found | undefined {
  const given = definition.runtime;
  if (RUNTIMES.some((known) => known === given)) return undefined;
  const retirement = RETIRED_RUNTIMES[given];
  if (retirement !== undefined)
    return {
      path: "runtime",
      given,
      allowed: `a runtime that AWS mends; it retired this one on ${retirement.on}`,
      mend: `write "${retirement.successor}"`,
    };
  const meant = nearest(given, RUNTIMES);
  return {
    path: "runtime",
    given,
    allowed: `one of ${RUNTIMES.join(", ")}`,
    ...(meant === undefined ? {} : { mend: `write "${meant}"` }),
  };
}

function code(definition: ServiceFunction, { fleet, name }: Place): Found | undefined {
  const given = codeOf(name, definition);
  const files = fleet.functionCode[given] ?? [];
  const folder = codeFolder(fleet.directory, given);
  if (files.length === 0)
    return {
      path: "code",
      given,
      allowed: `a folder with the function's code; ${folder} is empty or missing`,
      mend: `put the code there, or name its folder with code`,
    };
  const expected = handlerFiles(definition.runtime, definition.handler);
  if (expected.length === 0 || expected.some((file) => files.includes(file))) return undefined;
  return {
    path: "handler",
    given: definition.handler,
    allowed: `a handler whose file is in ${folder}: ${expected.join(" or ")}`,
    mend: `there are ${files.slice(0, 8).join(", ")}: write handler: "<file>.<function>"`,
  };
}

function trigger(definition: ServiceFunction): Found | undefined {
  const { bucket: objects, stream, schedule: times } = definition;
  return objects === undefined && stream === undefined && times === undefined
    ? {
        path: "",
        given: undefined,
        allowed: "a bucket, a stream or a schedule: without any nothing starts it",
      }
    : undefined;
}

function schedule(definition: ServiceFunction): Found | undefined {
  const given = definition.schedule;
  return given === undefined || /^(rate|cron)\(.+\)$/.test(given)
    ? undefined
    : { path: "schedule", given, allowed: "rate(1 hour), or cron(0 3 * * ? *) of six fields" };
}

function bucket(definition: ServiceFunction, { account }: Place): Found | undefined {
  const given = definition.bucket;
  if (given === undefined) return undefined;
  const buckets = account.data?.buckets ?? {};
  const found = buckets[given];
  if (found?.events === true) return undefined;
  return found === undefined
    ? unknown("bucket", given, `a bucket of ${account.name}`, Object.keys(buckets))
    : {
        path: "bucket",
        given,
        allowed: "a bucket that tells of new objects",
        mend: `write events: true in data.buckets.${given} of ${account.name}`,
      };
}

function tables(definition: ServiceFunction, { account }: Place): Found[] {
  const known = Object.keys(account.data?.tables ?? {});
  return Object.keys(definition.tables)
    .filter((name) => !known.includes(name))
    .map((name) => unknown(formatPath(["tables", name]), name, `a table of ${account.name}`, known));
}

function buckets(definition: ServiceFunction, { account }: Place): Found[] {
  const known = Object.keys(account.data?.buckets ?? {});
  return Object.keys(definition.buckets)
    .filter((name) => !known.includes(name))
    .map((name) => unknown(formatPath(["buckets", name]), name, `a bucket of ${account.name}`, known));
}

function environment(definition: ServiceFunction): Found[] {
  return Object.entries(definition.environment).flatMap(([variable, value]): Found[] => {
    const path = `environment.${variable}`;
    if (/^(AWS_|LAMBDA_)|^_HANDLER$/.test(variable))
      return [{ path, given: variable, allowed: "a name that Lambda does not set itself" }];
    return looksSecret(variable, value)
      ? [
          {
            path,
            given: "a value that looks like a secret (not shown)",
            inWords: true,
            allowed: "plain settings only: what is here is readable in code, plan, state and console",
          },
        ]
      : [];
  });
}

function nameLength(_definition: ServiceFunction, { account, service, name }: Place): Found | undefined {
  const full = names.functionName(account, service, name);
  const over = full.length - LONGEST_FUNCTION_NAME;
  return over <= 0
    ? undefined
    : {
        path: "",
        given: name,
        allowed: `at most ${name.length - over} characters; AWS takes 64 for the name of its role, ${full}-function`,
        mend: `shorten it by ${over}`,
      };
}

function unknown(path: string, given: string, what: string, known: readonly string[]): Found {
  const meant = nearest(given, known);
  return {
    path,
    given,
    allowed: `${what}: ${known.join(", ") || "it has none"}`,
    ...(meant === undefined ? {} : { mend: `write "${meant}"` }),
  };
}
