import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import type { Account } from "../environments/schema/account";
import type { Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { clientOptions, type Credentials } from "./credentials";
import { CliError } from "./errors";
import { emulatorEndpoint } from "./workspace";

function client(account: Account, credentials: Credentials): S3Client {
  return new S3Client({
    ...clientOptions(credentials, account.region),
    forcePathStyle: emulatorEndpoint() !== undefined,
  });
}

/** Whether the account's state bucket exists. */
export async function stateBucketExists(
  fleet: Fleet,
  account: Account,
  credentials: Credentials,
): Promise<boolean> {
  return exists(() =>
    client(account, credentials).send(
      new HeadBucketCommand({
        Bucket: names.stateBucket(fleet.organization, account),
        ExpectedBucketOwner: account.id,
      }),
    ),
  );
}

/** Whether a stack's state is in the account's bucket. */
export async function stateExists(
  fleet: Fleet,
  account: Account,
  credentials: Credentials,
  stack: string,
): Promise<boolean> {
  return exists(() =>
    client(account, credentials).send(
      new HeadObjectCommand({
        Bucket: names.stateBucket(fleet.organization, account),
        Key: `${stack}.tfstate`,
      }),
    ),
  );
}

/** Ids of the stacks that have a state in the account's bucket. */
export async function storedStates(
  fleet: Fleet,
  account: Account,
  credentials: Credentials,
): Promise<string[]> {
  const s3 = client(account, credentials);
  const found: string[] = [];
  let next: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket: names.stateBucket(fleet.organization, account),
        ContinuationToken: next,
      }),
    );
    for (const { Key: key } of page.Contents ?? [])
      if (key?.endsWith(".tfstate") === true) found.push(key.replace(/\.tfstate$/, ""));
    next = page.NextContinuationToken;
  } while (next !== undefined);
  return found.sort();
}

/** A resource that a state lists. */
export interface StoredResource {
  readonly type: string;
  readonly address: string;
  /** Attributes of each of its instances. */
  readonly instances: readonly Readonly<Record<string, unknown>>[];
}

/** What a stack's state lists; an empty state stays behind after a destroy. */
export interface StoredState {
  readonly resources: readonly StoredResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Reads a stack's state; one that does not exist is empty. */
export async function readState(
  fleet: Fleet,
  account: Account,
  credentials: Credentials,
  stack: string,
): Promise<StoredState> {
  if (!(await stateExists(fleet, account, credentials, stack))) return { resources: [], outputs: {} };
  const { Body: body } = await client(account, credentials).send(
    new GetObjectCommand({ Bucket: names.stateBucket(fleet.organization, account), Key: `${stack}.tfstate` }),
  );
  const { resources, outputs } = stateSchema.parse(JSON.parse((await body?.transformToString()) ?? "{}"));
  return {
    resources: resources
      .filter(({ mode }) => mode === "managed")
      .map(({ type, name, instances }) => ({
        type,
        address: `${type}.${name}`,
        instances: instances.map(({ attributes }) => attributes),
      })),
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])),
  };
}

/** Whether a stack's state lists any resource. */
export async function stateHoldsResources(
  fleet: Fleet,
  account: Account,
  credentials: Credentials,
  stack: string,
): Promise<boolean> {
  return (await readState(fleet, account, credentials, stack)).resources.length > 0;
}

const stateSchema = z.object({
  resources: z
    .array(
      z.object({
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z
          .array(z.object({ attributes: z.record(z.string(), z.unknown()).default({}) }))
          .default([]),
      }),
    )
    .default([]),
  outputs: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
});

/** Deletes every version of every object of the account's state bucket: the last step before the bucket goes. */
export async function emptyStateBucket(
  fleet: Fleet,
  account: Account,
  credentials: Credentials,
): Promise<void> {
  const bucket = names.stateBucket(fleet.organization, account);
  const s3 = client(account, credentials);
  for (;;) {
    const { Versions: versions = [], DeleteMarkers: markers = [] } = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket }),
    );
    const objects = [...versions, ...markers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (objects.length === 0) return;
    await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }));
  }
}

/** @throws CliError when the account was not bootstrapped. */
export async function requireState(fleet: Fleet, account: Account, credentials: Credentials): Promise<void> {
  if (await stateBucketExists(fleet, account, credentials)) return;
  throw new CliError(
    `Account ${account.name} has no state bucket ${names.stateBucket(fleet.organization, account)}; nothing can be planned in it yet.`,
    `Run first: slipway bootstrap ${account.name}`,
  );
}

async function exists(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return false;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof S3ServiceException)
      throw new CliError(
        `S3 refuses the state bucket: ${error.name}: ${message}`,
        "Check the credentials and the bucket's owner.",
      );
    throw new CliError(
      `S3 does not answer: ${message}`,
      "Check the network, the region and AWS_ENDPOINT_URL.",
    );
  }
}
