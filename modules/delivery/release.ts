import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { conditional, Op, Token } from "cdktf";
import { Construct } from "constructs";

/** Value of a release parameter before the first deployment. */
export const NO_RELEASE = "none";

export interface ReleaseProps {
  readonly parameterName: string;
  /** URL of the image repository, without tag or digest. */
  readonly repositoryUrl: string;
}

/**
 * Which image a service runs: a digest in a parameter that a deployment writes and Terraform only reads back.
 * Its own attribute is read, not a data source, so that a refresh is all it takes to pick up a new digest.
 */
export class Release extends Construct {
  readonly parameter: SsmParameter;
  /** `<repository>@<digest>`, or a tag that does not exist while there is no release. */
  readonly image: string;
  /** Whether there is a release; a Terraform expression. */
  readonly exists: ReturnType<typeof Op.neq>;

  constructor(scope: Construct, id: string, props: ReleaseProps) {
    super(scope, id);
    this.parameter = new SsmParameter(this, "parameter", {
      name: props.parameterName,
      description: "Digest of the image in service; written by deployments",
      type: "String",
      insecureValue: NO_RELEASE,
      lifecycle: { ignoreChanges: ["insecure_value", "value"] },
    });
    this.exists = Op.neq(this.parameter.insecureValue, NO_RELEASE);
    const suffix = conditional(this.exists, `@${this.parameter.insecureValue}`, ":none");
    this.image = `${props.repositoryUrl}${Token.asString(suffix)}`;
  }
}
