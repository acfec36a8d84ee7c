import { Document, Scalar, YAMLMap, type Alias } from "yaml";
import type { Account } from "../../environments/schema/account";
import * as names from "../../environments/schema/names";
import type { Platform } from "../../stacks/graph";
import { TERRAFORM } from "../../modules/delivery/terraform";
import { inputPaths, nodeVersion, organizationPath, toYaml, type WorkflowFile } from "./workflow-file";

const ARCHIVE = `terraform_${TERRAFORM.version}_linux_amd64.zip`;

/** What all steps have in common, once. */
function scripts(branch: string) {
  return {
    install: [
      "npm ci --no-audit --no-fund",
      `curl --fail --silent --show-error --location --output /tmp/terraform.zip https://releases.hashicorp.com/terraform/${TERRAFORM.version}/${ARCHIVE}`,
      `echo "${TERRAFORM.sha256}  /tmp/terraform.zip" | sha256sum --check`,
      "unzip -q -o /tmp/terraform.zip terraform -d /usr/local/bin",
    ],
    // The step's token, in exchange for which AWS gives the role; no key is stored anywhere.
    "sign-in": [
      '(umask 077; printf %s "$BITBUCKET_STEP_OIDC_TOKEN" > /tmp/aws-token)',
      'export AWS_WEB_IDENTITY_TOKEN_FILE=/tmp/aws-token AWS_ROLE_SESSION_NAME="slipway-$BITBUCKET_BUILD_NUMBER"',
    ],
    plan: [
      `git fetch --quiet origin "+refs/heads/${branch}:refs/remotes/origin/${branch}"`,
      `stacks=$(npx slipway affected --account "$ACCOUNT" --base "$(git merge-base HEAD origin/${branch})")`,
      'if [ -n "$stacks" ]; then npx slipway plan $stacks; fi',
    ],
    // A tag holds the last commit that was applied: a manual step may have been passed over more than once.
    apply: [
      'git fetch --quiet --force origin "refs/tags/slipway/applied/*:refs/tags/slipway/applied/*"',
      'base=$(git rev-parse --quiet --verify "refs/tags/slipway/applied/$ACCOUNT^{commit}" || true)',
      'if [ -n "$base" ] && ! git merge-base --is-ancestor "$base" HEAD; then',
      '  echo "$base is applied, which $BITBUCKET_COMMIT does not contain: applying it would undo that. Run the latest pipeline; where the branch was rewritten, delete the tag slipway/applied/$ACCOUNT first."',
      "  exit 1",
      "fi",
      'stacks=$(npx slipway affected --account "$ACCOUNT" --base "$base")',
      "export TF_CLI_ARGS_plan=-lock-timeout=10m TF_CLI_ARGS_apply=-lock-timeout=10m",
      'if [ -n "$stacks" ]; then npx slipway up --auto-approve $stacks; fi',
      'git tag --force "slipway/applied/$ACCOUNT"',
      'git push --force origin "refs/tags/slipway/applied/$ACCOUNT"',
    ],
    drift: ['npx slipway plan "$ACCOUNT" --fail-on-changes'],
  };
}

type ScriptName = keyof ReturnType<typeof scripts>;

/**
 * `bitbucket-pipelines.yml`: a plan of each environment on a pull request; on the branch an apply of each, by hand
 * where a person approves; and a search for drift of each, to be scheduled.
 * https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
 */
export function bitbucketPipelines(
  { fleet }: Pick<Platform, "fleet">,
  branch: string,
  root: string,
): WorkflowFile {
  const document = new Document({});
  const anchors = new Map<string, Scalar>();
  const definitions = new YAMLMap<string, Scalar>();
  for (const [name, lines] of Object.entries(scripts(branch))) {
    const block = new Scalar(`${lines.join("\n")}\n`);
    block.type = Scalar.BLOCK_LITERAL;
    block.anchor = name;
    anchors.set(name, block);
    definitions.set(name, block);
  }
  const use = (...wanted: ScriptName[]): Alias[] =>
    wanted.flatMap((name) => {
      const block = anchors.get(name);
      return block === undefined ? [] : [document.createAlias(block, name)];
    });
  const organization = organizationPath(fleet.directory, root);
  const settings = (account: Account, role: string) =>
    [
      `export ACCOUNT=${account.name} AWS_REGION=${account.region} AWS_ROLE_ARN=${names.roleArn(account, role)}`,
      ...(organization === "environments" ? [] : [`export SLIPWAY_ORGANIZATION=${organization}`]),
    ] as const;
  const condition = {
    changesets: { includePaths: [...inputPaths(organization), "bitbucket-pipelines.yml"] },
  };
  const plan = (account: Account) => ({
    step: {
      name: `Plan ${account.name}`,
      oidc: true,
      "max-time": 60,
      condition,
      script: [...settings(account, names.PLAN_ROLE), ...use("install", "sign-in", "plan")],
    },
  });
  const apply = (account: Account) => ({
    step: {
      name: `Apply ${account.name}`,
      oidc: true,
      "max-time": 60,
      deployment: account.name,
      ...(account.capabilities.applyApproval ? { trigger: "manual" } : {}),
      script: [...settings(account, names.APPLY_ROLE), ...use("install", "sign-in", "apply")],
    },
  });
  const drift = (account: Account) => [
    {
      step: {
        name: `Drift of ${account.name}`,
        oidc: true,
        "max-time": 60,
        script: [...settings(account, names.PLAN_ROLE), ...use("install", "sign-in", "drift")],
      },
    },
  ];
  const validate = {
    step: {
      name: "Validate",
      "max-time": 20,
      script: [
        ...(organization === "environments" ? [] : [`export SLIPWAY_ORGANIZATION=${organization}`]),
        "npm ci --no-audit --no-fund",
        "npx slipway validate",
        "npx slipway workflows --check",
      ],
    },
  };
  const byHand = fleet.accounts.filter(({ capabilities }) => capabilities.applyApproval);
  const byItself = fleet.accounts.filter(({ capabilities }) => !capabilities.applyApproval);
  document.set("image", `node:${nodeVersion(root).major}-bookworm`);
  document.set("clone", document.createNode({ depth: "full" }));
  document.set("definitions", document.createNode({ scripts: definitions }));
  document.set(
    "pipelines",
    document.createNode(
      {
        "pull-requests": { "**": [validate, ...together(fleet.accounts.map(plan))] },
        branches: { [branch]: [validate, ...together(byItself.map(apply)), ...byHand.map(apply)] },
        custom: Object.fromEntries(
          fleet.accounts.map((account) => [`drift-${account.name}`, drift(account)]),
        ),
      },
      { anchorPrefix: "shared-" },
    ),
  );
  return { path: "bitbucket-pipelines.yml", text: toYaml(document, fleet.organization.name) };
}

/** Side by side where there is more than one. */
const together = <T>(steps: readonly T[]): (T | { parallel: readonly T[] })[] =>
  steps.length > 1 ? [{ parallel: steps }] : [...steps];
