import type { OpensearchMigration } from "../../environments/schema/migration/opensearch";
import * as names from "../../environments/schema/names";
import { stringEquals, stringLike, type Statement } from "../../modules/identity/policy";
import type { ToolProps } from "../../modules/migration/tool-tasks";
import { read } from "../contract";
import { keysContract, searchDomainContract, vpcContract } from "../contracts";
import { CompositionError } from "../errors";
import type { PlatformStack } from "../platform-stack";
import { addToolTasks, keyOf } from "./tools";

/** Where a worker unpacks a shard. */
const WORK = "/work";
/** A worker ends with 3 when no shard is left. */
const NOTHING_LEFT = 3;
/** What a JVM ends with when an operator stops it. */
const STOPPED = 143;
const GIB = 1024 ** 3;

/**
 * Migration Assistant's tools, which load from a snapshot: the snapshot and the indices' settings once, and then workers,
 * a shard each, until none is left. Traffic is captured and replayed beside this, by whoever runs the source.
 * https://docs.opensearch.org/latest/migration-assistant/
 */
export function addAssistant(stack: PlatformStack, migration: OpensearchMigration): void {
  const { account } = stack;
  const { id, phase, source, target, assistant, network, indices } = migration;
  if (assistant === undefined) throw new CompositionError(`${id} has no assistant, which a check refuses`);
  const domain = read(stack, searchDomainContract(target.searchDomain));
  const tasks = addToolTasks(stack, migration, {
    images: [assistant.console, assistant.reindexFromSnapshot],
    secrets: source.secret === undefined ? [] : [source.secret],
    reached: [
      {
        end: "source",
        description: "To the source",
        port: Number(new URL(source.endpoint).port || 443),
        cidrBlocks: network.cidrBlocks ?? [read(stack, vpcContract).cidrBlock],
      },
    ],
    clientGroupIds: [domain.clientGroupId],
    statements: statements(stack, domain, id),
    good: [0, NOTHING_LEFT, STOPPED],
  });
  if (phase !== "full-load") return;
  const snapshot = [
    `--snapshot-name ${id}`,
    `--s3-repo-uri s3://${domain.snapshotBucketName}/${id}`,
    `--s3-region ${account.region}`,
  ];
  const loaded = [
    ...snapshot,
    `--s3-local-dir ${WORK}/snapshot`,
    `--source-version "ES ${source.version}"`,
    `--index-allowlist ${indices.map((index) => pattern(index)).join(",")}`,
    `--target-host https://${domain.endpoint}:443`,
    `--target-aws-region ${account.region} --target-aws-service-signing-name es`,
  ];
  const tool = (part: string, image: string, command: readonly string[]): ToolProps => ({
    family: names.migrationTool(account, id, part),
    image,
    cpu: assistant.cpu,
    memory: assistant.memory,
    workFolder: WORK,
    script: `exec ${command.join(" ")}`,
    environment: {},
    secrets:
      part !== "snapshot" || source.secret === undefined
        ? {}
        : {
            SOURCE_USERNAME: keyOf(stack, source.secret, "username"),
            SOURCE_PASSWORD: keyOf(stack, source.secret, "password"),
          },
  });
  tasks.once(
    "snapshot",
    tool("snapshot", assistant.console, [
      "/root/createSnapshot/bin/CreateSnapshot",
      ...snapshot,
      `--source-host ${source.endpoint}`,
      ...(source.secret === undefined
        ? []
        : ['--source-username "$SOURCE_USERNAME" --source-password "$SOURCE_PASSWORD"']),
    ]),
  );
  tasks.once(
    "metadata",
    tool("metadata", assistant.console, ["/root/metadataMigration/bin/MetadataMigration migrate", ...loaded]),
  );
  // None runs before the indices are there: an operator says how many.
  tasks.lasting(
    "backfill",
    {
      ...tool("backfill", assistant.reindexFromSnapshot, [
        "/rfs-app/runJavaWithClasspath.sh org.opensearch.migrations.RfsMigrateDocuments",
        ...loaded,
        `--lucene-dir ${WORK}/lucene`,
        `--max-shard-size-bytes ${(assistant.ephemeralStorage / 2) * GIB}`,
      ]),
      ephemeralStorage: assistant.ephemeralStorage,
    },
    0,
  );
}

/** The assistant takes names, and regular expressions where they say so. */
const pattern = (index: string) =>
  index.includes("*") ? `'regex:${index.replaceAll(".", "\\.").replaceAll("*", ".*")}'` : index;

function statements(
  stack: PlatformStack,
  domain: { readonly domainArn: string; readonly snapshotBucketName: string },
  id: string,
): Statement[] {
  const { region } = stack.account;
  const bucketArn = `arn:aws:s3:::${domain.snapshotBucketName}`;
  return [
    { sid: "WriteIndices", actions: ["es:ESHttp*"], resources: [`${domain.domainArn}/*`] },
    {
      sid: "ListSnapshots",
      actions: ["s3:ListBucket"],
      resources: [bucketArn],
      condition: [stringLike("s3:prefix", id, `${id}/*`)],
    },
    { sid: "ReadSnapshots", actions: ["s3:GetObject"], resources: [`${bucketArn}/${id}/*`] },
    {
      sid: "DecryptSnapshots",
      actions: ["kms:Decrypt"],
      resources: [read(stack, keysContract).dataKeyArn],
      condition: [stringEquals("kms:ViaService", `s3.${region}.amazonaws.com`)],
    },
  ];
}
