import { parse, parseAllDocuments } from "yaml";
import { serviceFile } from "../../../cli/workflows/all";
import { DELIVERED_BY_GITLAB, loadCompany, ON_GITLAB, removeFolders } from "../../support/company";
import { gitlabJobsOf, writtenFiles } from "../../support/workflow-files";

afterAll(removeFolders);

const fleet = loadCompany({
  ...DELIVERED_BY_GITLAB,
  services: {
    orders: { cpuArchitecture: "ARM64", source: { context: "services/orders", checkCommand: "make check" } },
    mailer: { source: { testCommand: null } },
  },
});
const jobs = gitlabJobsOf(fleet);
const conditions = (name: string) => (jobs.get(name)?.rules ?? []).map((rule) => String(rule["if"]));

describe("the platform's pipeline on GitLab", () => {
  it("deploys an image to account after account, as the role that releases, each by itself", () => {
    expect(jobs.get("deploy live")).toMatchObject({
      needs: ["deploy development"],
      resource_group: "deploy-live-$IMAGE",
      environment: { name: "live/services" },
      variables: { ACCOUNT: "live", AWS_ROLE_ARN: "arn:aws:iam::200000000003:role/slipway-release" },
      interruptible: false,
    });
  });

  it("waits for a person where a person approves", () => {
    expect(jobs.get("deploy live")?.rules).toMatchObject([{ when: "manual" }]);
    expect(jobs.get("deploy development")?.rules?.[0]).not.toHaveProperty("when");
  });

  it("deploys from the branch of the project itself only", () => {
    for (const name of ["deploy development", "deploy live"])
      expect(conditions(name)).toEqual([
        '$CI_PIPELINE_SOURCE =~ /^(pipeline|web|api)$/ && $CI_PROJECT_PATH == "acme/infrastructure" && $CI_COMMIT_BRANCH == "main" && $IMAGE != ""',
      ]);
  });

  it("applies nothing while it deploys", () => {
    const web = ["affected live", "apply live"].flatMap(conditions).filter((rule) => rule.includes('"web"'));

    expect(web).toHaveLength(2);
    for (const rule of web) expect(rule).toContain('$IMAGE == ""');
  });

  it("takes a name and a digest, and nothing else", () => {
    const [inputs] = parseAllDocuments(writtenFiles(fleet).get(".gitlab-ci.yml") ?? "");
    const { image, digest } = (inputs?.toJS() as { spec: { inputs: Record<string, { regex: string }> } }).spec
      .inputs;
    const accepts = (input: { regex: string } | undefined, value: string) =>
      new RegExp(input?.regex ?? "never").test(value);

    expect([accepts(image, "orders"), accepts(digest, `sha256:${"0".repeat(64)}`)]).toEqual([true, true]);
    expect([accepts(image, "orders;reboot"), accepts(digest, "v1.2.3")]).toEqual([false, false]);
  });

  it("has no inputs where another engine delivers, or none", () => {
    expect(writtenFiles(loadCompany(ON_GITLAB)).get(".gitlab-ci.yml")).not.toContain("spec:");
  });
});

describe("the template that services share", () => {
  it("asks for AWS's role in the one job that pushes, on a tag", () => {
    const withToken = ["check", "test", "build", "deploy"].filter(
      (name) => jobs.get(name)?.id_tokens !== undefined,
    );

    expect(withToken).toEqual(["build"]);
    expect(jobs.get("build")).toMatchObject({
      id_tokens: { SLIPWAY_TOKEN: { aud: "https://gitlab.com" } },
      variables: { AWS_ROLE_ARN: "arn:aws:iam::200000000002:role/slipway/push-$[[ inputs.image ]]" },
    });
    expect(conditions("build")).toEqual(["$CI_COMMIT_TAG =~ /^v/"]);
    expect(jobs.get("deploy")?.rules).toEqual([
      { if: '$CI_COMMIT_TAG =~ /^v/ && $START == "manual"', when: "manual" },
      { if: "$CI_COMMIT_TAG =~ /^v/" },
    ]);
  });

  it("builds nothing that is not merged, and says so before it has a role", () => {
    const [, fetch, refuse, signIn] = jobs.get("build")?.before_script ?? [];

    expect(fetch).toContain("git fetch");
    expect(refuse).toContain('git merge-base --is-ancestor "$COMMIT"');
    expect(signIn).toContain("AWS_WEB_IDENTITY_TOKEN_FILE");
  });

  it("puts no input into a script, where it could be a command", () => {
    const scripts = ["check", "test", "build", "deploy"].flatMap((name) => [
      ...(jobs.get(name)?.before_script ?? []),
      ...(jobs.get(name)?.script ?? []),
    ]);

    expect(scripts.length).toBeGreaterThan(8);
    expect(scripts.filter((script) => script.includes("$[["))).toEqual([]);
  });
});

describe("the file of a service's own project", () => {
  it("includes the platform's template, with what differs", () => {
    const { path, text } = serviceFile(fleet, "orders");

    expect(path).toBe(".gitlab-ci.yml");
    expect(text.split("\n").length).toBeLessThan(20);
    expect(parse(text)).toEqual({
      include: [
        {
          project: "acme/infrastructure",
          ref: "main",
          file: "/templates/service.gitlab-ci.yml",
          inputs: {
            image: "orders",
            repository: "orders",
            architecture: "arm64",
            context: "services/orders",
            check: "make check",
            test: "make test",
          },
        },
      ],
      build: { tags: ["saas-linux-small-arm64"] },
    });
  });

  it("leaves out what is as usual", () => {
    expect(parse(serviceFile(fleet, "mailer").text)).toMatchObject({
      include: [{ inputs: { image: "mailer", repository: "mailer" } }],
    });
  });

  it("is refused for a project that makes several images", () => {
    const source = { repository: "acme/monolith" };
    const shared = loadCompany({
      ...DELIVERED_BY_GITLAB,
      services: { orders: { source }, mailer: { source } },
    });

    expect(() => serviceFile(shared, "orders")).toThrow(/acme\/monolith makes several images/);
  });
});
