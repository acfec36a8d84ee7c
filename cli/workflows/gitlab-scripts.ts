import { TERRAFORM } from "../../modules/delivery/terraform";
import { script } from "./github-steps";

/** The variable in which GitLab hands a job the token that AWS trusts. */
export const TOKEN = "SLIPWAY_TOKEN";

const ARCHIVE = `terraform_${TERRAFORM.version}_linux_amd64.zip`;

/** Slipway and its libraries, as package-lock.json has them. */
export const installSlipway = script("npm ci --no-audit --no-fund --cache .npm --prefer-offline");

export const installTerraform = script(
  `curl --fail --silent --show-error --location --output /tmp/terraform.zip https://releases.hashicorp.com/terraform/${TERRAFORM.version}/${ARCHIVE}`,
  `echo "${TERRAFORM.sha256}  /tmp/terraform.zip" | sha256sum --check`,
  "unzip -q -o /tmp/terraform.zip terraform -d /usr/local/bin",
);

/** The job's token, in exchange for which AWS gives the role of `AWS_ROLE_ARN`; no key is stored anywhere. */
export const signIn = script(
  "AWS_WEB_IDENTITY_TOKEN_FILE=$(mktemp)",
  `printf %s "$${TOKEN}" > "$AWS_WEB_IDENTITY_TOKEN_FILE"`,
  'export AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_SESSION_NAME="slipway-$CI_JOB_ID"',
);

/** Commits of the deployments to the account's environment that have a status, the newest first. */
export const deployed = [
  "deployed() {",
  '  curl --fail --silent --show-error --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$CI_PROJECT_ID/deployments?environment=$ACCOUNT&status=$1&order_by=id&sort=desc&per_page=100" |',
  '    node -p \'JSON.parse(require("fs").readFileSync(0, "utf8")).map(({ sha }) => sha).join("\\n")\'',
  "}",
];

const fetchBranch = (branch: string) =>
  `git fetch --quiet origin "+refs/heads/${branch}:refs/remotes/origin/${branch}"`;

/**
 * Writes the account's child pipeline: on a merge request plans of what changed since the branch, on the branch
 * applies of what changed since the last pipeline that got through, by hand applies of everything.
 */
export const findAffected = (branch: string) =>
  script(
    "set -eo pipefail",
    ...deployed,
    fetchBranch(branch),
    'case "$CI_PIPELINE_SOURCE" in',
    `  merge_request_event) base=$(git merge-base HEAD origin/${branch}) apply= ;;`,
    "  push)",
    "    applied=$(deployed success)",
    "    base=$(git rev-parse --quiet --verify \"${applied%%$'\\n'*}^{commit}\" || true) apply=--apply",
    "    ;;",
    "  *) base= apply=--apply ;;",
    "esac",
    'npx slipway affected --account "$ACCOUNT" --base "$base" --child-pipeline "slipway-$ACCOUNT.yml" $apply',
  );

export const planStacks = script("npx slipway plan $STACKS");

export const waitForLocks = [
  "# An apply of somebody by hand is waited for, not failed on.",
  "export TF_CLI_ARGS_plan=-lock-timeout=10m TF_CLI_ARGS_apply=-lock-timeout=10m",
];

/** Fails where a later pipeline applied something, be it in part, since that would be undone. */
export const applyStacks = (branch: string) =>
  script(
    "set -eo pipefail",
    ...deployed,
    fetchBranch(branch),
    "for status in running success failed canceled; do",
    '  commits=$(deployed "$status")',
    "  for commit in $commits; do",
    `    if git merge-base --is-ancestor "$commit" origin/${branch} 2> /dev/null && ! git merge-base --is-ancestor "$commit" HEAD; then`,
    '      echo "A later pipeline applied $commit, which $CI_COMMIT_SHA does not contain: applying it would undo that. Run the latest one again, or a new pipeline."',
    "      exit 1",
    "    fi",
    "  done",
    "done",
    ...waitForLocks,
    "npx slipway up --auto-approve $STACKS",
  );

export const searchForDrift = script('npx slipway plan "$ACCOUNT" --fail-on-changes');
