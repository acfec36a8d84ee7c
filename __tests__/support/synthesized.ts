import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { Fleet } from "../../environments/schema/fleet";
import { stackId } from "../../environments/schema/names";
import { buildPlatform, KINDS, type Platform, type PlatformOptions } from "../../stacks/graph";
import { withoutTraces } from "../../stacks/without-traces";
import { temporaryFolder } from "./company";

/** A value of Terraform's JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A resource or data source of a stack. */
export interface Block {
  readonly stack: string;
  readonly type: string;
  /** Logical id: the second part of the Terraform address. */
  readonly id: string;
  /** `aws_vpc.network_vpc`, or `data.aws_ssm_parameter.secrets_keys`. */
  readonly address: string;
  readonly values: JsonObject;
}

/** The Terraform JSON of one stack. */
export class SynthesizedStack {
  constructor(
    readonly id: string,
    readonly text: string,
    readonly json: JsonObject,
  ) {}

  /** Resources, of one type or of all. */
  resources(type?: string): Block[] {
    return this.blocks("resource", "", type);
  }

  /** Data sources, of one type or of all. */
  dataSources(type?: string): Block[] {
    return this.blocks("data", "data.", type);
  }

  /** The values at an address such as `aws_vpc.network_vpc`. */
  at(address: string): JsonObject {
    const found = [...this.resources(), ...this.dataSources()].find((block) => block.address === address);
    if (found === undefined) {
      const type = address.split(".").at(-2) ?? "";
      const near = [...this.resources(type), ...this.dataSources(type)].map((block) => block.address);
      throw new Error(`${this.id} has no ${address}; of the type: ${near.join(", ") || "none"}`);
    }
    return found.values;
  }

  /** The only resource of a type. */
  only(type: string): JsonObject {
    const [first, ...others] = this.resources(type);
    if (first === undefined || others.length > 0) {
      throw new Error(`${this.id} has ${others.length + (first ? 1 : 0)} of ${type}, not one`);
    }
    return first.values;
  }

  /** The statements of the policy document that an expression such as `${data.aws_iam_...json}` names. */
  statements(reference: Json | undefined): JsonObject[] {
    const name = /^\$\{(data\.aws_iam_policy_document\.[\w-]+)\.json\}$/.exec(String(reference))?.[1];
    if (name === undefined) throw new Error(`${String(reference)} is no reference to a policy document`);
    return objects(this.at(name)["statement"]);
  }

  /** The containers of a task definition, Terraform's expressions as they are written. */
  containers(): JsonObject[] {
    const definitions = String(this.only("aws_ecs_task_definition")["container_definitions"]);
    return objects(JSON.parse(quoteExpressions(definitions)) as Json);
  }

  private blocks(section: string, prefix: string, only?: string): Block[] {
    return Object.entries(object(this.json[section] ?? {}))
      .filter(([type]) => only === undefined || type === only)
      .flatMap(([type, byId]) =>
        Object.entries(object(byId)).map(([id, values]) => ({
          stack: this.id,
          type,
          id,
          address: `${prefix}${type}.${id}`,
          values: object(values),
        })),
      );
  }
}

export interface Synthesized {
  readonly platform: Platform;
  readonly stacks: ReadonlyMap<string, SynthesizedStack>;
  /** One stack by its id. */
  stack(id: string): SynthesizedStack;
}

const cache = new WeakMap<Fleet, Synthesized>();

/** Every stack of a fleet as Terraform gets it: built, validated, written and read back; once a fleet. */
export function synthesized(fleet: Fleet, options: Omit<PlatformOptions, "outdir"> = {}): Synthesized {
  const held = Object.keys(options).length === 0 ? cache.get(fleet) : undefined;
  if (held !== undefined) return held;
  const outdir = temporaryFolder();
  const platform = buildPlatform(fleet, { ...options, outdir });
  withoutTraces(() => platform.app.synth());
  const stacks = new Map(
    platform.stacks.filter(({ stack }) => stack !== undefined).map(({ id }) => [id, readBack(outdir, id)]),
  );
  const result: Synthesized = {
    platform,
    stacks,
    stack: (id) => {
      const found = stacks.get(id);
      if (found === undefined) throw new Error(`No stack ${id}; there are ${[...stacks.keys()].join(", ")}`);
      return found;
    },
  };
  if (Object.keys(options).length === 0) cache.set(fleet, result);
  return result;
}

/** One stack alone, a tenth of the time that the whole fleet takes. */
export function synthesizedAlone(fleet: Fleet, id: string): SynthesizedStack {
  for (const account of fleet.accounts) {
    for (const plan of KINDS.flatMap((kind) => kind(fleet, account))) {
      if (stackId(account, plan.concern, plan.name) !== id) continue;
      const outdir = temporaryFolder();
      const app = new App({ outdir });
      plan.build(app, {});
      app.synth();
      return readBack(outdir, id);
    }
  }
  throw new Error(`The organization calls for no stack ${id}`);
}

function readBack(outdir: string, id: string): SynthesizedStack {
  const text = readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8");
  return new SynthesizedStack(id, text, JSON.parse(text) as JsonObject);
}

export function object(value: Json | undefined): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${JSON.stringify(value)} is no object`);
  }
  return value as JsonObject;
}

export function list(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) throw new Error(`${JSON.stringify(value)} is no list`);
  return value;
}

export const objects = (value: Json | undefined): JsonObject[] => list(value).map(object);
export const strings = (value: Json | undefined): string[] => list(value).map(String);

/** Every string below a value, with its path. */
export function* texts(value: Json, path = ""): Generator<readonly [path: string, text: string]> {
  if (typeof value === "string") yield [path, value];
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* texts(inner as Json, `${path}/${key}`);
  }
}

/** JSON in which Terraform's expressions, which hold quotes of their own, are plain text. */
function quoteExpressions(template: string): string {
  let result = "";
  for (let at = 0; at < template.length;) {
    const end = template.startsWith("${", at) ? endOfExpression(template, at) : at + 1;
    const part = template.slice(at, end);
    result += end > at + 1 ? JSON.stringify(part).slice(1, -1) : part;
    at = end;
  }
  return result;
}

function endOfExpression(template: string, start: number): number {
  let depth = 0;
  for (let at = start; at < template.length; at++) {
    if (template[at] === "{") depth++;
    if (template[at] === "}" && --depth === 0) return at + 1;
  }
  throw new Error(`An expression that does not end: ${template.slice(start)}`);
}
