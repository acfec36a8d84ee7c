import {
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { emulatorEndpoint } from "../workspace";
import type { LastingOptions } from "./clients";

/** An object as it was read, and the tag by which only this version of it is replaced or removed. */
export interface StoredObject {
  readonly text: string;
  readonly etag: string;
  /** When it was written, by the store's clock. */
  readonly modified: Date;
}

/** Small texts by key, each written only on conditions that the store itself holds to. */
export interface ObjectStore {
  /** Writes what is not there yet; returns its tag, or nothing when somebody was first. */
  create(key: string, text: string): Promise<string | undefined>;
  /** Writes over the version with this tag; returns the new tag, or nothing when it is not that version any more. */
  replace(key: string, text: string, etag: string): Promise<string | undefined>;
  /** Removes the version with this tag; one that is gone or another stays as it is. */
  remove(key: string, etag: string): Promise<void>;
  read(key: string): Promise<StoredObject | undefined>;
  /** Keys below a prefix, sorted. */
  keys(prefix: string): Promise<string[]>;
  /** Now, by the store's clock as far as it is known. */
  now(): number;
}

/**
 * Objects of a bucket, by conditional requests.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
 */
export class BucketStore implements ObjectStore {
  private readonly client: S3Client;

  constructor(
    options: LastingOptions,
    private readonly bucket: string,
    /** Account that the bucket must be of. */
    private readonly owner: string,
  ) {
    this.client = new S3Client({ ...options, forcePathStyle: emulatorEndpoint() !== undefined });
  }

  create(key: string, text: string): Promise<string | undefined> {
    return this.put(key, text, { IfNoneMatch: "*" });
  }

  replace(key: string, text: string, etag: string): Promise<string | undefined> {
    return this.put(key, text, { IfMatch: etag });
  }

  async remove(key: string, etag: string): Promise<void> {
    try {
      await this.client.send(new DeleteObjectCommand({ ...this.at(key), IfMatch: etag }));
    } catch (error) {
      if (!isStatus(error, 404, 409, 412)) throw error;
    }
  }

  async read(key: string): Promise<StoredObject | undefined> {
    try {
      const { Body, ETag = "", LastModified } = await this.client.send(new GetObjectCommand(this.at(key)));
      const text = (await Body?.transformToString()) ?? "";
      return { text, etag: ETag, modified: LastModified ?? new Date(this.now()) };
    } catch (error) {
      if (isStatus(error, 404)) return undefined;
      throw error;
    }
  }

  async keys(prefix: string): Promise<string[]> {
    const found: string[] = [];
    const pages = paginateListObjectsV2(
      { client: this.client },
      { Bucket: this.bucket, ExpectedBucketOwner: this.owner, Prefix: prefix },
    );
    for await (const { Contents: contents = [] } of pages)
      for (const { Key: key } of contents) if (key !== undefined) found.push(key);
    return found.sort();
  }

  now(): number {
    return Date.now() + this.client.config.systemClockOffset;
  }

  private async put(
    key: string,
    text: string,
    condition: { readonly IfNoneMatch: "*" } | { readonly IfMatch: string },
  ): Promise<string | undefined> {
    try {
      const { ETag: etag } = await this.client.send(
        new PutObjectCommand({
          ...this.at(key),
          Body: text,
          ContentType: "application/json",
          ...condition,
        }),
      );
      return etag ?? "";
    } catch (error) {
      // 412 and, of two at the same moment, 409; 404 when what was to be replaced is gone.
      if (isStatus(error, 404, 409, 412) && !isMissingBucket(error)) return undefined;
      throw error;
    }
  }

  private at(key: string) {
    return { Bucket: this.bucket, Key: key, ExpectedBucketOwner: this.owner };
  }
}

const isStatus = (error: unknown, ...codes: readonly number[]) =>
  error instanceof S3ServiceException && codes.includes(error.$metadata.httpStatusCode ?? 0);
const isMissingBucket = (error: unknown) =>
  error instanceof S3ServiceException && error.name === "NoSuchBucket";
