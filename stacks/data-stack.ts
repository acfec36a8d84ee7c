import { bucketStacks } from "./data/bucket";
import { cacheStacks } from "./data/cache";
import { databaseStacks } from "./data/database";
import { deliveryStreamStacks } from "./data/delivery-stream";
import { documentDatabaseStacks } from "./data/document-database";
import { externalDatabaseStacks } from "./data/external-database";
import { fileSystemStacks } from "./data/file-system";
import { memoryDatabaseStacks } from "./data/memory-database";
import { searchDomainStacks } from "./data/search-domain";
import { streamStacks } from "./data/stream";
import { mysqlClusterStacks } from "./data/mysql-cluster";
import { tableStacks } from "./data/table";
import { volumeStacks } from "./data/volumes";
import type { StackKind } from "./stack-kind";

/** Every kind of store; each entry of an account's `data` is a stack of its own. A new kind is a file and a line here. */
const STORES: readonly StackKind[] = [
  databaseStacks,
  cacheStacks,
  documentDatabaseStacks,
  memoryDatabaseStacks,
  searchDomainStacks,
  bucketStacks,
  fileSystemStacks,
  volumeStacks,
  streamStacks,
  deliveryStreamStacks,
  mysqlClusterStacks,
  externalDatabaseStacks,
  tableStacks,
];

export const dataStacks: StackKind = (fleet, account) => STORES.flatMap((store) => store(fleet, account));
