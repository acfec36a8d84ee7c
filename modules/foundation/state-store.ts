import { Construct } from "constructs";
import { EncryptionKey } from "../data/encryption-key";
import { SecureBucket } from "../data/secure-bucket";
import {
  recordsBucketStatements,
  recordsKeyStatements,
  type RecordsReader,
  type ReleaseRecordsPlace,
} from "../identity/release-records";

export interface StateStoreProps {
  /** The bucket, and where in it records of releases are. */
  readonly records: ReleaseRecordsPlace;
  /** Roles of other accounts that read these records, and nothing else. */
  readonly recordsReaders: readonly RecordsReader[];
  readonly keyAlias: string;
  readonly accountRootArn: string;
  /** False only while the account itself is taken down. */
  readonly protection: boolean;
}

/**
 * Where an account's Terraform states live. Their old versions are kept for a year: a lost state is restored
 * from one. https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateStore extends Construct {
  readonly bucketArn: string;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: StateStoreProps) {
    super(scope, id);
    const { records, recordsReaders } = props;
    const key = new EncryptionKey(this, "encryption", {
      alias: props.keyAlias,
      description: "Encrypts the Terraform states of this account",
      accountRootArn: props.accountRootArn,
      protection: props.protection,
      statements: recordsKeyStatements(records, recordsReaders),
    });
    const store = new SecureBucket(this, "states", {
      bucketName: records.bucketName,
      kmsKeyArn: key.key.arn,
      keepVersionsDays: 365,
      protection: props.protection,
      statements: () => recordsBucketStatements(records, recordsReaders),
    });
    this.bucketArn = store.bucket.arn;
    this.keyArn = key.key.arn;
  }
}
