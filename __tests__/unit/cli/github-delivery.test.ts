import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { serviceFile } from "../../../cli/workflows/all";
import { DELIVERED_BY_GITHUB, loadCompany, removeFolders, temporaryFolder } from "../../support/company";
import { DIGEST, program } from "../../support/stub-registry";
import { githubWorkflowsOf, type GithubWorkflow } from "../../support/workflow-files";

afterAll(removeFolders);

const fleet = loadCompany({
  ...DELIVERED_BY_GITHUB,
  services: { orders: { cpuArchitecture: "ARM64" }, mailer: { source: { testCommand: null } } },
});
const workflows = githubWorkflowsOf(fleet);
const jobsOf = (name: string) => workflows.get(name)?.jobs ?? {};

/** Runs a job's step as GitHub does; programs are shell scripts by name. */
function step(
  workflow: string,
  job: string,
  name: string,
  env: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, string>> = {},
  cwd = temporaryFolder(),
) {
  const bin = join(temporaryFolder(), "bin");
  mkdirSync(bin);
  for (const [each, body] of Object.entries(programs)) program(bin, each, `#!/bin/sh\n${body}\n`);
  const script = String(jobsOf(workflow)[job]?.steps?.find((each) => each["name"] === name)?.["run"]);
  const { status, stdout } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, RUNNER_TEMP: bin, ...env },
  });
  return { status, stdout };
}

describe("the deployment of an image", () => {
  it("goes from account to account in the order of promotion, as the role that releases", () => {
    const { stages, ...accounts } = jobsOf("deploy");

    expect(stages?.permissions).toEqual({ contents: "read" });
    expect(Object.keys(accounts)).toEqual(["deploy-development", "deploy-live"]);
    expect(accounts["deploy-live"]).toMatchObject({
      needs: ["stages", "deploy-development"],
      uses: "./.github/workflows/slipway-deploy.yml",
      with: { account: "live", role: "arn:aws:iam::200000000003:role/slipway-release" },
    });
  });

  it("ends where it failed, and passes over accounts that do not run the image", () => {
    const condition = jobsOf("deploy")["deploy-live"]?.if ?? "";

    expect(condition).toContain(
      "(needs.deploy-development.result == 'success' || needs.deploy-development.result == 'skipped')",
    );
    expect(condition).toContain("needs.stages.outputs.live != ''");
  });

  it("waits for the account's reviewers, and for another of the same image to the account", () => {
    expect(jobsOf("slipway-deploy")["deploy"]).toMatchObject({
      environment: "${{ inputs.account }}",
      concurrency: { group: "deploy-${{ inputs.account }}-${{ inputs.image }}", "cancel-in-progress": false },
    });
  });

  const refuse = (env: Readonly<Record<string, string>>) =>
    step("deploy", "stages", "Refuse another branch, and what is no digest", {
      GITHUB_REF: "refs/heads/main",
      GITHUB_REF_NAME: "main",
      IMAGE: "orders",
      DIGEST,
      ...env,
    });

  it("takes a digest, on the branch that is applied", () => {
    expect(refuse({}).status).toBe(0);
  });

  it.each([
    ["another branch", { GITHUB_REF: "refs/heads/feature", GITHUB_REF_NAME: "feature" }, "this is feature"],
    ["a tag", { DIGEST: "v1.2.3" }, "This is no digest"],
    ["a command", { IMAGE: "orders; reboot" }, "This is no name of an image"],
    ["a second line", { IMAGE: "orders\nreboot" }, "This is no name of an image"],
  ])("refuses %s", (_what, env, message) => {
    expect(refuse(env)).toMatchObject({ status: 1, stdout: expect.stringContaining(message) });
  });

  const deploy = (failing: string) =>
    step(
      "slipway-deploy",
      "deploy",
      "Deploy",
      { ACCOUNT: "live", SERVICES: "orders orders-worker mailer", DIGEST },
      { npx: `echo "$*"; [ "$3" != "${failing}" ]` },
    );

  it("is of every service that runs the image", () => {
    expect(deploy("none")).toEqual({
      status: 0,
      stdout: ["orders", "orders-worker", "mailer"]
        .map((service) => `slipway deploy ${service} --account live --image ${DIGEST}\n`)
        .join(""),
    });
  });

  it("stops at the first that fails", () => {
    const { status, stdout } = deploy("orders-worker");

    expect(status).not.toBe(0);
    expect(stdout).not.toContain("mailer");
  });
});

describe("the description that a deployment goes by", () => {
  const repository = temporaryFolder();
  const git = (...args: readonly string[]) =>
    spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: repository,
      encoding: "utf8",
    }).stdout.trim();
  git("init", "--quiet", "--initial-branch", "main");
  const [applied = "", merged = ""] = ["applied", "merged, and waits for its approval"].map((message) => {
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  });
  /** Where the repository stands afterwards, GitHub naming `answer` as applied. */
  const standsAt = (answer: string, code = 0) => {
    git("checkout", "--quiet", "--detach", merged);
    const { status } = step(
      "slipway-deploy",
      "deploy",
      "Take the description that is applied",
      { WORKFLOW: "live.yml", BRANCH: "main" },
      { gh: `echo "${answer}"; exit ${code}` },
      repository,
    );
    return { status, commit: git("rev-parse", "HEAD") };
  };

  it("is the one that is applied, and not what waits for its approval", () => {
    expect(standsAt(applied)).toEqual({ status: 0, commit: applied });
  });

  it("is the branch's where no workflow applied anything, or the branch was rewritten", () => {
    expect(standsAt("")).toEqual({ status: 0, commit: merged });
    expect(standsAt("0".repeat(40))).toEqual({ status: 0, commit: merged });
  });

  it("is none where GitHub does not say", () => {
    expect(standsAt("", 1).status).not.toBe(0);
  });
});

describe("the workflow that services share", () => {
  const { test, image, deploy } = jobsOf("slipway-image");

  it("asks for AWS's role only where it pushes, on a tag", () => {
    expect(test?.permissions).toEqual({ contents: "read" });
    expect(image?.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(image?.if).toBe("github.event_name == 'push' && startsWith(github.ref, 'refs/tags/')");
    expect(deploy?.permissions).toEqual({});
  });

  it("builds, scans, and tags what was scanned", () => {
    expect(image?.steps?.map(({ name }) => name)).toEqual([
      "Check out",
      "Refuse what is not merged",
      "Take on the role that pushes",
      "Build and push",
      "Scan",
      "Tag",
    ]);
  });

  it("asks the app for one right in one repository", () => {
    expect(deploy?.steps?.[0]?.["with"]).toMatchObject({
      owner: "acme",
      repositories: "infrastructure",
      "permission-actions": "write",
    });
  });

  it.each([
    [0, "make test", 0],
    [0, "exit 3", 3],
    [0, "false | true", 1],
  ])("ends with the tests: %#", (_, command, status) => {
    expect(step("slipway-image", "test", "Test", { COMMAND: command }, { make: "exit 0" }).status).toBe(
      status,
    );
  });

  const dispatch = (code: number) => {
    const folder = temporaryFolder();
    return step(
      "slipway-image",
      "deploy",
      "Start the deployment",
      {
        PLATFORM: "acme/infrastructure",
        BRANCH: "main",
        IMAGE: "orders",
        DIGEST,
        GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
      },
      { gh: `echo "gh $*"; exit ${code}` },
    );
  };

  it("starts the deployment of the digest", () => {
    expect(dispatch(0)).toEqual({
      status: 0,
      stdout: `gh workflow run deploy.yml --repo acme/infrastructure --ref main --field image=orders --field digest=${DIGEST}\n`,
    });
  });

  it("fails where the platform refuses, and says what is left to do", () => {
    expect(dispatch(1)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("::error::acme/infrastructure did not start the deployment of orders"),
    });
  });

  it("puts no expression into a script, where a tag's name could be a command", () => {
    const scripts = ["deploy", "slipway-deploy", "slipway-image"].flatMap((name) =>
      Object.values(jobsOf(name)).flatMap(({ steps = [] }) => steps.map(({ run = "" }) => String(run))),
    );

    expect(scripts.length).toBeGreaterThan(10);
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });

  it("ends by itself", () => {
    for (const name of ["deploy", "slipway-deploy", "slipway-image"])
      for (const [id, job] of Object.entries(jobsOf(name)))
        if (job.uses === undefined) expect([id, job["timeout-minutes"]]).toEqual([id, expect.any(Number)]);
  });
});

describe("the file of a service's own repository", () => {
  const file = (service: string) => {
    const { path, text } = serviceFile(fleet, service);
    return { path, text, workflow: parse(text) as GithubWorkflow };
  };

  it("calls the platform's, with what differs", () => {
    const { path, text, workflow } = file("orders");

    expect(path).toBe(".github/workflows/orders.yml");
    expect(text.split("\n").length).toBeLessThan(25);
    expect(workflow.jobs["image"]).toMatchObject({
      uses: "acme/infrastructure/.github/workflows/slipway-image.yml@main",
      with: { image: "orders", repository: "orders", architecture: "arm64", test: "make test" },
      permissions: { contents: "read", "id-token": "write" },
    });
    expect(workflow.on["push"]).toEqual({ tags: ["v*"] });
  });

  it("leaves out what is as usual, and tests that a stage of the Dockerfile makes", () => {
    expect(file("mailer").workflow.jobs["image"]?.with).toEqual({ image: "mailer", repository: "mailer" });
  });

  it("is refused for what nothing delivers, and where the pipeline is a stack", () => {
    expect(() => serviceFile(fleet, "ordres")).toThrow(/Nothing delivers ordres/);
    expect(() => serviceFile(loadCompany(), "orders")).toThrow(/no delivery/);
    const pipelines = loadCompany({ organization: { delivery: { provider: "codepipeline" } } });
    expect(() => serviceFile(pipelines, "orders")).toThrow(/CodePipeline reads it/);
  });
});
