import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import { policyDocument } from "../identity/policy";
import { lifecycleRules, repositoryStatements, type RepositoryRules } from "./repository-rules";

export interface RepositoryProps extends RepositoryRules {
  readonly repositoryName: string;
  readonly kmsKeyArn: string;
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
}

/**
 * A repository of images: scanned when pushed, pulled by the organization only. Tags never move, but those that say
 * what is in service, by which the registry keeps it.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
export class Repository extends Construct {
  constructor(scope: Construct, id: string, props: RepositoryProps) {
    super(scope, id);
    const repository = new EcrRepository(this, "repository", {
      name: props.repositoryName,
      imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
      imageTagMutabilityExclusionFilter: [{ filter: `${props.runningTagPrefix}*`, filterType: "WILDCARD" }],
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: props.kmsKeyArn }],
      forceDelete: !props.protection,
      lifecycle: { preventDestroy: props.protection },
    });
    new EcrRepositoryPolicy(this, "policy", {
      repository: repository.name,
      policy: policyDocument(this, "policy_document", repositoryStatements(props)).json,
    });
    new EcrLifecyclePolicy(this, "tidy", { repository: repository.name, policy: lifecycleRules(props) });
  }
}
