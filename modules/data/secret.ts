import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";

export interface SecretProps {
  readonly store: "secretsManager" | "parameterStore";
  /** Name in Secrets Manager. */
  readonly secretName: string;
  /** Name in Parameter Store. */
  readonly parameterName: string;
  readonly description: string;
  readonly kmsKeyArn: string;
  /** Days in which a deleted secret can be restored; 0 for none. */
  readonly recoveryWindowInDays: number;
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
}

/** Version of a parameter that nobody has set yet: the one Terraform made. */
export const UNSET_PARAMETER_VERSION = 1;

/**
 * A place for a secret. Its value never passes through Terraform: Secrets Manager's is set from outside, and
 * Parameter Store's placeholder is write-only, in neither plan nor state.
 */
export class Secret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const lifecycle = { preventDestroy: props.protection };
    if (props.store === "secretsManager") {
      this.arn = new SecretsmanagerSecret(this, "secret", {
        name: props.secretName,
        description: props.description,
        kmsKeyId: props.kmsKeyArn,
        recoveryWindowInDays: props.recoveryWindowInDays,
        lifecycle,
      }).arn;
      return;
    }
    this.arn = new SsmParameter(this, "parameter", {
      name: props.parameterName,
      description: props.description,
      type: "SecureString",
      keyId: props.kmsKeyArn,
      valueWo: "unset",
      valueWoVersion: UNSET_PARAMETER_VERSION,
      lifecycle,
    }).arn;
  }
}
