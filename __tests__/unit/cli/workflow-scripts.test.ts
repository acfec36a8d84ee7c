import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadCompany, removeFolders, temporaryFolder } from "../../support/company";
import { githubWorkflowsOf } from "../../support/workflow-files";

afterAll(removeFolders);

const workflows = githubWorkflowsOf(loadCompany());

/** The script of a job's step. */
function scriptOf(workflow: string, job: string, step: string): string {
  const steps = workflows.get(workflow)?.jobs[job]?.steps ?? [];
  return String(steps.find(({ name }) => name === step)?.["run"]);
}

/** Runs a script as GitHub does with `shell: bash`. */
function bash(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  const { status, stdout } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout };
}

describe("the check of a pull request", () => {
  const look = (results: string) =>
    bash(scriptOf("live", "checked", "Look at the jobs before"), temporaryFolder(), { RESULTS: results })
      .status;

  it("passes when jobs went well or had nothing to do", () => {
    expect(look("success skipped skipped")).toBe(0);
  });

  it.each(["success failure", "failure skipped", "success cancelled"])("fails after %s", (results) => {
    expect(look(results)).toBe(1);
  });

  it("is there for every pull request, and looks at all that plan", () => {
    const { live } = Object.fromEntries(workflows);

    expect(live?.on["pull_request"]).toEqual({ branches: ["main"] });
    expect(live?.jobs["checked"]).toMatchObject({
      name: "live: checked",
      needs: ["affected", "plan-common", "plan-services"],
      if: "always() && github.event_name == 'pull_request'",
    });
  });
});

describe.each([
  ["live", "affected"],
  ["slipway-apply", "apply"],
])("what was applied last, in %s/%s,", (workflow, job) => {
  const repository = temporaryFolder();
  const git = (...args: readonly string[]) =>
    spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: repository,
      encoding: "utf8",
    }).stdout.trim();
  git("init", "--quiet", "--initial-branch", "main");
  const [first = "", second = "", third = ""] = ["1", "2", "3"].map((message) => {
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  });
  git("update-ref", "refs/remotes/origin/main", third);

  /** Runs at `commit` after earlier runs, of which GitHub names the chosen ones newest first. */
  function run(commit: string, latest: string, applied: string, code = 0) {
    const bin = join(temporaryFolder(), "bin");
    mkdirSync(bin);
    const output = join(bin, "output");
    writeFileSync(output, "");
    writeFileSync(
      join(bin, "gh"),
      `#!/bin/sh\ncase "$*" in *workflow_dispatch*) echo "${latest}" ;; *) echo "${applied}" ;; esac\nexit ${code}\n`,
    );
    chmodSync(join(bin, "gh"), 0o755);
    const result = bash(scriptOf(workflow, job, "Find what was applied last"), repository, {
      PATH: `${bin}:${process.env["PATH"] ?? ""}`,
      GITHUB_OUTPUT: output,
      GITHUB_REF_NAME: "main",
      GITHUB_SHA: commit,
      WORKFLOW: "live.yml",
    });
    return { ...result, output: readFileSync(output, "utf8") };
  }

  it("is what the run compares with", () => {
    expect(run(second, first, first)).toMatchObject({ status: 0, output: `commit=${first}\n` });
  });

  it("is nothing before the first apply, and where the commit is no more", () => {
    expect(run(second, "", "")).toMatchObject({ status: 0, output: "commit=\n" });
    expect(run(second, "0".repeat(40), "0".repeat(40))).toMatchObject({ status: 0, output: "commit=\n" });
  });

  it("refuses an older commit, also after a later run that failed halfway", () => {
    const { status, stdout, output } = run(first, second, first);

    expect({ status, output }).toEqual({ status: 1, output: "" });
    expect(stdout).toContain(`::error::A later run applied ${second}, which ${first} does not contain`);
  });

  it("lets the branch's newest commit through where the branch was rewritten", () => {
    git("checkout", "--quiet", "--orphan", "other");
    git("commit", "--quiet", "--allow-empty", "--message", "other");
    const other = git("rev-parse", "HEAD");

    expect(run(third, other, other).status).toBe(0);
    expect(run(second, other, other).status).toBe(1);
  });

  it("fails where GitHub does not say it", () => {
    expect(run(second, "", "", 1).status).not.toBe(0);
  });
});

describe("the summary of a job", () => {
  function summaryOf(text: string): string {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "slipway.txt"), text);
    const { status } = bash(scriptOf("slipway-plan", "plan", "Summarize"), folder, {
      RUNNER_TEMP: folder,
      GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
      TITLE: "live: plan",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "acme/infrastructure",
      GITHUB_RUN_ID: "1",
    });
    expect(status).toBe(0);
    return readFileSync(join(folder, "summary.md"), "utf8");
  }

  it("is one block of code, whatever fence is in it", () => {
    expect(summaryOf("one\n````\ntwo\n").split("\n").slice(0, 5)).toEqual([
      "### live: plan",
      "`````",
      "one",
      "````",
      "two",
    ]);
  });

  it("stays below what GitHub takes, and names the log then", () => {
    const summary = summaryOf("a line of a plan\n".repeat(100_000));

    expect(summary.length).toBeLessThan(1024 * 1024);
    expect(summary).toContain("https://github.com/acme/infrastructure/actions/runs/1");
  });
});
