import { deployTemplates, NO_DEPLOYMENT } from "./gitlab-deploy";
import {
  applyStacks,
  findAffected,
  installSlipway,
  installTerraform,
  planStacks,
  searchForDrift,
  signIn,
  TOKEN,
} from "./gitlab-scripts";

/** The file of the jobs that all accounts and their child pipelines share. */
export const SHARED_FILE = ".gitlab/slipway.yml";

interface Settings {
  /** The branch that is applied. */
  readonly branch: string;
  /** The project's full path, whose tokens the accounts trust; a fork's is another. */
  readonly project: string;
  /** The audience that tokens are asked for. */
  readonly audience: string;
  /** Node's major version. */
  readonly node: string;
  /** The files that make the stacks. */
  readonly paths: readonly string[];
  /** Whether the same pipeline deploys images. */
  readonly deploys: boolean;
}

/** A merge request from a branch of the project itself: a fork's gets no role, whoever runs its pipeline. */
const ownMergeRequest = (project: string) =>
  `$CI_PIPELINE_SOURCE == "merge_request_event" && $CI_PROJECT_PATH == "${project}" && $CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == $CI_PROJECT_PATH`;

const onBranch = (project: string, branch: string, source: string) =>
  `$CI_PIPELINE_SOURCE == "${source}" && $CI_PROJECT_PATH == "${project}" && $CI_COMMIT_BRANCH == "${branch}"`;

/** Templates of every account's jobs, and of the jobs of the child pipelines that `slipway affected` writes. */
export function sharedJobs({ branch, project, audience, node, paths, deploys }: Settings) {
  const token = { id_tokens: { [TOKEN]: { aud: audience } } };
  const push = { if: onBranch(project, branch, "push"), changes: [...paths] };
  const web = { if: `${onBranch(project, branch, "web")}${deploys ? ` && ${NO_DEPLOYMENT}` : ""}` };
  return {
    ".slipway": {
      image: `node:${node}-bookworm`,
      variables: { GIT_DEPTH: "0" },
      cache: { key: { files: ["package-lock.json"] }, paths: [".npm/"] },
      before_script: [installSlipway],
      timeout: "20m",
      interruptible: true,
    },
    ".slipway-affected": {
      extends: ".slipway",
      stage: "affected",
      rules: [{ if: ownMergeRequest(project), changes: [...paths] }, push, web],
      script: [findAffected(branch)],
      artifacts: { paths: ["slipway-$ACCOUNT.yml"], expire_in: "30 days" },
    },
    ".slipway-plans": {
      stage: "plan",
      rules: [{ if: ownMergeRequest(project), changes: [...paths] }],
    },
    ".slipway-applies": { stage: "apply", rules: [push, web] },
    ".slipway-applies-by-hand": {
      stage: "apply",
      rules: [push, web].map((rule) => ({ ...rule, when: "manual", allow_failure: true })),
    },
    ".slipway-drift": {
      extends: ".slipway",
      stage: "drift",
      ...token,
      rules: [{ if: onBranch(project, branch, "schedule") }],
      before_script: [installSlipway, installTerraform, signIn],
      script: [searchForDrift],
      timeout: "1h",
    },
    ".slipway-plan": {
      extends: ".slipway",
      ...token,
      before_script: [installSlipway, installTerraform, signIn],
      script: [planStacks],
      timeout: "1h",
    },
    ".slipway-apply": {
      extends: ".slipway",
      ...token,
      before_script: [installSlipway, installTerraform, signIn],
      script: [applyStacks(branch)],
      timeout: "3h",
      // Never broken off by a later pipeline.
      interruptible: false,
    },
    ...(deploys ? deployTemplates(project, branch, audience) : {}),
  };
}
