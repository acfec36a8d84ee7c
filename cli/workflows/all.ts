import type { Platform } from "../../stacks/graph";
import { bitbucketPipelines } from "./bitbucket";
import { githubWorkflows } from "./github";
import { gitlabPipelines } from "./gitlab";
import type { WorkflowFile } from "./workflow-file";

/** The files of an organization's CI engine. `root` is the repository that they are for. */
export function workflowFiles(platform: Platform, root: string): WorkflowFile[] {
  const ci = platform.fleet.organization.continuousIntegration;
  switch (ci.provider) {
    case "github":
      return githubWorkflows(platform, ci.branch, root);
    case "bitbucket":
      return [bitbucketPipelines(platform, ci.branch, root)];
    case "gitlab":
      return gitlabPipelines(platform, ci, root);
  }
}
