import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import { forAnyAws, policyDocument, stringEquals } from "../identity/policy";

export interface RepositoryProps {
  readonly repositoryName: string;
  readonly kmsKeyArn: string;
  /** The organization whose accounts may pull. */
  readonly organizationId: string;
  readonly keepImages: number;
  readonly expireUntaggedAfterDays: number;
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
}

/** A repository of images: tags that never move, scanned when pushed, pulled by the organization only. */
export class Repository extends Construct {
  constructor(scope: Construct, id: string, props: RepositoryProps) {
    super(scope, id);
    const repository = new EcrRepository(this, "repository", {
      name: props.repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: props.kmsKeyArn }],
      forceDelete: !props.protection,
      lifecycle: { preventDestroy: props.protection },
    });
    new EcrRepositoryPolicy(this, "policy", {
      repository: repository.name,
      policy: policyDocument(this, "policy_document", [
        {
          sid: "OrganizationPulls",
          actions: [
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:DescribeImages",
            "ecr:GetDownloadUrlForLayer",
          ],
          principals: forAnyAws(),
          condition: [stringEquals("aws:PrincipalOrgID", props.organizationId)],
        },
      ]).json,
    });
    new EcrLifecyclePolicy(this, "tidy", {
      repository: repository.name,
      policy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            description: "Images without a tag",
            selection: {
              tagStatus: "untagged",
              countType: "sinceImagePushed",
              countUnit: "days",
              countNumber: props.expireUntaggedAfterDays,
            },
            action: { type: "expire" },
          },
          {
            rulePriority: 2,
            description: "All but the newest images",
            selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: props.keepImages },
            action: { type: "expire" },
          },
        ],
      }),
    });
  }
}
