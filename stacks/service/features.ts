import { apiStreams } from "./api-streams";
import { brokers } from "./brokers";
import { buckets } from "./buckets";
import { caches } from "./caches";
import { databases } from "./databases";
import { documentDatabases } from "./document-databases";
import { mysqlClusters } from "./mysql-clusters";
import { externalDatabases } from "./external-databases";
import type { ServiceFeature } from "./feature";
import { functions } from "./functions";
import { logRouting } from "./log-routing";
import { memoryDatabases } from "./memory-databases";
import { queues } from "./queues";
import { streams } from "./streams";
import { tables } from "./tables";
import { searchDomains } from "./search-domains";
import { topics } from "./topics";
import { volumes } from "./volumes";

/** Every feature of a service's tasks. A new one is a file and a line here. */
export const FEATURES: readonly ServiceFeature[] = [
  queues,
  topics,
  brokers,
  volumes,
  functions,
  databases,
  caches,
  documentDatabases,
  mysqlClusters,
  memoryDatabases,
  searchDomains,
  buckets,
  streams,
  externalDatabases,
  tables,
  apiStreams,
  logRouting,
];
