import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  Tokenization,
  type TerraformStack,
} from "cdktf";

type Json = Record<string, unknown>;

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/**
 * A stack's Terraform JSON, the same as cdktf's own `toTerraform` gives. That resolves each element and then the
 * whole once more, and `prepareStack` did so before; resolving tokens is most of what a synth costs.
 */
export function render(stack: TerraformStack): Json {
  // CDKTF keeps a stack's overrides to itself.
  const overrides = (Reflect.get(stack, "rawOverrides") ?? {}) as Json;
  const elements = stack.node
    .findAll()
    .filter((node): node is TerraformElement => TerraformElement.isTerraformElement(node));
  const metadata: Json = {
    version: stack.node.tryGetContext("cdktfVersion") as string,
    stackName: stack.node.id,
    backend: "local",
    ...(Object.keys(overrides).length > 0 ? { overrides: { stack: Object.keys(overrides) } } : {}),
  };
  const outputs: Json = {};
  const json: Json = {};
  for (const element of elements) {
    merge(metadata, resolved(stack, element.toMetadata()));
    if (TerraformOutput.isTerraformOutput(element)) merge(outputs, outputOf(element));
    merge(json, resolved(stack, element.toTerraform()));
  }
  merge(json, { "//": { metadata, outputs } });
  merge(json, resolved(stack, overrides));
  return json;
}

const resolved = (stack: TerraformStack, value: unknown): Json =>
  Tokenization.resolve(value, { scope: stack, preparing: false, resolver: RESOLVER }) as Json;

/** An output's id below its path. */
function outputOf(output: TerraformOutput): Json {
  const [last = "", ...above] = output.node.path.split("/").reverse();
  return above.reduce<Json>((inner, part) => ({ [part]: inner }), { [last]: output.friendlyUniqueId });
}

/** Merges as cdktf does: objects key by key, lists one after the other. */
function merge(target: Json, source: Json): void {
  for (const [key, value] of Object.entries(source)) {
    const before = target[key];
    if (Array.isArray(value))
      target[key] = Array.isArray(before) ? [...(before as unknown[]), ...value] : value;
    // A list counts as well: an override names an element of it by its index.
    else if (isObject(value) && typeof before === "object" && before !== null) merge(before as Json, value);
    else target[key] = value;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
