import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Fn, propertyAccess, Token } from "cdktf";
import { z } from "zod";
import * as names from "../environments/schema/names";
import { CompositionError, ContractTooLargeError } from "./errors";
import type { PlatformStack } from "./platform-stack";

/**
 * Largest value of a standard parameter, bytes.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
 */
export const CONTRACT_LIMIT = 4096;

/** A field of a contract: a string or a list of strings, each with its greatest length. */
type Field = z.ZodString | z.ZodArray<z.ZodString>;
type Shape = Readonly<Record<string, Field>>;

/** What one stack publishes for others: an SSM parameter holding a JSON object. */
export interface Contract<S extends Shape> {
  readonly concern: string;
  readonly name: string;
  readonly schema: z.ZodObject<S>;
}

/** The values of a contract, at both ends; a renamed field fails `tsc` wherever it is read. */
export type ContractValues<S extends Shape> = { readonly [K in keyof S]: z.output<S[K]> };

/** A string of at most `length` characters, and a list of at most `count` such strings. */
export const text = (length: number) => z.string().max(length);
export const texts = (length: number, count: number) => z.array(z.string().max(length)).max(count);

/** Declares a contract `/slipway/<account>/<concern>/<name>`. */
export function contract<const S extends Shape>(concern: string, name: string, shape: S): Contract<S> {
  return { concern, name, schema: z.strictObject(shape) };
}

/**
 * Publishes a contract of this stack.
 * @throws ContractTooLargeError when its longest possible JSON exceeds 4 KB.
 */
export function publish<S extends Shape>(
  stack: PlatformStack,
  { concern, name, schema }: Contract<S>,
  values: ContractValues<S>,
): void {
  if (concern !== stack.concern)
    throw new CompositionError(`${stack.node.id} cannot publish a contract of ${concern}`);
  const path = names.contractParameter(stack.account, concern, name);
  const size = worstCase(schema, values);
  if (size > CONTRACT_LIMIT) throw new ContractTooLargeError(path, size, CONTRACT_LIMIT);
  stack.contracts.published.add(path);
  new SsmParameter(stack, `contract_${identifier(name)}`, {
    name: path,
    type: "String",
    description: `What ${stack.node.id} publishes for other stacks`,
    // Not `value`, which is sensitive and would hide every plan that rests on it; identifiers are no secrets.
    insecureValue: Fn.jsonencode(values),
  });
}

/** Reads a contract of another stack in this account; the graph then applies that stack first. */
export function read<S extends Shape>(
  stack: PlatformStack,
  { concern, name, schema }: Contract<S>,
): ContractValues<S> {
  const path = names.contractParameter(stack.account, concern, name);
  stack.contracts.read.add(path);
  const id = `${identifier(concern)}_${identifier(name)}`;
  const parameter =
    (stack.node.tryFindChild(id) as DataAwsSsmParameter | undefined) ??
    new DataAwsSsmParameter(stack, id, { name: path });
  const decoded = Fn.jsondecode(parameter.insecureValue);
  const entries = Object.entries(schema.shape).map(([key, field]) => {
    const value = propertyAccess(decoded, [key]);
    return [key, field instanceof z.ZodArray ? Token.asList(value) : Token.asString(value)];
  });
  return Object.fromEntries(entries) as ContractValues<S>;
}

const identifier = (name: string) => name.replaceAll(/[^A-Za-z0-9]+/g, "_");

/** Bytes of the longest JSON that the values can become: literals as they are, tokens at their greatest length. */
function worstCase(schema: z.ZodObject, values: Readonly<Record<string, unknown>>): number {
  const fields = Object.entries(schema.shape as Shape).map(([key, field]) => {
    const value = values[key];
    const list = field instanceof z.ZodArray;
    const each = (item: unknown) =>
      Token.isUnresolved(item) || typeof item !== "string"
        ? longest(list ? field.element : (field as z.ZodString), key)
        : Buffer.byteLength(item);
    const known = Array.isArray(value) && !Token.isUnresolved(value) ? value : undefined;
    const lengths = list
      ? (known?.map(each) ?? Array.from({ length: most(field, key) }, () => each(undefined)))
      : [each(value)];
    const content = lengths.reduce((sum, length) => sum + length + 3, 0);
    return Buffer.byteLength(key) + 4 + content + (list ? 2 : 0);
  });
  return 2 + fields.reduce((sum, size) => sum + size, 0);
}

function longest(field: z.ZodString, key: string): number {
  if (field.maxLength === null)
    throw new CompositionError(`The contract's field ${key} has no greatest length`);
  return field.maxLength;
}

function most(field: z.ZodArray<z.ZodString>, key: string): number {
  const check = field.def.checks?.map((item) => item._zod.def).find((def) => def.check === "max_length");
  const maximum = check !== undefined && "maximum" in check ? check.maximum : undefined;
  if (typeof maximum !== "number")
    throw new CompositionError(`The contract's list ${key} has no greatest count`);
  return maximum;
}
