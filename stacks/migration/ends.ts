import type { ITerraformDependable } from "cdktf";
import type { DmsMigration } from "../../environments/schema/migration/dms";
import type { Endpoint as EndpointDefinition } from "../../environments/schema/migration/endpoint";
import { defaultSslMode } from "../../environments/schema/migration/engines";
import * as names from "../../environments/schema/names";
import { BucketEndpoint } from "../../modules/migration/bucket-endpoint";
import { Certificate } from "../../modules/migration/certificate";
import { DocumentdbEndpoint } from "../../modules/migration/documentdb-endpoint";
import { Endpoint } from "../../modules/migration/endpoint";
import { read } from "../contract";
import { keysContract, secretContract } from "../contracts";
import type { PlatformStack } from "../platform-stack";
import { reachedStore } from "./stores";

type End = (typeof names.MIGRATION_ENDPOINTS)[number];

interface Access {
  readonly arn: string;
  readonly permissions: ITerraformDependable[];
}

/** The two ends of the way there, and those of the way back where there is one. */
export interface Ends {
  readonly source: string;
  readonly target: string;
  readonly back?: { readonly source: string; readonly target: string };
}

/** Makes the ends of a migration; those of the way back are the same two, each in the other's part. */
export function addEnds(stack: PlatformStack, migration: DmsMigration, access: Access): Ends {
  const { source, target, reverse } = migration;
  const certificates = {
    source: certificate(stack, migration, "source"),
    target: certificate(stack, migration, "target"),
  };
  const end = (name: End, definition: EndpointDefinition, certificateArn?: string, secret?: string) =>
    addEnd(stack, migration, access, { name, definition, certificateArn, secret });
  const there = {
    source: end("source", source, certificates.source),
    target: end("target", target, certificates.target),
  };
  if (!reverse.enabled) return there;
  return {
    ...there,
    back: {
      source: end("reverse-source", target, certificates.target, reverse.sourceSecret),
      target: end("reverse-target", source, certificates.source, reverse.targetSecret),
    },
  };
}

function certificate(
  stack: PlatformStack,
  { id, ...migration }: DmsMigration,
  end: "source" | "target",
): string | undefined {
  const file = migration[end].certificate;
  if (file === undefined) return undefined;
  const content = stack.fleet.certificates[file];
  if (content === undefined) throw new Error(`${id} has no certificate ${file}, which a check refuses`);
  return new Certificate(stack, `${end}_ca`, {
    certificateId: names.migrationCertificate(stack.account, id, end, content),
    content: file.endsWith(".sso") ? { wallet: content } : { pem: content },
  }).arn;
}

function addEnd(
  stack: PlatformStack,
  { id }: DmsMigration,
  access: Access,
  given: {
    readonly name: End;
    readonly definition: EndpointDefinition;
    readonly certificateArn: string | undefined;
    readonly secret: string | undefined;
  },
): string {
  const { name, definition, certificateArn } = given;
  const { account } = stack;
  const { dataKeyArn } = read(stack, keysContract);
  const shared = {
    endpointId: names.migrationEndpoint(account, id, name),
    endpointType: name.endsWith("source") ? ("source" as const) : ("target" as const),
    accessRoleArn: access.arn,
    dataKeyArn,
    dependsOn: access.permissions,
  };
  const construct = name.replaceAll("-", "_");
  const store = definition.store === undefined ? undefined : reachedStore(stack, definition.store);
  if (definition.engineName === "s3") {
    if (store === undefined || !("bucketName" in store))
      throw new Error(`${id} has no bucket, which a check refuses`);
    return new BucketEndpoint(stack, construct, {
      ...shared,
      accountId: account.id,
      bucketName: store.bucketName,
      ...(definition.s3Settings?.bucketFolder === undefined
        ? {}
        : { bucketFolder: definition.s3Settings.bucketFolder }),
      ...(definition.s3Settings?.externalTableDefinition === undefined
        ? {}
        : { externalTableDefinition: definition.s3Settings.externalTableDefinition }),
      dataFormat: definition.s3Settings?.dataFormat ?? "parquet",
    }).arn;
  }
  const secret = given.secret ?? definition.secret;
  if (secret === undefined) throw new Error(`${id} has no secret, which a check refuses`);
  const connection = {
    ...shared,
    secretArn: read(stack, secretContract(secret)).arn,
    sslMode: definition.sslMode ?? defaultSslMode(definition.engineName, certificateArn !== undefined),
    ...(certificateArn === undefined ? {} : { certificateArn }),
  };
  if (definition.engineName === "docdb")
    return new DocumentdbEndpoint(stack, construct, {
      ...connection,
      databaseName: definition.databaseName ?? id,
    }).arn;
  const { mysqlSettings, postgresSettings, mongodbSettings, extraConnectionAttributes } = definition;
  // A slot that was made before is one of the way there only.
  const { slotName: _slot, ...withoutSlot } = postgresSettings ?? { heartbeatEnable: true };
  return new Endpoint(stack, construct, {
    ...connection,
    engineName: definition.engineName,
    ...(definition.databaseName === undefined ? {} : { databaseName: definition.databaseName }),
    mysqlSettings,
    postgresSettings: isPostgres(definition)
      ? name === "source"
        ? (postgresSettings ?? withoutSlot)
        : withoutSlot
      : undefined,
    mongodbSettings: definition.engineName === "mongodb" ? (mongodbSettings ?? MONGODB) : undefined,
    extraConnectionAttributes,
  }).arn;
}

const MONGODB = {
  nestingLevel: "none",
  extractDocId: false,
  authSource: "admin",
};

const isPostgres = ({ engineName }: EndpointDefinition) =>
  engineName === "postgres" || engineName === "aurora-postgresql";
