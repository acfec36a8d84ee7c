import { enforceGuardrails } from "../../../stacks/guardrails";
import { loadCompany, removeFolders, type Change } from "../../support/company";
import {
  object,
  objects,
  strings,
  synthesized,
  synthesizedAlone,
  type Json,
  type JsonObject,
} from "../../support/synthesized";
import { acmeFleet } from "../../support/toy-stacks";

afterAll(removeFolders);

const by = (
  provider: string,
  services: Change["services"] = {},
  more: Record<string, unknown> = {},
): Change => ({
  organization: { delivery: { provider, ...more } },
  services,
});
const piped = synthesized(loadCompany(by("codepipeline")));
const shared = piped.stack("shared-services-delivery");
const pipelineOf = (change: Change, name = "orders") =>
  synthesizedAlone(loadCompany(change), `shared-services-delivery-${name}`).only("aws_codepipeline");
const orders = () => piped.stack("shared-services-delivery-orders").only("aws_codepipeline");

const stages = (pipeline: JsonObject) => objects(pipeline["stage"]);
const actions = (stage: JsonObject | undefined) => objects(stage?.["action"]);
const variables = (action: JsonObject | undefined) =>
  Object.fromEntries(
    objects(JSON.parse(String(object(action?.["configuration"])["EnvironmentVariables"])) as Json).map(
      ({ name, value }) => [name, value],
    ),
  );
const idsOf = (change: Change) =>
  synthesized(loadCompany(change))
    .platform.stacks.filter(({ concern }) => concern === "delivery")
    .map(({ id }) => id);

test("there is no delivery unless the organization asks for it", () => {
  expect(synthesized(acmeFleet()).platform.stacks.filter(({ concern }) => concern === "delivery")).toEqual(
    [],
  );
});

test("everything of it keeps to the guardrails", () => {
  expect(() => enforceGuardrails(piped.platform.fleet, piped.platform.stacks)).not.toThrow();
});

describe("a pipeline", () => {
  it("is in a stack of its own, with nothing else in it", () => {
    expect(idsOf(by("codepipeline"))).toEqual([
      "shared-services-delivery",
      "shared-services-delivery-mailer",
      "shared-services-delivery-orders",
    ]);
    const resources = piped.stack("shared-services-delivery-orders").resources();
    expect(resources.map(({ type }) => type)).toEqual(["aws_codepipeline"]);
  });

  it("starts by a tag and by nothing else", () => {
    const pipeline = orders();

    expect(pipeline["pipeline_type"]).toBe("V2");
    expect(pipeline["trigger"]).toEqual([
      {
        provider_type: "CodeStarSourceConnection",
        git_configuration: { source_action_name: "Service", push: [{ tags: { includes: ["v*"] } }] },
      },
    ]);
    for (const action of actions(stages(pipeline)[0]))
      expect(object(action["configuration"])["DetectChanges"]).toBe("false");
  });

  it("tests, makes an image, and takes its digest from account to account; live is approved", () => {
    const pipeline = orders();

    expect(
      stages(pipeline).map(({ name, action }) => [name, objects(action).map((each) => each["name"])]),
    ).toEqual([
      ["Source", ["Service", "Branch", "Platform"]],
      ["Verify", ["Verify"]],
      ["Test", ["Test"]],
      ["Image", ["Build", "Push", "Scan"]],
      ["development", ["Deploy"]],
      ["live", ["Approve", "Deploy"]],
    ]);
    expect(variables(actions(stages(pipeline).at(-1))[1])).toEqual({
      ACCOUNT: "live",
      SERVICES: "orders",
      DIGEST: "#{push.DIGEST}",
    });
  });

  it("deploys to each account by the project that can release there and nowhere else", () => {
    const projects = stages(orders())
      .slice(-2)
      .map((stage) => object(actions(stage).at(-1)?.["configuration"])["ProjectName"]);

    expect(projects).toEqual(["delivery-deploy-development", "delivery-deploy-live"]);
  });

  it("runs steps one after the other in a stage: what is scanned was pushed, what was approved is deployed", () => {
    for (const stage of stages(orders()).slice(1)) {
      const order = actions(stage).map((action) => Number(action["run_order"]));
      expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
    }
  });

  it("deploys an image to every service that runs it", () => {
    const pipeline = pipelineOf(by("codepipeline", { mailer: { repository: "orders" } }));

    expect(variables(actions(stages(pipeline)[4])[0])["SERVICES"]).toBe("mailer orders");
  });

  it("builds for the architecture of the tasks, from where the service says", () => {
    const source = {
      repository: "acme/shop",
      context: "orders",
      dockerfile: "build/Dockerfile",
      target: "release",
    };
    const change = by("codepipeline", { orders: { source, cpuArchitecture: "ARM64" } });
    const pipeline = pipelineOf(change);

    expect(object(actions(stages(pipeline)[0])[0]?.["configuration"])["FullRepositoryId"]).toBe("acme/shop");
    const [build] = actions(stages(pipeline)[3]);
    expect(object(build?.["configuration"])["ProjectName"]).toBe("delivery-build-arm");
    expect(variables(build)).toMatchObject({
      ARCHITECTURE: "arm64",
      CONTEXT: "orders",
      DOCKERFILE: "build/Dockerfile",
      TARGET: "release",
    });
    const projects = synthesizedAlone(loadCompany(change), "shared-services-delivery");
    expect(object(projects.at("aws_codebuild_project.build_arm_project")["environment"])["type"]).toBe(
      "ARM_CONTAINER",
    );
  });

  it("verifies a tag against the branch with its history, before anything of the commit runs", () => {
    const [source, verify] = stages(orders());
    const branch = actions(source).find(({ name }) => name === "Branch");

    expect(branch).toMatchObject({
      output_artifacts: ["branch"],
      configuration: {
        FullRepositoryId: "acme/orders",
        BranchName: "main",
        OutputArtifactFormat: "CODEBUILD_CLONE_REF",
      },
    });
    expect(actions(verify)).toMatchObject([
      { input_artifacts: ["branch"], configuration: { ProjectName: "delivery-verify" } },
    ]);
    expect(variables(actions(verify)[0])).toEqual({
      COMMIT: "#{source.CommitId}",
      TAG: "#{source.TagName}",
      BRANCH: "main",
    });
  });

  it("has no test stage where a service has nothing to test by", () => {
    const pipeline = pipelineOf(by("codepipeline", { orders: { source: { testCommand: null } } }));

    expect(stages(pipeline).map(({ name }) => name)).not.toContain("Test");
  });

  it("of one service does not change with another's", () => {
    const after = synthesizedAlone(
      loadCompany(by("codepipeline", { mailer: undefined })),
      "shared-services-delivery-orders",
    );

    expect(after.text).toBe(piped.stack("shared-services-delivery-orders").text);
  });

  it("comes after what all pipelines share", () => {
    const node = piped.platform.stacks.find(({ id }) => id === "shared-services-delivery-orders");

    expect(node?.dependsOn).toContain("shared-services-delivery");
  });
});

describe("the projects that all pipelines share", () => {
  const allowed = (project: string) =>
    shared
      .statements(shared.at(`aws_iam_role_policy.${project}_identity_policy`)["policy"])
      .flatMap((statement) => strings(statement["actions"]))
      .filter((action) => !/^(logs|s3|kms):/.test(action));

  it("each have a role of their own: what runs a service's code can neither push nor deploy", () => {
    expect(allowed("test")).toEqual([]);
    expect(allowed("build").filter((action) => /Put|Upload|AssumeRole/.test(action))).toEqual([]);
    expect(allowed("push")).toContain("ecr:PutImage");
    expect(allowed("deploy_live")).toEqual(["sts:AssumeRole"]);
  });

  it("read what they are given and write what they hand on, and no other step's", () => {
    const artifacts = (project: string) =>
      shared
        .statements(shared.at(`aws_iam_role_policy.${project}_identity_policy`)["policy"])
        .flatMap(({ actions: allowedActions, resources }) =>
          strings(allowedActions)
            .filter((action) => action.startsWith("s3:") && action !== "s3:GetObjectVersion")
            .map((action) => `${action} ${strings(resources).join().split("}/")[1] ?? ""}`),
        );

    expect(artifacts("test")).toEqual(["s3:GetObject */source/*"]);
    expect(artifacts("build")).toEqual(["s3:GetObject */source/*", "s3:PutObject */image/*"]);
    expect(artifacts("push")).toEqual(["s3:GetObject */image/*"]);
    expect(artifacts("deploy_live")).toEqual(["s3:GetObject */platform/*"]);
  });

  it("use the connection only where nothing of a service's runs", () => {
    const projects = shared
      .resources("aws_iam_role_policy")
      .filter(({ values }) =>
        shared
          .statements(values["policy"])
          .some(({ actions: allowedActions }) =>
            strings(allowedActions).includes("codeconnections:UseConnection"),
          ),
      )
      .map(({ id }) => id);

    expect(projects).toEqual(["pipelines_policy", "verify_identity_policy"]);
  });

  it.each([
    ["development", "200000000004"],
    ["live", "200000000003"],
  ])("deploy to %s as that account's role that releases, and as no other", (account, id) => {
    const policy = shared.at(`aws_iam_role_policy.deploy_${account}_identity_policy`)["policy"];

    expect(shared.statements(policy).at(-1)?.["resources"]).toEqual([
      `arn:aws:iam::${id}:role/slipway-release`,
    ]);
  });

  it("run Docker only where an image is built or pushed", () => {
    const privileged = shared
      .resources("aws_codebuild_project")
      .filter(({ values }) => object(values["environment"])["privileged_mode"] === true)
      .map(({ id }) => id);

    expect(privileged).toEqual(["build_project", "push_project"]);
  });

  it("log under a key, for a while, and encrypt what they hand on", () => {
    for (const { values } of shared.resources("aws_cloudwatch_log_group"))
      expect(values).toMatchObject({
        retention_in_days: 30,
        kms_key_id: expect.stringContaining("logsKeyArn") as string,
      });
    for (const { values } of shared.resources("aws_codebuild_project"))
      expect(values["encryption_key"]).toBe("${aws_kms_key.encryption_key.arn}");
  });

  it("read their buildspec from the platform, never from a service", () => {
    for (const { values } of shared.resources("aws_codebuild_project"))
      expect(String(object(values["source"])["buildspec"])).toContain("version: 0.2");
  });

  it("ask those for approval whom the organization names", () => {
    const change = by("codepipeline", {}, { approvers: ["lead@acme.example"] });
    const stack = synthesizedAlone(loadCompany(change), "shared-services-delivery");

    expect(stack.only("aws_sns_topic_subscription")["endpoint"]).toBe("lead@acme.example");
    expect(shared.only("aws_sns_topic_subscription")["endpoint"]).toBe("platform@acme.example");
  });
});

describe("the role with which a service's own CI pushes", () => {
  const pushRole = (change: Change, name = "orders") => {
    const stack = synthesizedAlone(loadCompany(change), `shared-services-delivery-${name}`);
    const role = stack.only("aws_iam_role");
    const [trust] = stack.statements(role["assume_role_policy"]);
    const conditions = Object.fromEntries(
      objects(trust?.["condition"]).map(({ test, variable, values }) => [
        String(variable).split(":").at(-1),
        [test, ...strings(values)],
      ]),
    );
    return { stack, role, conditions };
  };

  it("is taken on by tags of that one repository on GitHub", () => {
    const { role, conditions } = pushRole(by("github"));

    expect(role).toMatchObject({ name: "push-orders", path: "/slipway/" });
    expect(conditions).toEqual({
      aud: ["StringEquals", "sts.amazonaws.com"],
      sub: ["StringLike", "repo:acme/orders:ref:refs/tags/v*"],
    });
  });

  it("knows a repository by the ids that GitHub adds to it", () => {
    const source = { subjectPrefix: "repo:acme@1/orders@2" };

    expect(pushRole(by("github", { orders: { source } })).conditions["sub"]).toEqual([
      "StringLike",
      "repo:acme@1/orders@2:ref:refs/tags/v*",
    ]);
  });

  it("is taken on by tags of that one project on GitLab", () => {
    const ci = { provider: "gitlab", repository: undefined, project: "acme/platform/infrastructure" };
    const { conditions } = pushRole({
      organization: { continuousIntegration: ci, delivery: { provider: "gitlab", tagPattern: "release-*" } },
    });

    expect(conditions).toEqual({
      aud: ["StringEquals", "https://gitlab.com"],
      sub: ["StringLike", "project_path:acme/platform/orders:ref_type:tag:ref:release-*"],
    });
  });

  it("reaches the one repository of its image", () => {
    const { stack } = pushRole(by("github"));
    const resources = stack
      .statements(stack.only("aws_iam_role_policy")["policy"])
      .flatMap((statement) => strings(statement["resources"]));

    expect(resources).toEqual(["*", "arn:aws:ecr:eu-central-1:200000000002:repository/orders"]);
  });

  it("is all there is: no pipeline, no project", () => {
    expect(idsOf(by("github"))).toEqual([
      "shared-services-delivery-mailer",
      "shared-services-delivery-orders",
    ]);
  });
});
