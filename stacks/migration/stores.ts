import type { Account } from "../../environments/schema/account";
import type { PlatformStack } from "../platform-stack";
import { read } from "../contract";
import {
  bucketContract,
  databaseContract,
  documentDatabaseContract,
  mysqlClusterContract,
} from "../contracts";

/** How a store of the account is reached by replication. */
export type ReachedStore =
  { readonly clientGroupId: string } | { readonly bucketName: string; readonly bucketArn: string };

/** Kinds of store that a migration may name, and how each is reached. */
const KINDS: Readonly<Record<string, (stack: PlatformStack, name: string) => ReachedStore>> = {
  databases: (stack, name) => ({ clientGroupId: read(stack, databaseContract(name)).clientGroupId }),
  documentDatabases: (stack, name) => ({
    clientGroupId: read(stack, documentDatabaseContract(name)).clientGroupId,
  }),
  mysqlClusters: (stack, name) => ({ clientGroupId: read(stack, mysqlClusterContract(name)).clientGroupId }),
  buckets: (stack, name) => read(stack, bucketContract(name)),
};

/** Kinds of store of an account's `data` that hold one of a name, among those that a migration may name. */
export function storeKind({ data }: Pick<Account, "data">, name: string): string | undefined {
  return Object.entries(data ?? {}).find(([kind, stores]) => kind in KINDS && name in stores)?.[0];
}

/** The store of a name, as its stack publishes it. */
export function reachedStore(stack: PlatformStack, name: string): ReachedStore | undefined {
  const kind = storeKind(stack.account, name);
  return kind === undefined ? undefined : KINDS[kind]?.(stack, name);
}
