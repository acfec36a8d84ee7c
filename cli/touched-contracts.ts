import { isDeepStrictEqual } from "node:util";

type Blocks = ReadonlyMap<string, unknown>;

/**
 * Names of the parameters in a stack's JSON whose value may change with it: they, or a resource that they rest on,
 * were written otherwise before. A parameter that was not there before is among them.
 */
export function touchedParameters(before: string, after: string): string[] {
  const old = blocksOf(before);
  const now = blocksOf(after);
  return [...now].flatMap(([address, block]): string[] => {
    const name = nameOf(block);
    if (!address.startsWith("aws_ssm_parameter.") || name === undefined) return [];
    return [...restsOn(address, now)].some((other) => !isDeepStrictEqual(old.get(other), now.get(other)))
      ? [name]
      : [];
  });
}

/** An address and whatever it refers to, at whatever distance. */
function restsOn(address: string, blocks: Blocks, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(address)) return found;
  found.add(address);
  const text = JSON.stringify(blocks.get(address) ?? null);
  for (const [reference] of text.matchAll(/\baws_\w+\.[\w-]+/g))
    if (blocks.has(reference)) restsOn(reference, blocks, found);
  return found;
}

function blocksOf(text: string): Blocks {
  const { resource = {} } = JSON.parse(text) as { resource?: Record<string, Record<string, unknown>> };
  return new Map(
    Object.entries(resource).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, block]) => [`${type}.${id}`, withoutMetadata(block)] as const),
    ),
  );
}

function withoutMetadata(block: unknown): unknown {
  if (typeof block !== "object" || block === null) return block;
  return Object.fromEntries(Object.entries(block).filter(([key]) => key !== "//"));
}

function nameOf(block: unknown): string | undefined {
  if (typeof block !== "object" || block === null || !("name" in block)) return undefined;
  return typeof block.name === "string" ? block.name : undefined;
}
