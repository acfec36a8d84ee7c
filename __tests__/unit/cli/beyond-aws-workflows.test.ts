import { parse } from "yaml";
import { childPipeline } from "../../../cli/workflows/gitlab-child";
import { accountJobs } from "../../../cli/workflows/job-groups";
import { yamlOf } from "../../../cli/workflows/workflow-file";
import { loadCompany, removeFolders } from "../../support/company";
import { synthesized } from "../../support/synthesized";
import { BY_CLOUDFLARE, BY_ROUTE53, shifting } from "../../support/traffic";
import { githubWorkflowsOf, writtenFiles, type GitlabJob } from "../../support/workflow-files";

afterAll(removeFolders);

const TOKEN = "CLOUDFLARE_API_TOKEN";
const UNIT = "live-traffic-shop";
const fleet = loadCompany(shifting("cutover", BY_CLOUDFLARE));
const live = synthesized(fleet).platform.stacks.filter(({ account }) => account.name === "live");

describe("the jobs of an account with a stack of Cloudflare", () => {
  it("give it one of its own, and keep it out of all others", () => {
    const { beyondAws, common, services, afterServices } = accountJobs(live, live);

    expect(beyondAws).toEqual([UNIT]);
    expect([...common, ...afterServices, ...services.flatMap(({ stacks }) => stacks)]).not.toContain(UNIT);
    expect(common).toContain("live-migration-shop");
  });
});

describe("GitHub's workflows", () => {
  const workflows = githubWorkflowsOf(fleet);

  it("name the token in one job of one account, which reviewers of its environment approve", () => {
    const naming = [...writtenFiles(fleet)].flatMap(([path, text]) => (text.includes(TOKEN) ? [path] : []));
    const jobs = Object.entries(workflows.get("live")?.jobs ?? {}).filter(([, job]) =>
      JSON.stringify(job).includes(TOKEN),
    );

    expect(naming.sort()).toEqual([".github/workflows/live.yml", ".github/workflows/slipway-apply.yml"]);
    expect(jobs).toMatchObject([
      [
        "apply-beyond-aws",
        {
          uses: "./.github/workflows/slipway-apply.yml",
          with: { "beyond-aws": true, stacks: "${{ needs.affected.outputs.beyond_aws }}" },
          secrets: { [TOKEN]: `\${{ secrets.${TOKEN} }}` },
        },
      ],
    ]);
    expect(workflows.get("slipway-apply")?.jobs["apply"]?.environment).toBe("${{ inputs.account }}");
  });

  it("give it to Slipway only where the job asks for it", () => {
    const steps = workflows.get("slipway-apply")?.jobs["apply"]?.steps ?? [];
    const given = steps.flatMap(({ env }) => (JSON.stringify(env ?? {}).includes(TOKEN) ? [env] : []));

    expect(given).toMatchObject([{ [TOKEN]: `\${{ inputs.beyond-aws && secrets.${TOKEN} || '' }}` }]);
  });

  it("know of none where nothing is beyond AWS", () => {
    const texts = [...writtenFiles(loadCompany(shifting("cutover", BY_ROUTE53))).values()].join("\n");

    expect(texts).not.toMatch(/beyond.aws|CLOUDFLARE/);
  });
});

describe("GitLab's child pipeline", () => {
  const pipeline = (apply: boolean) =>
    live
      .slice(0, 1)
      .map(
        ({ account }) =>
          parse(yamlOf(childPipeline(account, accountJobs(live, live), apply), "acme")) as Record<
            string,
            GitlabJob
          >,
      )[0]?.["beyond aws"];

  it("applies it in an environment of its own, whose variables no other job has", () => {
    expect(pipeline(true)).toMatchObject({
      extends: ".slipway-apply",
      environment: { name: "live/beyond-aws" },
      variables: { STACKS: UNIT },
    });
  });

  it("plans it without", () => {
    expect(pipeline(false)).toMatchObject({ extends: ".slipway-plan" });
    expect(pipeline(false)).not.toHaveProperty("environment");
  });
});
