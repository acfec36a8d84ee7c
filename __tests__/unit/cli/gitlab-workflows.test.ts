import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { createProgram } from "../../../cli/program";
import { childPipeline } from "../../../cli/workflows/gitlab-child";
import { yamlOf } from "../../../cli/workflows/workflow-file";
import { loadCompany, ON_GITLAB, removeFolders, temporaryFolder } from "../../support/company";
import { gitlabJobsOf, writtenFiles, type GitlabJob } from "../../support/workflow-files";

afterAll(removeFolders);

const fleet = loadCompany(ON_GITLAB);
const jobs = gitlabJobsOf(fleet);
const accounts = fleet.accounts.map(({ name }) => name);
const started = [...jobs].filter(
  ([name, job]) => !name.startsWith(".") && (job.script !== undefined || job.trigger !== undefined),
);
const condition = (job: GitlabJob | undefined) =>
  (job?.rules ?? []).map((rule) => String(rule["if"])).join("\n");

describe("GitLab's pipelines", () => {
  it("plan, apply and search each environment, one after another what is one environment's", () => {
    expect(started.map(([name]) => name)).toEqual([
      "validate",
      ...accounts.flatMap((name) => ["affected", "plan", "apply", "drift"].map((verb) => `${verb} ${name}`)),
    ]);
    for (const name of accounts)
      expect(jobs.get(`apply ${name}`)).toMatchObject({
        needs: [`affected ${name}`],
        resource_group: name,
        environment: { name },
        trigger: {
          include: [{ artifact: `slipway-${name}.yml`, job: `affected ${name}` }],
          strategy: "depend",
        },
      });
  });

  it("wait for a person where a person approves, and nowhere else", () => {
    const byHand = started.filter(([, job]) => job.rules?.some((rule) => rule["when"] === "manual"));

    expect(byHand.map(([name]) => name)).toEqual(["apply live", "apply management", "apply shared-services"]);
  });

  it("apply only what is on the branch, in the project itself", () => {
    for (const name of accounts) {
      const rules = condition(jobs.get(`apply ${name}`)).split("\n");
      for (const rule of rules) {
        expect(rule).toContain('$CI_COMMIT_BRANCH == "main"');
        expect(rule).toContain('$CI_PROJECT_PATH == "acme/infrastructure"');
      }
    }
  });

  it("give a fork's merge request no role, whoever runs its pipeline", () => {
    for (const name of accounts) {
      const rule = condition(jobs.get(`plan ${name}`));
      expect(rule).toContain('$CI_PROJECT_PATH == "acme/infrastructure"');
      expect(rule).toContain("$CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == $CI_PROJECT_PATH");
    }
  });

  it("have a token only where a role is taken on, and end by themselves", () => {
    const withToken = [...jobs]
      .filter(([, { id_tokens: tokens }]) => tokens !== undefined)
      .map(([name]) => name);

    expect(withToken.filter((name) => name.startsWith("."))).toEqual([
      ".slipway-drift",
      ".slipway-plan",
      ".slipway-apply",
    ]);
    for (const [name, job] of started)
      if (job.trigger === undefined)
        expect([name, job.timeout]).toEqual([name, expect.stringMatching(/^\d/)]);
  });

  it("never break an apply off, and install nothing that is not of a known digest", () => {
    expect(jobs.get(".slipway-apply")?.interruptible).toBe(false);
    expect(jobs.get(".slipway-apply")?.before_script?.join("\n")).toMatch(
      /echo "[0-9a-f]{64} {2}\/tmp\/terraform\.zip" \| sha256sum --check/,
    );
  });

  it("name the organization's folder where it is not the usual one", () => {
    const text = writtenFiles(fleet).get(".gitlab-ci.yml") ?? "";

    expect((parse(text) as { variables: unknown }).variables).toEqual({
      SLIPWAY_ORGANIZATION: expect.stringMatching(/^slipway-test-/),
    });
  });
});

describe("an account's child pipeline", () => {
  const live = fleet.accounts.filter(({ name }) => name === "live");
  const pipeline = (groups: Parameters<typeof childPipeline>[1], apply: boolean) =>
    live.map(
      (account) => parse(yamlOf(childPipeline(account, groups, apply), "acme")) as Record<string, GitlabJob>,
    )[0];

  it("is the common stacks, then services side by side, then what rests on them", () => {
    const groups = {
      common: ["live-network", "live-hosting"],
      services: [
        { name: "orders", stacks: ["live-service-orders"] },
        { name: "mailer", stacks: ["live-service-mailer"] },
      ],
      afterServices: ["live-dashboard"],
    };
    const apply = pipeline(groups, true);

    expect(apply).toMatchObject({
      stages: ["common", "services", "after-services"],
      variables: { ACCOUNT: "live", AWS_ROLE_ARN: "arn:aws:iam::200000000003:role/slipway-apply" },
      common: {
        extends: ".slipway-apply",
        stage: "common",
        variables: { STACKS: "live-network live-hosting" },
      },
      "services (orders)": { stage: "services", variables: { STACKS: "live-service-orders" } },
      "services (mailer)": { stage: "services" },
      "after services": { stage: "after-services" },
    });
    expect(pipeline(groups, false)).toMatchObject({
      variables: { AWS_ROLE_ARN: "arn:aws:iam::200000000003:role/slipway-plan" },
      common: { extends: ".slipway-plan" },
    });
  });

  it("has one job that says so where nothing changed", () => {
    const nothing = pipeline({ common: [], services: [], afterServices: [] }, true);

    expect(nothing?.["nothing"]?.script).toEqual(['echo "Nothing changed in $ACCOUNT."']);
  });
});

describe("slipway affected --child-pipeline", () => {
  const given = process.env["SLIPWAY_ORGANIZATION"];
  const printed = jest.spyOn(process.stdout, "write");
  beforeEach(() => printed.mockImplementation(() => true));
  afterEach(() => {
    printed.mockRestore();
    if (given === undefined) delete process.env["SLIPWAY_ORGANIZATION"];
    else process.env["SLIPWAY_ORGANIZATION"] = given;
  });
  const affected = (...args: readonly string[]) =>
    createProgram().parseAsync(["node", "slipway", "--organization", fleet.directory, "affected", ...args]);

  it("writes what applies an account's stacks, services apart", async () => {
    const file = join(temporaryFolder(), "live.yml");
    await affected("--account", "live", "--child-pipeline", file, "--apply");

    expect(parse(readFileSync(file, "utf8"))).toMatchObject({
      variables: { ACCOUNT: "live", AWS_ROLE_ARN: "arn:aws:iam::200000000003:role/slipway-apply" },
      common: { extends: ".slipway-apply", variables: { STACKS: expect.stringContaining("live-network") } },
      "services (orders)": { variables: { STACKS: "live-service-orders" } },
    });
  });

  it("is refused for several accounts at once", async () => {
    await expect(affected("--child-pipeline", join(temporaryFolder(), "all.yml"))).rejects.toThrow(
      "A child pipeline is one account's.",
    );
  });
});

describe("the scripts of GitLab's jobs", () => {
  const upstream = temporaryFolder();
  const clone = join(temporaryFolder(), "clone");
  const run = (cwd: string, command: string, ...args: readonly string[]) =>
    spawnSync(command, args, { cwd, encoding: "utf8" }).stdout.trim();
  const git = (cwd: string, ...args: readonly string[]) =>
    run(cwd, "git", "-c", "user.name=a", "-c", "user.email=a@example.com", ...args);
  git(upstream, "init", "--quiet", "--initial-branch", "main");
  const [first = "", second = "", third = ""] = ["1", "2", "3"].map((message) => {
    git(upstream, "commit", "--quiet", "--allow-empty", "--message", message);
    return git(upstream, "rev-parse", "HEAD");
  });
  git(upstream, "clone", "--quiet", upstream, clone);

  /** Runs a job's script at a commit; GitLab names `deployments` by their status, the newest first. */
  function job(
    name: string,
    commit: string,
    deployments: Readonly<Record<string, readonly string[]>>,
    env: Readonly<Record<string, string>> = {},
  ) {
    git(clone, "checkout", "--quiet", commit);
    const folder = temporaryFolder();
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const answers = Object.entries(deployments)
      .map(
        ([status, shas]) => `*status=${status}*) echo '${JSON.stringify(shas.map((sha) => ({ sha })))}' ;;`,
      )
      .join(" ");
    const programs = {
      curl: `case "$*" in ${answers} *status=*) echo '[]' ;; esac`,
      npx: `echo "$*" >> ${folder}/npx.txt`,
    };
    for (const [program, body] of Object.entries(programs)) {
      writeFileSync(join(bin, program), `#!/bin/sh\n${body}\n`);
      chmodSync(join(bin, program), 0o755);
    }
    const { status, stdout } = spawnSync("bash", ["-c", (jobs.get(name)?.script ?? []).join("\n")], {
      cwd: clone,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${bin}:${process.env["PATH"] ?? ""}`,
        ACCOUNT: "live",
        STACKS: "live-network live-hosting",
        CI_COMMIT_SHA: commit,
        ...env,
      },
    });
    const said = join(folder, "npx.txt");
    return { status, stdout, slipway: existsSync(said) ? readFileSync(said, "utf8").trim() : "" };
  }
  const affected = (base: string, ...more: readonly string[]) =>
    ["slipway affected --account live --base", base, "--child-pipeline slipway-live.yml", ...more]
      .join(" ")
      .trim();

  it("compare a merge request with where it left the branch", () => {
    git(clone, "checkout", "--quiet", "--force", "-b", "feature", second);
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "feature");
    const result = job(
      "affected live",
      git(clone, "rev-parse", "HEAD"),
      {},
      { CI_PIPELINE_SOURCE: "merge_request_event" },
    );

    expect(result).toMatchObject({ status: 0, slipway: affected(second) });
  });

  it("compare a merge with what was applied last, and with nothing before the first apply or by hand", () => {
    const push = { CI_PIPELINE_SOURCE: "push" };

    expect(job("affected live", third, { success: [second, first] }, push).slipway).toBe(
      affected(second, "--apply"),
    );
    expect(job("affected live", third, {}, push).slipway).toBe(affected("", "--apply"));
    expect(job("affected live", third, { success: ["0".repeat(40)] }, push).slipway).toBe(
      affected("", "--apply"),
    );
    expect(job("affected live", third, { success: [second] }, { CI_PIPELINE_SOURCE: "web" }).slipway).toBe(
      affected("", "--apply"),
    );
  });

  it("apply the stacks, also after a refused older pipeline", () => {
    expect(job(".slipway-apply", third, { success: [second], failed: [first] })).toMatchObject({
      status: 0,
      slipway: "slipway up --auto-approve live-network live-hosting",
    });
  });

  it.each(["success", "failed", "canceled", "running"])(
    "refuse an older commit after a later one is %s",
    (status) => {
      const result = job(".slipway-apply", first, { [status]: [second, first] });

      expect(result).toMatchObject({ status: 1, slipway: "" });
      expect(result.stdout).toContain(`A later pipeline applied ${second}, which ${first} does not contain`);
    },
  );

  it("let the branch's newest commit through where the branch was rewritten", () => {
    expect(job(".slipway-apply", third, { success: ["0".repeat(40)] }).status).toBe(0);
  });

  it("change nothing where GitLab does not say what was applied", () => {
    const result = job(
      ".slipway-apply",
      third,
      { success: [] },
      { BASH_ENV: join(temporaryFolder(), "none") },
    );
    expect(result.status).toBe(0);

    const broken = spawnSync("bash", ["-c", (jobs.get(".slipway-apply")?.script ?? []).join("\n")], {
      cwd: clone,
      encoding: "utf8",
      env: {
        ...process.env,
        CI_API_V4_URL: "http://127.0.0.1:9",
        CI_PROJECT_ID: "1",
        CI_JOB_TOKEN: "x",
        ACCOUNT: "live",
      },
    });
    expect(broken.status).not.toBe(0);
    expect(broken.stdout).not.toContain("slipway");
  });
});
