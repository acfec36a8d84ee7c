/** Reading Terraform's JSON: plain values, blocks, and expressions whose value only an apply tells. */

export type Attributes = Readonly<Record<string, unknown>>;

/** An object, or an empty one. */
export function record(value: unknown): Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Attributes) : {};
}

/** The blocks of a repeatable block, which Terraform's JSON writes as a list or, when single, as an object. */
export function blocks(value: unknown): readonly Attributes[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(record) : [record(value)];
}

/** The only block, or the first. */
export const block = (value: unknown): Attributes => blocks(value)[0] ?? {};

/** The strings of a list, or of a single string. */
export function strings(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Whether a value holds an expression, so that only an apply tells what it is. */
export function isExpression(value: unknown): boolean {
  return typeof value === "string" && /(^|[^$])\$\{/.test(value);
}

/** The address that an expression such as `${data.aws_vpc.main.id}` refers to: `data.aws_vpc.main`. */
export function referenced(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return /^\$\{((?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z0-9_-]+)(?:\[[^\]]*\])?(?:\.[a-z0-9_]+)*\}$/.exec(
    value,
  )?.[1];
}

/**
 * A text whose expressions are replaced by `${}`, so that JSON around them can be parsed: quotes and braces within
 * an expression follow HCL's rules, not JSON's.
 */
export function withoutExpressions(text: string): string {
  let result = "";
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (depth === 0) {
      if (character === "$" && text.charAt(at + 1) === "{" && text.charAt(at - 1) !== "$") {
        depth = 1;
        at += 1;
        result += "${}";
      } else {
        result += character;
      }
    } else if (character === "{") {
      depth += 1;
    } else if (character === "}") {
      depth -= 1;
    }
  }
  return result;
}

/** A value for an error message; never a long one. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
