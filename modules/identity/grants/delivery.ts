import { actions, anywhere, here, inRegions, type Grant, type GrantScope } from "./grant";

/** The registry of images, and what delivers them; never an image. */
export const delivery: Grant = {
  concern: "delivery",
  description:
    "Repositories of images, who may pull from them, and the pipelines that deliver them; no images",
  types: ["aws_codebuild", "aws_codeconnections", "aws_codepipeline", "aws_ecr"],
  statements: (scope) => [
    {
      sid: "ManageRepositories",
      actions: actions(
        "ecr",
        "CreateRepository",
        "DeleteLifecyclePolicy",
        "DeleteRepository",
        "DeleteRepositoryPolicy",
        "PutImageScanningConfiguration",
        "PutImageTagMutability",
        "PutLifecyclePolicy",
        "SetRepositoryPolicy",
        "TagResource",
        "UntagResource",
      ),
      resources: [anywhere(scope, "ecr", "repository/*")],
    },
    {
      // These take no resource.
      sid: "ManageRegistry",
      actions: actions(
        "ecr",
        "CreateRepositoryCreationTemplate",
        "DeleteRepositoryCreationTemplate",
        "PutRegistryScanningConfiguration",
        "PutReplicationConfiguration",
        "UpdateRepositoryCreationTemplate",
      ),
      resources: ["*"],
      condition: [inRegions(scope)],
    },
    {
      // ECR turns Amazon Inspector on and off in the caller's name where it scans; these take no resource.
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-iam.html
      sid: "ScanByInspector",
      actions: actions("inspector2", "Disable", "Enable", "ListAccountPermissions"),
      resources: ["*"],
      condition: [inRegions(scope)],
    },
    ...pipelines(scope),
  ],
};

const pipelines = (scope: GrantScope) => [
  {
    sid: "ManagePipelines",
    actions: actions(
      "codepipeline",
      "CreatePipeline",
      "DeletePipeline",
      "TagResource",
      "UntagResource",
      "UpdatePipeline",
    ),
    resources: [here(scope, "codepipeline", "*")],
  },
  {
    sid: "ManageProjects",
    actions: actions("codebuild", "CreateProject", "DeleteProject", "UpdateProject"),
    resources: [here(scope, "codebuild", "project/delivery-*")],
  },
  {
    // It takes no resource.
    sid: "MakeConnections",
    actions: ["codeconnections:CreateConnection", "codestar-connections:CreateConnection"],
    resources: ["*"],
    condition: [inRegions(scope)],
  },
  {
    sid: "ManageConnections",
    actions: ["codeconnections", "codestar-connections"].flatMap((service) =>
      actions(service, "DeleteConnection", "PassConnection", "TagResource", "UntagResource"),
    ),
    resources: [
      here(scope, "codeconnections", "connection/*"),
      here(scope, "codestar-connections", "connection/*"),
    ],
  },
];
