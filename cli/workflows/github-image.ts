import { platformRepository, type Delivery } from "../../environments/schema/deliveries";
import type { Fleet } from "../../environments/schema/fleet";
import type { PushTarget } from "./delivery-target";
import { imageInputs } from "./image-inputs";
import { checkout, pinned, script, type Step } from "./github-steps";
import { imageScripts } from "./image-scripts";
import { ACTIONS, ARM_RUNNER, RUNNER } from "./pins";
import { yamlOf, type WorkflowFile } from "./workflow-file";

/** The platform's repository, as services' repositories see it. */
export interface GithubPlatform {
  readonly organization: string;
  /** `owner/name` */
  readonly repository: string;
  /** The branch that is applied, whose workflows services use. */
  readonly branch: string;
}

export function githubPlatform({ organization }: Fleet): GithubPlatform {
  const { name, continuousIntegration: ci } = organization;
  return { organization: name, repository: platformRepository(ci), branch: ci.branch };
}

const optional = (description: string, value: string) => ({
  description,
  default: value,
  required: false,
  type: "string",
});
const required = (description: string) => ({ description, required: true, type: "string" });

const INPUTS = {
  image: required("The image's name in the platform"),
  repository: required("Its repository in the registry"),
  architecture: optional("What it is built for: amd64 or arm64", "amd64"),
  context: optional("Folder that it is built from", "."),
  dockerfile: optional("The Dockerfile, below the folder", "Dockerfile"),
  target: optional("Stage of the Dockerfile; empty for its last", ""),
  check: optional("Compiles and analyses the code; empty for nothing", ""),
  test: optional("Tests the code; empty for nothing", ""),
};

const SECRET = "deploy-app-key";
const CLIENT_ID = "SLIPWAY_DEPLOY_APP_CLIENT_ID";

const command = (name: string, input: "check" | "test"): Step => ({
  name,
  if: `inputs.${input} != ''`,
  "working-directory": "${{ inputs.context }}",
  env: { COMMAND: `\${{ inputs.${input} }}` },
  run: 'bash -e -o pipefail -c "$COMMAND"\n',
});

/**
 * The workflow that services' repositories call: check and test; and on a tag build, push, scan and start the
 * deployment in the platform's repository.
 */
export function imageWorkflow(target: PushTarget, platform: GithubPlatform) {
  const scripts = imageScripts({ error: "::error::", outputs: "$GITHUB_OUTPUT" });
  const registry = {
    TAG: "${{ github.ref_name }}",
    COMMIT: "${{ github.sha }}",
    REGISTRY: target.host,
    REPOSITORY: "${{ inputs.repository }}",
  };
  const digest = { DIGEST: "${{ steps.push.outputs.digest }}" };
  return {
    name: "slipway-image",
    on: {
      workflow_call: {
        inputs: INPUTS,
        secrets: {
          [SECRET]: { description: "Key of the app that may start deployments", required: true },
        },
      },
    },
    permissions: {},
    defaults: { run: { shell: "bash" } },
    jobs: {
      test: {
        "runs-on": RUNNER,
        "timeout-minutes": 60,
        permissions: { contents: "read" },
        steps: [checkout(), command("Check", "check"), command("Test", "test")],
      },
      image: {
        if: "github.event_name == 'push' && startsWith(github.ref, 'refs/tags/')",
        needs: "test",
        "runs-on": `\${{ inputs.architecture == 'arm64' && '${ARM_RUNNER}' || '${RUNNER}' }}`,
        "timeout-minutes": 60,
        permissions: { contents: "read", "id-token": "write" },
        outputs: { digest: "${{ steps.push.outputs.digest }}" },
        env: registry,
        steps: [
          checkout(true),
          {
            name: "Refuse what is not merged",
            env: { DEFAULT_BRANCH: "${{ github.event.repository.default_branch }}" },
            run: scripts.refuse,
          },
          {
            name: "Take on the role that pushes",
            uses: pinned(ACTIONS.credentials),
            with: {
              "role-to-assume": `${target.rolePrefix}\${{ inputs.image }}`,
              "role-session-name": "slipway-push-${{ github.run_id }}",
              "aws-region": target.region,
              "allowed-account-ids": target.accountId,
            },
          },
          {
            name: "Build and push",
            id: "push",
            env: {
              ARCHITECTURE: "${{ inputs.architecture }}",
              CONTEXT: "${{ inputs.context }}",
              DOCKERFILE: "${{ inputs.dockerfile }}",
              TARGET: "${{ inputs.target }}",
            },
            run: scripts.push,
          },
          { name: "Scan", env: digest, run: scripts.scan },
          { name: "Tag", env: digest, run: scripts.tag },
        ],
      },
      deploy: {
        needs: "image",
        "runs-on": RUNNER,
        "timeout-minutes": 5,
        permissions: {},
        steps: startDeployment(platform),
      },
    },
  };
}

/** A job's own token reaches its repository only, hence the app's, for this one right in this one repository. */
function startDeployment({ repository, branch }: GithubPlatform): Step[] {
  const [owner = "", name = ""] = repository.split("/");
  return [
    {
      name: "Ask for the right to start it",
      id: "app",
      uses: pinned(ACTIONS.appToken),
      with: {
        "client-id": `\${{ vars.${CLIENT_ID} }}`,
        "private-key": `\${{ secrets.${SECRET} }}`,
        owner,
        repositories: name,
        "permission-actions": "write",
      },
    },
    {
      name: "Start the deployment",
      env: {
        GH_TOKEN: "${{ steps.app.outputs.token }}",
        PLATFORM: repository,
        BRANCH: branch,
        IMAGE: "${{ inputs.image }}",
        DIGEST: "${{ needs.image.outputs.digest }}",
      },
      run: script(
        'gh workflow run deploy.yml --repo "$PLATFORM" --ref "$BRANCH" --field image="$IMAGE" --field digest="$DIGEST" || {',
        '  echo "::error::$PLATFORM did not start the deployment of $IMAGE. The image is in the registry: run this job again, or deploy.yml there with $DIGEST."',
        "  exit 1",
        "}",
        'echo "$IMAGE $DIGEST: $GITHUB_SERVER_URL/$PLATFORM/actions/workflows/deploy.yml" >> "$GITHUB_STEP_SUMMARY"',
      ),
    },
  ];
}

/** The file of a service's own repository: what differs, and a call of the platform's workflow. */
export function callerWorkflow(
  delivery: Delivery,
  tagPattern: string,
  { organization, repository: platform, branch }: GithubPlatform,
): WorkflowFile {
  const workflow = {
    name: "release",
    on: { pull_request: null, push: { tags: [tagPattern] } },
    permissions: {},
    jobs: {
      image: {
        permissions: { contents: "read", "id-token": "write" },
        uses: `${platform}/.github/workflows/slipway-image.yml@${branch}`,
        with: imageInputs(delivery),
        secrets: { [SECRET]: "${{ secrets.SLIPWAY_DEPLOY_APP_KEY }}" },
      },
    },
  };
  return { path: `.github/workflows/${delivery.name}.yml`, text: yamlOf(workflow, organization) };
}
