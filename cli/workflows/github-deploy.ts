import type { Account } from "../../environments/schema/account";
import * as names from "../../environments/schema/names";
import {
  assumeRole,
  checkout,
  installSlipway,
  installTerraform,
  script,
  summarize,
  type Step,
} from "./github-steps";
import { LOCK_TIMEOUT } from "./github-reusable";
import { RUNNER } from "./pins";

interface Settings {
  readonly branch: string;
  /** File that names Node's version. */
  readonly nodeFile: string;
  /** Environment variables of every step. */
  readonly env: Readonly<Record<string, string>>;
}

const text = (description: string) => ({ description, required: true, type: "string" });
const INPUTS = {
  image: text("The image's name"),
  digest: text("Its digest, sha256: and 64 digits"),
};

const shell = ({ env }: Settings) => ({
  permissions: {},
  ...(Object.keys(env).length === 0 ? {} : { env }),
  defaults: { run: { shell: "bash" } },
});

/**
 * The workflow that services' repositories start: one digest, account after account, each behind the reviewers of
 * the environment that is named as it.
 */
export function deployWorkflow(accounts: readonly Account[], settings: Settings) {
  const { branch, nodeFile } = settings;
  const ids = accounts.map(({ name }) => name);
  return {
    name: "deploy",
    "run-name": "${{ inputs.image }} ${{ inputs.digest }}",
    on: { workflow_dispatch: { inputs: INPUTS } },
    ...shell(settings),
    jobs: {
      stages: {
        "runs-on": RUNNER,
        "timeout-minutes": 15,
        permissions: { contents: "read" },
        outputs: Object.fromEntries(ids.map((id) => [id, `\${{ steps.stages.outputs.${id} }}`])),
        steps: [
          {
            name: "Refuse another branch, and what is no digest",
            env: { IMAGE: "${{ inputs.image }}", DIGEST: "${{ inputs.digest }}" },
            run: script(
              'refuse() { echo "::error::$1 Nothing was deployed."; exit 1; }',
              `[ "$GITHUB_REF" = refs/heads/${branch} ] || refuse "Deployments are of ${branch}, and this is $GITHUB_REF_NAME."`,
              '[[ "$IMAGE" =~ ^[a-z0-9-]+$ ]] || refuse "This is no name of an image."',
              '[[ "$DIGEST" =~ ^sha256:[0-9a-f]{64}$ ]] || refuse "This is no digest, but sha256: and 64 digits is one."',
            ),
          },
          checkout(),
          ...installSlipway(nodeFile),
          {
            name: "Find the accounts",
            id: "stages",
            env: { IMAGE: "${{ inputs.image }}" },
            run: 'npx slipway stages "$IMAGE" --outputs "$GITHUB_OUTPUT"\n',
          },
        ],
      },
      ...Object.fromEntries(
        accounts.map((account, index) => {
          const before = ids.slice(0, index).map((id) => `deploy-${id}`);
          return [
            `deploy-${account.name}`,
            {
              needs: ["stages", ...before],
              // An account that does not run the image is passed over; one where it failed ends it.
              if: [
                "!cancelled() && needs.stages.result == 'success'",
                ...before.map((id) => `(needs.${id}.result == 'success' || needs.${id}.result == 'skipped')`),
                `needs.stages.outputs.${account.name} != ''`,
              ].join(" && "),
              permissions: { actions: "read", contents: "read", "id-token": "write" },
              uses: "./.github/workflows/slipway-deploy.yml",
              with: {
                account: account.name,
                "account-id": account.id,
                region: account.region,
                role: names.roleArn(account, names.RELEASE_ROLE),
                services: `\${{ needs.stages.outputs.${account.name} }}`,
                image: "${{ inputs.image }}",
                digest: "${{ inputs.digest }}",
              },
            },
          ];
        }),
      ),
    },
  };
}

/** Deploys one digest to the services of one account that run the image. */
export const deployAccountWorkflow = (settings: Settings) => ({
  name: "slipway-deploy",
  on: {
    workflow_call: {
      inputs: {
        account: text("The account's name"),
        "account-id": text("The account's id"),
        region: text("The account's region"),
        role: text("ARN of the role to take on"),
        services: text("Services that run the image, separated by blanks"),
        ...INPUTS,
      },
    },
  },
  ...shell(settings),
  jobs: {
    deploy: {
      "runs-on": RUNNER,
      "timeout-minutes": 180,
      environment: "${{ inputs.account }}",
      // One deployment of an image to an account at a time; of those that wait, the latest goes on.
      concurrency: { group: "deploy-${{ inputs.account }}-${{ inputs.image }}", "cancel-in-progress": false },
      permissions: { actions: "read", contents: "read", "id-token": "write" },
      steps: [
        checkout(true),
        asApplied(settings.branch),
        ...installSlipway(settings.nodeFile),
        installTerraform,
        assumeRole("slipway-deploy", 4 * 3600),
        {
          name: "Deploy",
          env: {
            ACCOUNT: "${{ inputs.account }}",
            SERVICES: "${{ inputs.services }}",
            DIGEST: "${{ inputs.digest }}",
            ...LOCK_TIMEOUT,
          },
          run: script(
            'read -r -a services <<< "$SERVICES"',
            'for service in "${services[@]}"; do',
            '  npx slipway deploy "$service" --account "$ACCOUNT" --image "$DIGEST" 2>&1 | tee -a "$RUNNER_TEMP/slipway.txt"',
            "done",
          ),
        },
        {
          name: "Summarize",
          if: "always()",
          env: { TITLE: "${{ inputs.account }}: ${{ inputs.image }}" },
          run: summarize("slipway.txt"),
        },
      ],
    },
  },
});

/**
 * The description as it is applied to the account: a deployment brings an image, never a change that waits for its
 * own approval, nor does it take one back.
 */
const asApplied = (branch: string): Step => ({
  name: "Take the description that is applied",
  env: { GH_TOKEN: "${{ github.token }}", WORKFLOW: "${{ inputs.account }}.yml", BRANCH: branch },
  run: script(
    'applied=$(gh run list --workflow "$WORKFLOW" --branch "$BRANCH" --status success --limit 100 --json event,headSha --jq \'[.[] | select(.event == "push" or .event == "workflow_dispatch")][0].headSha // ""\')',
    'commit=$(git rev-parse --quiet --verify "$applied^{commit}" || git rev-parse HEAD)',
    'git checkout --quiet --detach "$commit"',
    'echo "The description is that of $commit."',
  ),
});
