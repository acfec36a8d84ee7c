import { deliveries } from "../../environments/schema/deliveries";
import type { Fleet } from "../../environments/schema/fleet";
import type { Platform } from "../../stacks/graph";
import { CliError } from "../errors";
import { bitbucketPipelines } from "./bitbucket";
import { deliveryOf } from "./delivery-target";
import { callerWorkflow, githubPlatform } from "./github-image";
import { githubWorkflows } from "./github";
import { gitlabPipelines } from "./gitlab";
import { includer } from "./gitlab-image";
import type { WorkflowFile } from "./workflow-file";

/** What the files are written from; the stacks are asked for only where an engine's files rest on them. */
export type Described = Pick<Platform, "fleet" | "stacks">;

/** The files of an organization's CI engine. `root` is the repository that they are for. */
export function workflowFiles(platform: Described, root: string): WorkflowFile[] {
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

/** The file of CI in the repository of a service, or of an image, which calls what the platform's repository holds. */
export function serviceFile(fleet: Fleet, name: string): WorkflowFile {
  const { delivery: settings } = fleet.organization;
  const delivery = deliveryOf(fleet, name);
  if (settings?.provider === "github")
    return callerWorkflow(delivery, settings.tagPattern, githubPlatform(fleet));
  if (settings?.provider === "gitlab") {
    const { repository } = delivery.source;
    const others = deliveries(fleet).filter(
      (other) => other.name !== delivery.name && other.source.repository === repository,
    );
    if (others.length === 0) return includer(delivery, fleet);
    throw new CliError(
      `${repository} makes several images, and a project of GitLab has one pipeline: ${[delivery, ...others].map((each) => each.name).join(", ")}.`,
      "Write its .gitlab-ci.yml yourself: a child pipeline for each, which includes templates/service.gitlab-ci.yml.",
    );
  }
  throw new CliError(
    `Nothing is written into the repository of ${name}: CodePipeline reads it from outside.`,
    "Its pipeline is a stack: slipway list.",
  );
}
