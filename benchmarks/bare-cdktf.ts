import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Json = Readonly<Record<string, unknown>>;

/** Arguments whose keys are data, not names of arguments. */
const MAPS = new Set(["tags", "variables", "default_tags_map", "request_parameters", "labels"]);

/** An element of a stack as the bare program makes it: its class by module, its id, its props. */
interface BareElement {
  readonly module: string;
  readonly id: string;
  readonly props: unknown;
}

/** What the bare program reads of one stack. */
interface BareStack {
  readonly id: string;
  readonly backend: unknown;
  readonly providers: readonly BareElement[];
  readonly elements: readonly BareElement[];
  readonly outputs: Json;
  readonly locals: Json;
}

/**
 * Writes the stacks of a synth as what a plain CDKTF program would say: for each resource its class of the provider,
 * its id and its props, references between them by attribute. `bare-program.js` makes them, all in one process, with
 * no guardrails, contracts or checks.
 */
export function writeBareStacks(synthesized: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const id of readdirSync(join(synthesized, "stacks")).sort()) {
    const json = JSON.parse(readFileSync(join(synthesized, "stacks", id, "cdk.tf.json"), "utf8")) as Json;
    writeFileSync(join(folder, `${id}.json`), JSON.stringify(bareStack(id, json)));
  }
}

function bareStack(id: string, json: Json): BareStack {
  const known = new Set<string>();
  const each = (kind: "resource" | "data", visit: (type: string, name: string, value: Json) => void) => {
    for (const [type, ids] of Object.entries((json[kind] ?? {}) as Record<string, Record<string, Json>>))
      for (const [name, value] of Object.entries(ids)) visit(type, name, value);
  };
  each("data", (type, name) => known.add(`data.${type}.${name}`));
  each("resource", (type, name) => known.add(`${type}.${name}`));
  const elements: BareElement[] = [];
  const add = (module: string, prefix: string) => (type: string, name: string, value: Json) => {
    const { "//": _metadata, ...attributes } = value;
    elements.push({
      module: `${module}${type.replace(/^aws_/, "").replaceAll("_", "-")}`,
      id: name,
      props: { ...(camelled(attributes, known) as object), address: `${prefix}${type}.${name}` },
    });
  };
  each("data", add("data-aws-", "data."));
  each("resource", add("", ""));
  const { backend } = json["terraform"] as { backend: { s3: Json } };
  const providers = (json["provider"] as { aws: Json[] }).aws.map((provider, index) => ({
    module: "provider",
    id: index === 0 ? "aws" : `aws_${index}`,
    props: camelled(provider, known),
  }));
  return {
    id,
    backend: camelled(backend.s3, known),
    providers,
    elements,
    outputs: (json["output"] ?? {}) as Json,
    locals: (json["locals"] ?? {}) as Json,
  };
}

/** Terraform's names as CDKTF has them; whole references to attributes of the same stack by address and attribute. */
function camelled(value: unknown, known: ReadonlySet<string>): unknown {
  if (typeof value === "string") {
    const [, address = "", attribute = ""] = /^\$\{((?:data\.)?\w+\.\w+)\.(\w+)\}$/.exec(value) ?? [];
    return known.has(address) ? { $ref: [address, camel(attribute)] } : value;
  }
  if (Array.isArray(value)) return value.map((item) => camelled(item, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      camel(key),
      MAPS.has(key) && !Array.isArray(item) ? item : camelled(item, known),
    ]),
  );
}

const camel = (name: string) => name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
