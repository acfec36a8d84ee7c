import type { Statement } from "../identity/policy";

/** The only ECR action that takes no resource. */
const SIGN_IN: Statement = { sid: "SignIn", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] };

const LOOK = ["ecr:DescribeImages"];
const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const PUSH = ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"];
const SCAN = ["ecr:BatchGetImage", "ecr:DescribeImageScanFindings", "ecr:PutImage"];

/** Verifying: the service's history, which CodeBuild clones by itself. */
export const verifyPermissions = (connectionArn: string): Statement[] => [
  {
    sid: "CloneRepositories",
    actions: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
    resources: [connectionArn],
  },
];

/** Building: what images are built from, and which there are. */
export const buildPermissions = (repositoriesArn: string): Statement[] => [
  SIGN_IN,
  { sid: "PullImages", actions: [...LOOK, ...PULL], resources: [repositoriesArn] },
];

/** Pushing what is built already. */
export const pushPermissions = (repositoriesArn: string): Statement[] => [
  SIGN_IN,
  { sid: "PushImages", actions: [...LOOK, ...PULL, ...PUSH], resources: [repositoriesArn] },
];

/** Judging an image, and giving it its tag. */
export const scanPermissions = (repositoriesArn: string, enhanced: boolean): Statement[] => [
  { sid: "JudgeImages", actions: [...LOOK, ...SCAN], resources: [repositoriesArn] },
  ...enhancedFindings(repositoriesArn, enhanced),
];

/** A service's own CI: all of it, on its one repository. */
export const repositoryPermissions = (repositoryArn: string, enhanced: boolean): Statement[] => [
  SIGN_IN,
  {
    sid: "PushAndJudgeImages",
    actions: [...new Set([...LOOK, ...PULL, ...PUSH, ...SCAN])].sort(),
    resources: [repositoryArn],
  },
  ...enhancedFindings(repositoryArn, enhanced),
];

/**
 * What Amazon Inspector found, ECR asks it for in the caller's name.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-iam.html
 */
function enhancedFindings(repositoryArn: string, enhanced: boolean): Statement[] {
  const [region = "", account = ""] = repositoryArn.split(":").slice(3);
  return enhanced
    ? [
        {
          sid: "ReadFindingsOfInspector",
          actions: ["inspector2:ListCoverage", "inspector2:ListFindings"],
          resources: [`arn:aws:inspector2:${region}:${account}:/*`],
        },
      ]
    : [];
}

/** Deploying: the one account's own role for it, and nothing by itself. */
export const deployPermissions = (releaseRoleArn: string): Statement[] => [
  { sid: "TakeOnRelease", actions: ["sts:AssumeRole"], resources: [releaseRoleArn] },
];
