import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { keyAdministration, policyDocument, type Statement } from "../identity/policy";

export interface EncryptionKeyProps {
  /** Alias, `alias/...`. */
  readonly alias: string;
  readonly description: string;
  /** @default the provider's */
  readonly region?: string;
  /** The account's root, to which the key's administration is left. */
  readonly accountRootArn: string;
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
  /** Who else may use it. @default nobody */
  readonly statements?: Statement[];
}

/**
 * A customer managed key that rotates each year and can be restored for thirty days.
 * https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export class EncryptionKey extends Construct {
  readonly key: KmsKey;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const region = props.region === undefined ? {} : { region: props.region };
    this.key = new KmsKey(this, "key", {
      ...region,
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument(this, "policy", [
        keyAdministration(props.accountRootArn),
        ...(props.statements ?? []),
      ]).json,
      lifecycle: { preventDestroy: props.protection },
    });
    new KmsAlias(this, "alias", { ...region, name: props.alias, targetKeyId: this.key.keyId });
  }
}
