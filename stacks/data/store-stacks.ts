import type { Construct } from "constructs";
import type { Data, StoreKind } from "../../environments/schema/data";
import type { PlatformStack, PlatformStackProps } from "../platform-stack";
import type { StackKind } from "../stack-kind";

/** An entry of one kind in an account's `data`. */
export type StoreDefinition<K extends StoreKind> = Data[K] extends Record<string, infer D> ? D : never;

/** What the stack of one store is made from: its name, and its entry. */
export interface StoreStackProps<K extends StoreKind> extends Omit<PlatformStackProps, "concern" | "name"> {
  readonly name: string;
  readonly definition: StoreDefinition<K>;
}

/** A stack `data-<name>` for each entry of one kind, sorted by name. */
export function storeStacks<K extends StoreKind>(
  entries: (data: Data) => Readonly<Record<string, StoreDefinition<K>>>,
  Stack: new (scope: Construct, props: StoreStackProps<K>) => PlatformStack,
): StackKind {
  return (fleet, account) =>
    Object.entries(account.data === undefined ? {} : entries(account.data))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, definition]) => ({
        account,
        concern: "data",
        name,
        build: (scope, options) => new Stack(scope, { fleet, account, name, definition, ...options }),
      }));
}
