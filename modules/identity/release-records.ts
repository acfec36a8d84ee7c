import { arnEquals, forArn, stringEquals, stringLike, type Statement } from "./policy";

/** Where an account keeps records of what was released in it. */
export interface ReleaseRecordsPlace {
  readonly accountId: string;
  readonly region: string;
  /** Name of its state bucket. */
  readonly bucketName: string;
  /** Folder of the records in it. */
  readonly folder: string;
}

/** A role of another account, and that account's root. */
export interface RecordsReader {
  readonly rootArn: string;
  readonly roleArn: string;
}

const bucketArn = ({ bucketName }: ReleaseRecordsPlace) => `arn:aws:s3:::${bucketName}`;

/** ARN of the records' objects. */
export const recordsArn = (place: ReleaseRecordsPlace) => `${bucketArn(place)}/${place.folder}/*`;

/**
 * What S3 decrypts with the key on a reader's behalf: with a bucket key, it shows the bucket's ARN.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
const throughBucket = (place: ReleaseRecordsPlace) => [
  stringEquals("kms:ViaService", `s3.${place.region}.amazonaws.com`),
  stringLike("kms:EncryptionContext:aws:s3:arn", bucketArn(place), recordsArn(place)),
];

/** Reading what was released in other accounts: their records, and no state. */
export function readRecords(places: readonly ReleaseRecordsPlace[]): Statement[] {
  if (places.length === 0) return [];
  return [
    {
      sid: "ListReleasesOfAccountsBefore",
      actions: ["s3:ListBucket"],
      resources: places.map(bucketArn),
      condition: [stringLike("s3:prefix", ...new Set(places.map(({ folder }) => `${folder}/*`)))],
    },
    {
      sid: "ReadReleasesOfAccountsBefore",
      actions: ["s3:GetObject"],
      resources: places.map(recordsArn),
    },
    ...places.map((place, index): Statement => {
      const { accountId, region } = place;
      return {
        sid: `DecryptReleasesOfAccountsBefore${index + 1}`,
        actions: ["kms:Decrypt"],
        resources: [`arn:aws:kms:${region}:${accountId}:key/*`],
        condition: throughBucket(place),
      };
    }),
  ];
}

/** Whom a bucket lets read its records. */
export function recordsBucketStatements(
  place: ReleaseRecordsPlace,
  readers: readonly RecordsReader[],
): Statement[] {
  if (readers.length === 0) return [];
  const principals = forArn(...readers.map(({ rootArn }) => rootArn));
  const releasing = arnEquals("aws:PrincipalArn", ...readers.map(({ roleArn }) => roleArn));
  return [
    {
      sid: "AccountsAfterListReleases",
      actions: ["s3:ListBucket"],
      resources: [bucketArn(place)],
      principals,
      condition: [releasing, stringLike("s3:prefix", `${place.folder}/*`)],
    },
    {
      sid: "AccountsAfterReadReleases",
      actions: ["s3:GetObject"],
      resources: [recordsArn(place)],
      principals,
      condition: [releasing],
    },
  ];
}

/** Whom the bucket's key decrypts records for. */
export function recordsKeyStatements(
  place: ReleaseRecordsPlace,
  readers: readonly RecordsReader[],
): Statement[] {
  if (readers.length === 0) return [];
  return [
    {
      sid: "AccountsAfterDecryptReleases",
      actions: ["kms:Decrypt"],
      resources: ["*"],
      principals: forArn(...readers.map(({ rootArn }) => rootArn)),
      condition: [
        arnEquals("aws:PrincipalArn", ...readers.map(({ roleArn }) => roleArn)),
        ...throughBucket(place),
      ],
    },
  ];
}
