import { blocks, withoutExpressions, type Attributes } from "./values";

/** The containers of a task definition, expressions replaced by `${}`; undefined when nobody can read them. */
export function containersOf(definitions: unknown): readonly Attributes[] | undefined {
  if (typeof definitions !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(withoutExpressions(definitions));
    return Array.isArray(parsed) ? blocks(parsed) : undefined;
  } catch {
    return undefined;
  }
}
