import { Construct } from "constructs";
import { EncryptionKey } from "../data/encryption-key";
import { SecureBucket } from "../data/secure-bucket";

export interface StateStoreProps {
  readonly bucketName: string;
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
    const key = new EncryptionKey(this, "encryption", {
      alias: props.keyAlias,
      description: "Encrypts the Terraform states of this account",
      accountRootArn: props.accountRootArn,
      protection: props.protection,
    });
    const store = new SecureBucket(this, "states", {
      bucketName: props.bucketName,
      kmsKeyArn: key.key.arn,
      keepVersionsDays: 365,
      protection: props.protection,
    });
    this.bucketArn = store.bucket.arn;
    this.keyArn = key.key.arn;
  }
}
