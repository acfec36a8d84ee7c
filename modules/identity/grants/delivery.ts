import { actions, anywhere, inRegions, type Grant } from "./grant";

/** The registry of images; never an image. */
export const delivery: Grant = {
  concern: "delivery",
  description: "Repositories of images and who may pull from them; no images",
  types: ["aws_ecr"],
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
  ],
};
