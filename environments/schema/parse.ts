import { z } from "zod";
import { distance } from "fastest-levenshtein";
import type { Violation } from "./violation";

/** The parsed value, or every violation of the schema with its path. */
export type ParseResult<T> = { readonly value: T } | { readonly violations: readonly Violation[] };

/** Parses `input` by `schema`; unknown keys, wrong types and wrong values all come back at once. */
export function parse<S extends z.ZodType>(
  schema: S,
  input: unknown,
  file: string,
): ParseResult<z.output<S>> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return { value: result.data };
  return { violations: result.error.issues.flatMap((issue) => toViolations(issue, schema, file)) };
}

/** `["a", 0, "b"]` as `a[0].b`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`,
    "",
  );
}

const rank = (word: string, candidates: readonly string[]) =>
  candidates
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits || a.candidate.localeCompare(b.candidate, "en"));

/** The candidate most like `word`, when one is near enough to have been meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = rank(word, candidates);
  return best !== undefined && best.edits <= Math.max(2, Math.floor(word.length / 3))
    ? best.candidate
    : undefined;
}

function toViolations(issue: z.core.$ZodIssue, schema: z.ZodType, file: string): Violation[] {
  const meant = issue.code === "invalid_union" ? nearestForm(issue, schema) : undefined;
  if (meant !== undefined) {
    const prefix = formatPath(issue.path);
    return meant.issues.flatMap((inner) =>
      toViolations(inner, meant.form, file).map((violation) => ({
        ...violation,
        path: [prefix, violation.path].filter((part) => part !== "").join("."),
      })),
    );
  }
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(schema, issue.path, issue.input);
    return issue.keys.map((key) => {
      const meant = nearest(key, known);
      return {
        file,
        path: formatPath([...issue.path, key]),
        given: key,
        allowed: fields(key, known),
        ...(meant === undefined ? { mend: "remove the field" } : { mend: `write ${meant}` }),
      };
    });
  }
  const value = valueAt(issue);
  const mend = mendOf(issue);
  const violation = {
    file,
    path: formatPath(issue.path),
    given: value,
    ...(issue.input === undefined ? { inWords: true } : {}),
    allowed: allowedBy(issue),
    ...(mend === undefined ? {} : { mend }),
  };
  if (issue.code === "invalid_value" && typeof value === "string") {
    const meant = nearest(
      value,
      issue.values.filter((v): v is string => typeof v === "string"),
    );
    if (meant !== undefined) return [{ ...violation, mend: `write "${meant}"` }];
  }
  return [violation];
}

const MOST_FIELDS = 8;

function fields(given: string, known: readonly string[]): string {
  if (known.length === 0) return "no such field";
  if (known.length <= MOST_FIELDS) return `one of the fields ${known.join(", ")}`;
  const near = rank(given, known).slice(0, 3);
  return `one of the fields, such as ${near.map(({ candidate }) => candidate).join(", ")}; docs/language.md has all of them`;
}

/** What a rule of the schema says itself (`params`), or a number or boolean in quotes without them. */
function mendOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === "custom") {
    const mend: unknown = issue.params?.["mend"];
    return typeof mend === "string" ? mend : undefined;
  }
  if (issue.code !== "invalid_type" || typeof issue.input !== "string") return undefined;
  const text = issue.input.trim();
  const plain =
    issue.expected === "number"
      ? /^-?\d+(\.\d+)?$/.test(text)
      : issue.expected === "boolean" && /^(true|false)$/.test(text);
  return plain ? `write ${text}, without quotes` : undefined;
}

function valueAt(issue: z.core.$ZodIssue): unknown {
  return issue.input === undefined ? "nothing" : issue.input;
}

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `a value of type ${issue.expected}`;
    case "invalid_value":
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : `one of ${issue.values.map((v) => JSON.stringify(v)).join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum}${unit(issue.origin)}`;
    case "too_big":
      return `at most ${issue.maximum}${unit(issue.origin)}`;
    case "invalid_union":
      return issue.discriminator === undefined
        ? "one of the documented forms"
        : `a known ${issue.discriminator}`;
    case "invalid_key":
      return issue.issues[0]?.message ?? "a well-formed key";
    default:
      return issue.message.replace(/^Invalid string: /, "").replace(/^Invalid /, "a well-formed ");
  }
}

function unit(origin: string): string {
  return origin === "string" ? " characters" : origin === "array" ? " entries" : "";
}

/** Of several forms of an object, the one that was meant: whose fields it has, and of these the least wrong. */
function nearestForm(issue: z.core.$ZodIssueInvalidUnion, schema: z.ZodType) {
  const union = schemaAt(schema, issue.path);
  if (!(union instanceof z.ZodUnion)) return undefined;
  const strangers = (issues: readonly z.core.$ZodIssue[]) =>
    issues.reduce((sum, each) => sum + (each.code === "unrecognized_keys" ? each.keys.length : 0), 0);
  const [nearestOne] = issue.errors
    .flatMap((issues, index) => {
      const form = union.options[index];
      return form instanceof z.ZodObject ? [{ form, issues }] : [];
    })
    .sort((a, b) => strangers(a.issues) - strangers(b.issues) || a.issues.length - b.issues.length);
  return nearestOne;
}

/** The field names that `schema` allows at `path`; of several forms there, those of the one most like what is given. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[], given: unknown): string[] {
  const found = schemaAt(schema, path);
  const forms = found instanceof z.ZodUnion ? chosen(found, given) : [found];
  const written = typeof given === "object" && given !== null ? Object.keys(given) : [];
  const strangers = (keys: readonly string[]) => written.filter((key) => !keys.includes(key)).length;
  const [keys = []] = forms
    .flatMap((form) => (form instanceof z.ZodObject ? [Object.keys(form.shape)] : []))
    .sort((a, b) => strangers(a) - strangers(b));
  return keys;
}

/** The forms of a union that are meant: where one field chooses, the one that it chooses. */
function chosen(union: z.ZodUnion, given: unknown): readonly unknown[] {
  if (!(union instanceof z.ZodDiscriminatedUnion) || typeof given !== "object") return union.options;
  const { discriminator } = union.def;
  const choice = (given as Readonly<Record<string, unknown>> | null)?.[discriminator];
  return union.options.filter(
    (form) => form instanceof z.ZodObject && child(form, discriminator)?.safeParse(choice).success === true,
  );
}

function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  let current: z.ZodType | undefined = unwrap(schema);
  for (const key of path) {
    current = current === undefined ? undefined : child(current, key);
    if (current !== undefined) current = unwrap(current);
  }
  return current;
}

function child(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<PropertyKey, z.ZodType>)[key];
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return undefined;
}

function unwrap(schema: z.ZodType): z.ZodType {
  let current = schema;
  while (
    current instanceof z.ZodOptional ||
    current instanceof z.ZodDefault ||
    current instanceof z.ZodPrefault ||
    current instanceof z.ZodNullable
  ) {
    current = current.unwrap() as z.ZodType;
  }
  return current;
}
