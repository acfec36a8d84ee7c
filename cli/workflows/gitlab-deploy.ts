import type { Account } from "../../environments/schema/account";
import * as names from "../../environments/schema/names";
import { script } from "./github-steps";
import { deployed, installSlipway, installTerraform, signIn, TOKEN, waitForLocks } from "./gitlab-scripts";

/** What the platform's pipeline is told by those who start a deployment; empty in every other pipeline. */
export const DEPLOY_INPUTS = {
  image: {
    description: "Name of the image to deploy; nothing else is then done.",
    default: "",
    regex: "^([a-z0-9-]+)?$",
  },
  digest: {
    description: "Its digest, sha256: and 64 digits.",
    default: "",
    regex: "^(sha256:[0-9a-f]{64})?$",
  },
};

/** Inputs are checked by GitLab, and come into scripts as variables only. */
export const DEPLOY_VARIABLES = { IMAGE: "$[[ inputs.image ]]", DIGEST: "$[[ inputs.digest ]]" };

/** Where the pipeline is no deployment. */
export const NO_DEPLOYMENT = '$IMAGE == ""';

/** Templates of the jobs that deploy. */
export function deployTemplates(project: string, branch: string, audience: string) {
  const rule = {
    if: `$CI_PIPELINE_SOURCE =~ /^(pipeline|web|api)$/ && $CI_PROJECT_PATH == "${project}" && $CI_COMMIT_BRANCH == "${branch}" && $IMAGE != ""`,
  };
  return {
    ".slipway-deploy": {
      extends: ".slipway",
      stage: "deploy",
      id_tokens: { [TOKEN]: { aud: audience } },
      rules: [rule],
      before_script: [asApplied, installSlipway, installTerraform, signIn],
      script: [deploy],
      timeout: "3h",
      // Never broken off by a later pipeline.
      interruptible: false,
    },
    ".slipway-deploy-by-hand": { extends: ".slipway-deploy", rules: [{ ...rule, when: "manual" }] },
  };
}

/** The accounts that images are deployed to, one after another. */
export const deployJobs = (accounts: readonly Account[]) =>
  accounts.map((account, index) => {
    const { name } = account;
    const before = accounts[index - 1];
    return [
      `deploy ${name}`,
      {
        extends: account.capabilities.applyApproval ? ".slipway-deploy-by-hand" : ".slipway-deploy",
        needs: before === undefined ? [] : [`deploy ${before.name}`],
        variables: {
          ACCOUNT: name,
          AWS_REGION: account.region,
          AWS_ROLE_ARN: names.roleArn(account, names.RELEASE_ROLE),
        },
        // One deployment of an image to an account at a time.
        resource_group: `deploy-${name}-$IMAGE`,
        // Not the account's own, whose deployments are what was applied.
        environment: { name: `${name}/services` },
      },
    ] as const;
  });

/**
 * The description as it is applied to the account: a deployment brings an image, never a change that waits for its
 * own approval, nor does it take one back.
 */
const asApplied = script(
  ...deployed,
  "applied=$(deployed success)",
  'commit=$(git rev-parse --quiet --verify "$(head -n 1 <<< "$applied")^{commit}" || git rev-parse HEAD)',
  'git checkout --quiet --detach "$commit"',
  'echo "The description is that of $commit."',
);

const deploy = script(
  'refuse() { echo "$1 Nothing was deployed."; exit 1; }',
  '[[ "$IMAGE" =~ ^[a-z0-9-]+$ ]] || refuse "This is no name of an image."',
  '[[ "$DIGEST" =~ ^sha256:[0-9a-f]{64}$ ]] || refuse "This is no digest, but sha256: and 64 digits is one."',
  'services=$(npx slipway stages "$IMAGE" --account "$ACCOUNT")',
  '[ -n "$services" ] || echo "Nothing in $ACCOUNT runs $IMAGE."',
  ...waitForLocks,
  "for service in $services; do",
  '  npx slipway deploy "$service" --account "$ACCOUNT" --image "$DIGEST"',
  "done",
);
