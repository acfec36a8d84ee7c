import { DataAwsSecretsmanagerSecretVersions } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-versions";
import { DataAwsSsmParametersByPath } from "@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path";
import { conditional, Fn, Op, TerraformLocal, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";

export interface ReadinessProps {
  /** Whether there is a release; a Terraform expression. */
  readonly released: ReturnType<typeof Op.neq>;
  /** Secrets that the tasks read, by name. */
  readonly secrets: Readonly<
    Record<
      string,
      {
        readonly arn: string;
        readonly store: "secretsManager" | "parameterStore";
        /** Folder in Parameter Store. */
        readonly folder: string;
      }
    >
  >;
}

/**
 * Whether tasks can start: there is a release, and every secret has a value. Without it ECS would start tasks
 * that cannot; with it the service waits at zero, and each plan says what for. No value is read to find out.
 */
export class Readiness extends Construct {
  // Op renders a right-hand 0 as `undefined` (cdktf 0.21): hence < 1 and >= 1 below.
  /** `true` or `false`, a Terraform expression. */
  readonly ready: ReturnType<typeof Op.and>;

  constructor(scope: Construct, id: string, props: ReadinessProps) {
    super(scope, id);
    const missing = Object.entries(props.secrets)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, secret]) => conditional(this.hasValue(name, secret), [], [name]));
    const withoutValue = new TerraformLocal(
      this,
      "secrets_without_value",
      missing.length === 0 ? [] : Fn.concat(missing),
    );
    const ready = new TerraformLocal(
      this,
      "ready",
      Op.and(props.released, Op.lt(Fn.lengthOf(withoutValue.expression), 1)),
    );
    this.ready = ready.expression as ReturnType<typeof Op.and>;
    if (missing.length === 0) return;
    // Terraform's check blocks have no construct (cdktf 0.21).
    TerraformStack.of(this).addOverride(`check.${ready.friendlyUniqueId.replace(/ready$/, "secrets")}`, {
      assert: [
        {
          condition: Token.asString(Op.lt(Fn.lengthOf(withoutValue.expression), 1)),
          error_message: `Tasks stay at zero: no value yet for \${join(", ", ${withoutValue.fqn})}. docs/operations.md says how to set one.`,
        },
      ],
    });
  }

  private hasValue(name: string, secret: ReadinessProps["secrets"][string]) {
    const id = `secret_${name.replaceAll(/[^A-Za-z0-9]+/g, "_")}`;
    if (secret.store === "secretsManager") {
      const { versions } = new DataAwsSecretsmanagerSecretVersions(this, id, { secretId: secret.arn });
      // Of a secret without any version the list is null.
      return Op.gte(Fn.try([Fn.lengthOf(versions), 0]), 1);
    }
    // Encrypted as it is: whether there is a value is all that is asked.
    const parameters = new DataAwsSsmParametersByPath(this, id, {
      path: secret.folder,
      withDecryption: false,
    });
    return Op.gte(Fn.lengthOf(parameters.names), 1);
  }
}
