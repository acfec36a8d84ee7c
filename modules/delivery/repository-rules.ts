import { arnEquals, forAnyAws, forArn, stringEquals, type Statement } from "../identity/policy";

export interface RepositoryRules {
  /** The organization whose accounts may pull. */
  readonly organizationId: string;
  /** Accounts' roots and roles that may say what is in service. @default nobody */
  readonly deployers?: readonly { readonly rootArn: string; readonly roleArn: string }[];
  /** Beginning of the tags that say what is in service. */
  readonly runningTagPrefix: string;
  readonly keepImages: number;
  readonly expireUntaggedAfterDays: number;
}

/** Who may pull, and who may tag what is there: without the right to upload a layer nobody can push. */
export function repositoryStatements({ organizationId, deployers = [] }: RepositoryRules): Statement[] {
  return [
    {
      sid: "OrganizationPulls",
      actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
      ],
      principals: forAnyAws(),
      condition: [stringEquals("aws:PrincipalOrgID", organizationId)],
    },
    ...(deployers.length === 0
      ? []
      : [
          {
            sid: "DeploymentsTag",
            actions: ["ecr:PutImage"],
            principals: forArn(...deployers.map(({ rootArn }) => rootArn)),
            condition: [arnEquals("aws:PrincipalArn", ...deployers.map(({ roleArn }) => roleArn))],
          },
        ]),
  ];
}

/** More environments than any image has. */
const ALL_IN_SERVICE = 1000;

/**
 * What is in service stays, however old: an image that one rule selects is out of reach of the rules after it,
 * whether or not that rule expires it.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
 */
export function lifecycleRules({ runningTagPrefix, keepImages, expireUntaggedAfterDays }: RepositoryRules) {
  const rules = [
    {
      description: "Images in service stay",
      selection: {
        tagStatus: "tagged",
        tagPrefixList: [runningTagPrefix],
        countType: "imageCountMoreThan",
        countNumber: ALL_IN_SERVICE,
      },
    },
    {
      description: "Images without a tag",
      selection: {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: expireUntaggedAfterDays,
      },
    },
    {
      description: "All but the newest images",
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keepImages },
    },
  ];
  return JSON.stringify({
    rules: rules.map((rule, index) => ({ rulePriority: index + 1, ...rule, action: { type: "expire" } })),
  });
}
