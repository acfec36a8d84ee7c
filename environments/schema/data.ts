import { z } from "zod";
import { slug } from "./common";
import { bucket } from "./data/bucket";
import { cache } from "./data/cache";
import { database } from "./data/database";
import { deliveryStream } from "./data/delivery-stream";
import { documentDatabase } from "./data/document-database";
import { externalDatabase } from "./data/external-database";
import { fileSystem } from "./data/file-system";
import { stream } from "./data/stream";
import { mysqlCluster } from "./data/mysql-cluster";
import { table } from "./data/table";
import { memoryDatabase } from "./data/memory-database";
import { searchDomain } from "./data/search-domain";
import { volume } from "./data/volume";

/** What must not be lost. Each entry is a stack of its own, `data-<name>`. A new kind of store is a file and a line here. */
export const data = z.strictObject({
  caches: z.record(slug(15), cache).default({}).describe("ElastiCache clusters. Default: none."),
  memoryDatabases: z
    .record(slug(15), memoryDatabase)
    .default({})
    .describe("MemoryDB clusters. Default: none."),
  databases: z
    .record(slug(24), database)
    .default({})
    .describe("Relational databases: Aurora clusters and instances of RDS, by `engine`. Default: none."),
  searchDomains: z.record(slug(20), searchDomain).default({}).describe("OpenSearch domains. Default: none."),
  buckets: z.record(slug(24), bucket).default({}).describe("S3 buckets. Default: none."),
  documentDatabases: z
    .record(slug(24), documentDatabase)
    .default({})
    .describe("Amazon DocumentDB clusters, for MongoDB's clients. Default: none."),
  mysqlClusters: z
    .record(slug(20), mysqlCluster)
    .default({})
    .describe("MySQL on EC2 instances, with replicas. Default: none."),
  tables: z.record(slug(24), table).default({}).describe("DynamoDB tables. Default: none."),
  fileSystems: z.record(slug(24), fileSystem).default({}).describe("EFS file systems. Default: none."),
  streams: z.record(slug(24), stream).default({}).describe("Kinesis data streams. Default: none."),
  deliveryStreams: z
    .record(slug(24), deliveryStream)
    .default({})
    .describe("Firehose streams from a stream into a bucket. Default: none."),
  externalDatabases: z
    .record(slug(24), externalDatabase)
    .default({})
    .describe("Databases that somebody else runs, such as MongoDB Atlas. Default: none."),
  volumes: z.record(slug(24), volume).default({}).describe("EBS volumes of instances. Default: none."),
});

export type Data = z.output<typeof data>;

/** Kinds of store, as `data` names them. */
export type StoreKind = keyof Data;

/** Kinds of store that are in the account's isolated subnets. */
export const IN_NETWORK: readonly StoreKind[] = [
  "databases",
  "caches",
  "memoryDatabases",
  "searchDomains",
  "documentDatabases",
  "mysqlClusters",
  "externalDatabases",
];
