import { serviceFile } from "../../../cli/workflows/all";
import { DELIVERED_BY_GITLAB, loadCompany, removeFolders } from "../../support/company";
import { repositoryOf, runPipeline, type PipelineRun } from "../../support/gitlab-local";
import { DIGEST } from "../../support/stub-registry";
import { describeWithGitlab } from "../../support/tiers";
import { writtenFiles } from "../../support/workflow-files";

afterAll(removeFolders);
jest.setTimeout(60_000);

const fleet = loadCompany({
  ...DELIVERED_BY_GITLAB,
  services: { orders: { source: { checkCommand: "./check", testCommand: "./test" } } },
});

describeWithGitlab("a service's pipeline on GitLab", () => {
  const platform = repositoryOf("acme/infrastructure", Object.fromEntries(writtenFiles(fleet)));
  const service = (test = "echo tested") => {
    const { path, text } = serviceFile(fleet, "orders");
    return repositoryOf("acme/orders", {
      [path]: text,
      check: "#!/bin/sh\necho checked\n",
      test: `#!/bin/sh\n${test}\n`,
      Dockerfile: "FROM scratch\n",
    });
  };
  const onTag: PipelineRun = {
    others: [platform],
    variables: { CI_COMMIT_TAG: "v1.2.3" },
    arguments: ["--unset-variable", "CI_COMMIT_BRANCH", "--no-json-schema-validation"],
  };

  it("checks, tests, pushes the image by its digest, and starts the platform's deployment", async () => {
    const repository = service();
    const { status, said, registry, requests } = await runPipeline(repository, {
      ...onTag,
      arguments: ["--unset-variable", "CI_COMMIT_BRANCH"],
    });

    expect([status, said]).toEqual([
      0,
      expect.stringMatching(/checked[^]*tested[^]*Released orders:v1\.2\.3/),
    ]);
    expect(registry.tags()).toEqual({ [`commit-${repository.commit}`]: DIGEST, "v1.2.3": DIGEST });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(/^POST \/api\/v4\/projects\/acme%2Finfrastructure\/trigger\/pipeline/);
    for (const [field, value] of Object.entries({
      token: "job-token",
      ref: "main",
      "inputs[image]": "orders",
      "inputs[digest]": DIGEST,
    }))
      expect(requests[0]).toContain(`name="${field}"\r\n\r\n${value}\r\n`);
    expect(said).toContain("https://gitlab.com/acme/infrastructure/-/pipelines/7");
  });

  it("only checks and tests what is on a branch", async () => {
    const { status, said, registry, requests } = await runPipeline(service(), {
      others: [platform],
      arguments: ["--no-json-schema-validation"],
    });

    expect([status, said]).toEqual([0, expect.stringMatching(/checked[^]*tested/)]);
    expect({ requests, calls: registry.calls() }).toEqual({ requests: [], calls: [] });
  });

  it("builds nothing where a test fails", async () => {
    const { status, registry, requests } = await runPipeline(service("exit 3"), onTag);

    expect({ status, requests, calls: registry.calls() }).toEqual({ status: 1, requests: [], calls: [] });
  });

  it("deploys nothing that has critical findings", async () => {
    const { status, said, registry, requests } = await runPipeline(service(), {
      ...onTag,
      registry: { critical: "3" },
    });

    expect({ status, requests }).toEqual({ status: 1, requests: [] });
    expect(said).toContain("3 critical findings");
    expect(Object.keys(registry.tags())).not.toContain("v1.2.3");
  });

  it("fails where the platform's project refuses the deployment", async () => {
    const { status, said } = await runPipeline(service(), { ...onTag, answer: 403 });

    expect(status).toBe(1);
    expect(said).toContain("acme/infrastructure did not start the deployment of orders (403)");
  });
});

describeWithGitlab("the platform's pipeline on GitLab, started for an image,", () => {
  const platform = repositoryOf("acme/infrastructure", Object.fromEntries(writtenFiles(fleet)));
  const deploy = (deployed: string, ...more: readonly string[]) =>
    runPipeline(platform, {
      variables: { IMAGE: "orders", DIGEST: deployed, CI_PIPELINE_SOURCE: "pipeline" },
      programs: {
        npm: "exit 0",
        npx: '[ "$2" = stages ] && echo "orders orders-worker" || echo "ran $*"',
        curl: 'case "$*" in *hashicorp*) ;; *) PATH=${PATH#*:} exec curl "$@" ;; esac',
        sha256sum: "cat > /dev/null",
        unzip: "exit 0",
      },
      arguments: more,
    });

  it("deploys its digest to the first account, and waits for a person before the next", async () => {
    const { status, said, requests } = await deploy(DIGEST);

    expect([status, said]).toEqual([
      0,
      expect.stringContaining(`ran slipway deploy orders --account development --image ${DIGEST}`),
    ]);
    expect(said).toContain(`ran slipway deploy orders-worker --account development --image ${DIGEST}`);
    expect(said).not.toContain("--account live");
    expect(said).not.toMatch(/ran slipway (validate|affected|up)/);
    expect(requests.map((request) => request.split("&")[0])).toContain(
      "GET /api/v4/projects/1217/deployments?environment=development",
    );
  });

  it("deploys to live once that is started by hand", async () => {
    const { status, said } = await deploy(DIGEST, "--manual", "deploy live");

    expect([status, said]).toEqual([
      0,
      expect.stringContaining(`ran slipway deploy orders --account live --image ${DIGEST}`),
    ]);
  });

  it("deploys nothing but a digest", async () => {
    const { status, said } = await deploy("v1.2.3");

    expect([status, said]).toEqual([1, expect.stringContaining("This is no digest")]);
    expect(said).not.toContain("slipway deploy orders");
  });
});
