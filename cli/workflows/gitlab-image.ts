import { platformRepository, type Delivery } from "../../environments/schema/deliveries";
import type { Fleet } from "../../environments/schema/fleet";
import { pushTarget } from "./delivery-target";
import { script } from "./github-steps";
import { signIn, TOKEN } from "./gitlab-scripts";
import { imageInputs } from "./image-inputs";
import { imageScripts } from "./image-scripts";
import { yamlOf, yamlWithInputs, type WorkflowFile } from "./workflow-file";

/** The template that services' projects include. */
export const TEMPLATE_FILE = "templates/service.gitlab-ci.yml";

/** Images that jobs run in. */
const DOCKER = "docker:28.5";
const TOOLS = "buildpack-deps:bookworm";

const text = (description: string, value?: string) => ({
  description,
  ...(value === undefined ? {} : { default: value }),
});

const INPUTS = {
  image: { ...text("The image's name in the platform."), regex: "^[a-z0-9-]+$" },
  repository: text("Its repository in the registry."),
  architecture: { ...text("What it is built for.", "amd64"), options: ["amd64", "arm64"] },
  context: text("Folder that it is built from.", "."),
  dockerfile: text("The Dockerfile, below the folder.", "Dockerfile"),
  target: text("Stage of the Dockerfile; empty for its last.", ""),
  check: text("Compiles and analyses the code; empty for nothing.", ""),
  test: text("Tests the code; empty for nothing.", ""),
  tools: text("Image that check and test run in, with the tools of the code's language.", TOOLS),
  deploy: {
    ...text("Whether the deployment starts by itself or by hand.", "automatic"),
    options: ["automatic", "manual"],
  },
};

const input = (name: keyof typeof INPUTS) => `$[[ inputs.${name} ]]`;

/** Each in a shell of its own, so that none of its settings outlive it. */
const apart = (commands: string) => `(\n${commands})\n`;

/**
 * The template of services' pipelines: check and test; and on a tag build, push, scan and start the deployment in
 * the platform's project.
 * https://docs.gitlab.com/ci/inputs/
 */
export function serviceTemplate(fleet: Fleet, tagPattern: string): WorkflowFile {
  const { name: organization, continuousIntegration: ci } = fleet.organization;
  const target = pushTarget(fleet);
  const scripts = imageScripts({ error: "", outputs: "slipway.env" });
  const onTag = [{ if: `$CI_COMMIT_TAG =~ /^${tagPattern.replace(/\*$/, "").replaceAll(".", "\\.")}/` }];
  const command = (stage: "check" | "test") => ({
    stage,
    image: input("tools"),
    variables: { CONTEXT: input("context"), COMMAND: { value: input(stage), expand: false } },
    rules: [{ if: '$COMMAND == ""', when: "never" }, { when: "on_success" }],
    script: [script('cd "$CONTEXT"', 'bash -e -o pipefail -c "$COMMAND"')],
    timeout: "1h",
    interruptible: true,
  });
  const jobs = {
    workflow: {
      rules: [
        { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' },
        { if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" },
        ...onTag,
      ],
    },
    stages: ["check", "test", "build", "deploy"],
    check: command("check"),
    test: command("test"),
    build: {
      stage: "build",
      image: DOCKER,
      services: [`${DOCKER}-dind`],
      id_tokens: { [TOKEN]: { aud: target.audience } },
      variables: {
        GIT_DEPTH: "0",
        DOCKER_TLS_CERTDIR: "/certs",
        AWS_REGION: target.region,
        AWS_ROLE_ARN: `${target.rolePrefix}${input("image")}`,
        TAG: "$CI_COMMIT_TAG",
        COMMIT: "$CI_COMMIT_SHA",
        DEFAULT_BRANCH: "$CI_DEFAULT_BRANCH",
        REGISTRY: target.host,
        REPOSITORY: input("repository"),
        ARCHITECTURE: input("architecture"),
        CONTEXT: input("context"),
        DOCKERFILE: input("dockerfile"),
        TARGET: input("target"),
      },
      rules: onTag,
      before_script: [
        "command -v aws > /dev/null || apk add --no-cache aws-cli git",
        'git fetch --quiet origin "+refs/heads/$DEFAULT_BRANCH:refs/remotes/origin/$DEFAULT_BRANCH"',
        apart(scripts.refuse),
        signIn,
      ],
      script: [
        apart(scripts.push),
        "export DIGEST=$(sed -n 's/^digest=//p' slipway.env)",
        apart(scripts.scan),
        apart(scripts.tag),
      ],
      artifacts: { reports: { dotenv: "slipway.env" } },
      timeout: "1h",
    },
    deploy: {
      stage: "deploy",
      image: `${TOOLS}-curl`,
      needs: ["build"],
      rules: [...onTag.map((rule) => ({ if: `${rule.if} && $START == "manual"`, when: "manual" })), ...onTag],
      variables: {
        GIT_STRATEGY: "none",
        PLATFORM: platformRepository(ci),
        BRANCH: ci.branch,
        IMAGE: input("image"),
        START: input("deploy"),
      },
      script: [startDeployment],
      timeout: "5m",
    },
  };
  return { path: TEMPLATE_FILE, text: yamlWithInputs(INPUTS, jobs, organization) };
}

/** With the job's own token: whoever tagged must be allowed to run pipelines there. */
const startDeployment = script(
  "answer=$(mktemp)",
  'project=$(printf %s "$PLATFORM" | sed "s|/|%2F|g")',
  "status=$(curl --silent --show-error --output \"$answer\" --write-out '%{http_code}' --request POST \\",
  '  --form "token=$CI_JOB_TOKEN" --form "ref=$BRANCH" --form "inputs[image]=$IMAGE" --form "inputs[digest]=$digest" \\',
  '  "$CI_API_V4_URL/projects/$project/trigger/pipeline") || status="no answer"',
  'if [ "$status" != 201 ]; then',
  '  cat "$answer"',
  '  echo "$PLATFORM did not start the deployment of $IMAGE ($status). The image is in the registry: run this job again, or a pipeline there with $digest."',
  "  exit 1",
  "fi",
  'echo "$PLATFORM deploys $IMAGE, $digest: $(sed -n \'s/.*"web_url":"\\([^"]*\\)".*/\\1/p\' "$answer")"',
);

/** The file of a service's own project: what differs, and the platform's template. */
export function includer(delivery: Delivery, fleet: Fleet): WorkflowFile {
  const { name: organization, continuousIntegration: ci } = fleet.organization;
  const include = [
    {
      project: platformRepository(ci),
      ref: ci.branch,
      file: `/${TEMPLATE_FILE}`,
      inputs: imageInputs(delivery),
    },
  ];
  // It is built where it runs: emulated, a build takes many times as long.
  const build = delivery.cpuArchitecture === "ARM64" ? { build: { tags: armRunner(ci) } } : {};
  return { path: ".gitlab-ci.yml", text: yamlOf({ include, ...build }, organization) };
}

/** GitLab's own runners for arm64; elsewhere those that are tagged so. */
const armRunner = (ci: Fleet["organization"]["continuousIntegration"]) =>
  ci.provider === "gitlab" && ci.url === "https://gitlab.com" ? ["saas-linux-small-arm64"] : ["arm64"];
