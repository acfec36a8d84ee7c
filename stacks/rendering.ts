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
    merge(metadata, resolved(stack, element.toMetadata() as object));
    if (TerraformOutput.isTerraformOutput(element)) merge(outputs, outputOf(element));
    merge(json, resolved(stack, element.toTerraform() as object));
  }
  merge(json, { "//": { metadata, outputs } });
  merge(json, resolved(stack, overrides));
  return json;
}

/**
 * A value with its tokens resolved. Most values hold none, and cdktf's resolver, which looks at each of them and at
 * each key in half a dozen ways, is asked about the others only.
 */
function resolved(stack: TerraformStack, value: object): Json {
  const ask = (token: unknown): unknown =>
    Tokenization.resolve(token, { scope: stack, preparing: false, resolver: RESOLVER });
  const visit = (item: unknown): unknown => {
    if (mayBeToken(item)) return ask(item);
    if (Array.isArray(item)) return item.map(visit).filter((element) => element !== undefined);
    if (!isObject(item)) return item;
    const result: Json = {};
    for (const [key, element] of Object.entries(item)) {
      const known = visit(element);
      if (known !== undefined) result[key] = known;
    }
    return result;
  };
  return visit(value) as Json;
}

/** Marks of tokens in strings: of strings, lists and maps, of numbers, and of elements of maps. */
const TOKEN = /TfToken\[|e\+\d{3}|Map Token Value/;
const LIST_TOKEN = "#{TfToken[";

/** Whether cdktf may read something else in a value than what stands there; never no where it is yes. */
function mayBeToken(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return TOKEN.test(value);
    // Numbers stand for tokens when they are vast and negative.
    case "number":
      return !(value >= 0);
    case "object":
      if (value === null) return false;
      if (Array.isArray(value))
        return value.some((item) =>
          typeof item === "string" ? item.includes(LIST_TOKEN) : typeof item === "number" && mayBeToken(item),
        );
      return Tokenization.isResolvable(value) || Object.keys(value).some((key) => TOKEN.test(key));
    case "function":
      return true;
    default:
      return false;
  }
}

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
