import type { Platform } from "../../stacks/graph";
import { CliError } from "../errors";
import { bitbucketPipelines } from "./bitbucket";
import { githubWorkflows } from "./github";
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
      throw new CliError(
        "Workflows for GitLab are not written: only its identity is known to the accounts.",
        "Write .gitlab-ci.yml yourself, from slipway affected, plan and up; docs/delivery.md tells how the others do it.",
      );
  }
}
