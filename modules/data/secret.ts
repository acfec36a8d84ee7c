import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Construct } from "constructs";

export interface SecretProps {
  readonly secretName: string;
  readonly description: string;
  readonly kmsKeyArn: string;
  /** Days in which a deleted secret can be restored; 0 for none. */
  readonly recoveryWindowInDays: number;
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
}

/**
 * A place for a secret in Secrets Manager. Its value is set from outside and never passes through Terraform.
 *
 * Parameter Store has no such place: a parameter exists only with its value, and the provider decrypts each
 * SecureString that it owns, which a plan must not be able to. Those are made together with their value.
 */
export class Secret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    this.arn = new SecretsmanagerSecret(this, "secret", {
      name: props.secretName,
      description: props.description,
      kmsKeyId: props.kmsKeyArn,
      recoveryWindowInDays: props.recoveryWindowInDays,
      lifecycle: { preventDestroy: props.protection },
    }).arn;
  }
}
