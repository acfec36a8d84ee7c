import { z } from "zod";

/** A Markdown table of an object's fields: what is allowed, what is the default, what it means. */
export function fieldTable(schema: z.ZodType): string {
  const object = unwrap(schema);
  if (!(object instanceof z.ZodObject)) throw new TypeError("Only an object has fields");
  const rows = Object.entries(object.shape as Record<string, z.ZodType>).map(
    ([name, field]) =>
      `| \`${name}\` | ${allowed(field)} | ${standard(field)} | ${escape(description(field) ?? "")} |`,
  );
  return ["| field | allowed | default | meaning |", "|-|-|-|-|", ...rows].join("\n");
}

/** The object schema of a field, or of the entries of a list or record. */
export function objectAt(schema: z.ZodType, field: string): z.ZodType {
  const object = unwrap(schema);
  const found =
    object instanceof z.ZodObject ? (object.shape as Record<string, z.ZodType>)[field] : undefined;
  if (found === undefined) throw new RangeError(`There is no field ${field}`);
  const inner = unwrap(found);
  if (inner instanceof z.ZodRecord) return unwrap(inner.valueType as z.ZodType);
  return inner instanceof z.ZodArray ? unwrap(inner.element as z.ZodType) : inner;
}

/** What a field means; said of the field itself or of what it wraps. */
export function description(schema: z.ZodType): string | undefined {
  if (schema.description !== undefined) return schema.description;
  return wraps(schema) ? description(schema.unwrap() as z.ZodType) : undefined;
}

type Wrapper = z.ZodOptional | z.ZodNullable | z.ZodDefault | z.ZodPrefault;

function wraps(schema: z.ZodType): schema is Wrapper {
  return [z.ZodOptional, z.ZodNullable, z.ZodDefault, z.ZodPrefault].some((kind) => schema instanceof kind);
}

function unwrap(schema: z.ZodType): z.ZodType {
  return wraps(schema) ? unwrap(schema.unwrap() as z.ZodType) : schema;
}

function standard(schema: z.ZodType): string {
  if (schema instanceof z.ZodDefault) return short(schema.def.defaultValue);
  if (schema instanceof z.ZodPrefault) return "its fields' defaults";
  if (schema instanceof z.ZodOptional) return "see meaning";
  return schema instanceof z.ZodNullable ? standard(schema.unwrap() as z.ZodType) : "required";
}

function short(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return "none";
  if (typeof value === "object" && value !== null && Object.keys(value).length === 0) return "none";
  const text = JSON.stringify(value);
  return text.length > 60 ? "see meaning" : `\`${escape(text)}\``;
}

function allowed(schema: z.ZodType): string {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return choices(inner.options);
  if (inner instanceof z.ZodLiteral) return choices([...inner.values]);
  if (inner instanceof z.ZodUnion)
    return inner.options.map((option) => allowed(option as z.ZodType)).join(" or ");
  if (inner instanceof z.ZodArray) return `list of ${allowed(inner.element as z.ZodType)}`;
  if (inner instanceof z.ZodRecord) return `object by name of ${allowed(inner.valueType as z.ZodType)}`;
  if (inner instanceof z.ZodNumber) return `number ${range(inner.minValue, inner.maxValue)}`.trim();
  if (inner instanceof z.ZodString)
    return `text ${range(inner.minLength, inner.maxLength, " characters")}`.trim();
  if (inner instanceof z.ZodBoolean) return "true, false";
  return inner instanceof z.ZodObject ? "object" : "text";
}

function choices(values: readonly unknown[]): string {
  return values.length > 12
    ? `${short(values[0])} … ${short(values.at(-1))}`
    : values.map((value) => short(value)).join(", ");
}

function range(least: number | null, most: number | null, unit = ""): string {
  const bound = (value: number | null) =>
    value !== null && Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (bound(least) && bound(most)) return `${least} to ${most}${unit}`;
  return bound(most) ? `up to ${most}${unit}` : bound(least) ? `from ${least}${unit}` : "";
}

const escape = (text: string) => text.replaceAll("|", "\\|");
