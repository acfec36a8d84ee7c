import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { workflowFiles } from "../../../cli/workflows/all";
import { compareFiles, writeFiles } from "../../../cli/workflows/repository-files";
import { header } from "../../../cli/workflows/workflow-file";
import { loadCompany, ON_BITBUCKET, removeFolders, temporaryFolder } from "../../support/company";
import { synthesized } from "../../support/synthesized";
import { bitbucketStepsOf, githubWorkflowsOf, writtenFiles } from "../../support/workflow-files";

afterAll(removeFolders);

describe("GitHub's workflows", () => {
  const fleet = loadCompany();
  const workflows = githubWorkflowsOf(fleet);
  const jobs = [...workflows].flatMap(([workflow, { jobs: all }]) =>
    Object.entries(all).map(([id, job]) => ({ id: `${workflow}/${id}`, job })),
  );

  it("are one for each environment, and one to plan and one to apply that all of them reuse", () => {
    expect([...workflows.keys()].sort()).toEqual([
      "development",
      "live",
      "management",
      "shared-services",
      "slipway-apply",
      "slipway-plan",
    ]);
    const calls = jobs.flatMap(({ job }) => job.uses ?? []);
    expect(new Set(calls)).toEqual(
      new Set(["./.github/workflows/slipway-plan.yml", "./.github/workflows/slipway-apply.yml"]),
    );
  });

  it("have a job for the common stacks, and one that every service reuses", () => {
    expect(Object.keys(workflows.get("live")?.jobs ?? {})).toEqual([
      "affected",
      "plan-common",
      "plan-services",
      "apply-common",
      "apply-services",
      "checked",
      "drift",
    ]);
    expect(Object.keys(workflows.get("management")?.jobs ?? {})).not.toContain("apply-services");
  });

  it("end by themselves: every job that runs something has a timeout", () => {
    const endless = jobs.filter(({ job }) => job.uses === undefined && job["timeout-minutes"] === undefined);

    expect(endless.map(({ id }) => id)).toEqual([]);
  });

  it("may nothing but read, and ask for a token", () => {
    for (const { permissions } of workflows.values()) expect(permissions).toEqual({});
    for (const { job } of jobs) {
      for (const [scope, access] of Object.entries(job.permissions ?? { all: "by default" }))
        expect([
          ["actions", "read"],
          ["contents", "read"],
          ["id-token", "write"],
        ]).toContainEqual([scope, access]);
    }
  });

  it("use actions by their commit, with the version beside it", () => {
    const uses = [...writtenFiles(fleet).values()]
      .flatMap((text) => text.split("\n"))
      .filter((line) => /\buses:/.test(line) && !line.includes("./.github/"));

    expect(uses.length).toBeGreaterThan(5);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("apply in the environment, behind its reviewers, and only what is on the branch", () => {
    expect(workflows.get("slipway-apply")?.jobs["apply"]?.environment).toBe("${{ inputs.account }}");
    const applies = jobs.filter(({ job }) => job.uses?.endsWith("slipway-apply.yml"));
    expect(applies.length).toBeGreaterThan(0);
    for (const { job } of applies) {
      expect(job.if).toContain("github.ref == 'refs/heads/main'");
      expect(job.if).not.toContain("pull_request");
      expect(job.with?.["role"]).toMatch(/role\/slipway-apply$/);
    }
  });

  it("give a fork's pull request no role", () => {
    const plans = jobs.filter(
      ({ id, job }) => job.uses?.endsWith("slipway-plan.yml") && !id.endsWith("/drift"),
    );

    expect(plans.length).toBeGreaterThan(0);
    for (const { job } of plans)
      expect(job.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
  });

  it("apply services after the common stacks, also when these had nothing to do", () => {
    const { "apply-services": services } = workflows.get("live")?.jobs ?? {};

    expect(services).toMatchObject({ needs: ["affected", "apply-common"] });
    expect(services?.if).toContain("needs.apply-common.result != 'failure'");
    expect(services?.if).toMatch(/^!cancelled\(\)/);
  });

  it("never break an apply off, and let one account's wait for each other", () => {
    const { concurrency } = workflows.get("live") ?? {};

    expect(concurrency?.group).toContain("'apply-live'");
    expect(concurrency?.["cancel-in-progress"]).toBe("${{ github.event_name == 'pull_request' }}");
  });

  it("let a run of another branch neither wait nor be waited for, and refuse it", () => {
    const { concurrency, jobs: all } = workflows.get("live") ?? {};

    expect(concurrency?.group).toContain("github.ref == 'refs/heads/main' && 'apply-live' || format(");
    expect(all?.["affected"]?.steps?.[0]).toMatchObject({
      if: "github.event_name != 'pull_request' && github.ref != 'refs/heads/main'",
      run: expect.stringMatching(/::error::Only main is applied[^]*exit 1/),
    });
  });

  it("tell pull requests apart by their number: a fork's branch may have any name", () => {
    expect(workflows.get("live")?.concurrency?.group).toContain(
      "format('plan-live-{0}', github.event.pull_request.number)",
    );
  });

  it("apply all services at once, so that they are approved at once", () => {
    expect(workflows.get("live")?.jobs["apply-services"]?.strategy).not.toHaveProperty("max-parallel");
  });

  it("wait for another's lock when they apply", () => {
    const steps = workflows.get("slipway-apply")?.jobs["apply"]?.steps ?? [];

    expect(steps.find(({ name }) => name === "Apply")?.["env"]).toMatchObject({
      TF_CLI_ARGS_plan: "-lock-timeout=10m",
      TF_CLI_ARGS_apply: "-lock-timeout=10m",
    });
  });

  it("put no expression into a script, where a branch's name could be a command", () => {
    const scripts = jobs.flatMap(({ job }) => (job.steps ?? []).map(({ run = "" }) => String(run)));

    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });
});

describe("Bitbucket's pipelines", () => {
  const fleet = loadCompany(ON_BITBUCKET);
  const steps = bitbucketStepsOf(fleet);

  it("plan every environment on a pull request, apply each in its deployment, search each for drift", () => {
    const accounts = fleet.accounts.map(({ name }) => name);

    expect(steps["pull-requests"].map(({ name }) => name)).toEqual([
      "Validate",
      ...accounts.map((name) => `Plan ${name}`),
    ]);
    expect(steps.branches.flatMap(({ deployment }) => deployment ?? []).sort()).toEqual(accounts);
    expect(steps.custom.map(({ name }) => name)).toEqual(accounts.map((name) => `Drift of ${name}`));
  });

  it("wait for a person where a person approves, and nowhere else", () => {
    const byHand = steps.branches.filter(({ trigger }) => trigger === "manual");

    expect(byHand.map(({ deployment }) => deployment)).toEqual(["live", "management", "shared-services"]);
  });

  it("end by themselves, and no step but an apply has a deployment", () => {
    const all = Object.values(steps).flat();

    expect(all.filter((step) => step["max-time"] === undefined)).toEqual([]);
    expect(
      all.filter(
        ({ deployment, script }) => (deployment !== undefined) !== /slipway-apply/.test(script.join()),
      ),
    ).toEqual([]);
  });

  it("refuse a commit that is older than what is applied, before anything is applied", () => {
    for (const { script } of steps.branches.filter(({ deployment }) => deployment !== undefined))
      expect(script.join("\n")).toMatch(/merge-base --is-ancestor "\$base" HEAD[^]*exit 1[^]*slipway up/);
  });

  it("install nothing that is not of a known digest", () => {
    const script = steps.branches.flatMap(({ script: lines }) => lines).join("\n");

    expect(script).toMatch(/echo "[0-9a-f]{64} {2}\/tmp\/terraform\.zip" \| sha256sum --check/);
  });
});

describe("the files of a repository", () => {
  const fleet = loadCompany();
  const files = workflowFiles(synthesized(fleet).platform, dirname(fleet.directory));

  it("are written, and are then as described", () => {
    const folder = temporaryFolder();
    writeFiles(compareFiles(files, "acme", folder), folder);

    expect(compareFiles(files, "acme", folder)).toEqual([]);
    expect(existsSync(join(folder, ".github/workflows/live.yml"))).toBe(true);
  });

  it("say which one differs, is missing, or is of no workflow any more; a person's own stay", () => {
    const folder = temporaryFolder();
    const workflows = join(folder, ".github/workflows");
    writeFiles(compareFiles(files, "acme", folder), folder);
    writeFileSync(join(workflows, "live.yml"), `${header("acme")}\nname: another\n`);
    writeFileSync(join(workflows, "qa.yml"), `${header("acme")}\nname: qa\n`);
    writeFileSync(join(workflows, "tests.yml"), "name: tests\n");
    writeFileSync(join(folder, "bitbucket-pipelines.yml"), `${header("acme")}\n`);

    const changes = compareFiles(files, "acme", folder);
    expect(changes.map(({ path, change }) => `${path} ${change}`)).toEqual([
      ".github/workflows/live.yml different",
      ".github/workflows/qa.yml stale",
      "bitbucket-pipelines.yml stale",
    ]);
    writeFiles(changes, folder);
    expect(compareFiles(files, "acme", folder)).toEqual([]);
    expect(readFileSync(join(workflows, "tests.yml"), "utf8")).toBe("name: tests\n");
  });

  it("of another organization stay", () => {
    const folder = temporaryFolder();
    writeFiles(compareFiles(files, "acme", folder), folder);
    writeFileSync(
      join(folder, ".github/workflows/factory.yml"),
      `${header("acme-factory")}\nname: factory\n`,
    );

    expect(compareFiles(files, "acme", folder)).toEqual([]);
  });

  it("are refused for an organization that is not in the repository", () => {
    const { platform } = synthesized(fleet);

    expect(() => workflowFiles(platform, temporaryFolder())).toThrow(/is not below the repository/);
    expect(() => workflowFiles(platform, fleet.directory)).toThrow(/is not below the repository/);
  });

  it("are missed in an empty folder", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, ".github"));

    expect(new Set(compareFiles(files, "acme", folder).map(({ change }) => change))).toEqual(
      new Set(["missing"]),
    );
  });
});
