import { actions, here, type Grant } from "./grant";

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
      resources: [here(scope, "ecr", "repository/*")],
    },
  ],
};
