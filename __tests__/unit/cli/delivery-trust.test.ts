import { parse } from "yaml";
import { serviceFile } from "../../../cli/workflows/all";
import {
  DELIVERED_BY_GITHUB,
  DELIVERED_BY_GITLAB,
  loadCompany,
  removeFolders,
  type Change,
} from "../../support/company";
import { objects, strings, synthesizedAlone, type SynthesizedStack } from "../../support/synthesized";
import { githubWorkflowsOf, gitlabJobsOf } from "../../support/workflow-files";

afterAll(removeFolders);

/** Claims of a token by which a role may be taken on. */
function trusts(stack: SynthesizedStack, role: string, claims: { aud: string; sub: string }): boolean {
  return stack
    .statements(stack.at(`aws_iam_role.${role}`)["assume_role_policy"])
    .filter(({ actions }) => strings(actions).includes("sts:AssumeRoleWithWebIdentity"))
    .some((statement) =>
      objects(statement["condition"]).every(({ variable, values }) => {
        const claim = String(variable).endsWith(":aud") ? claims.aud : claims.sub;
        // The only star is at a subject's end.
        return strings(values).some((value) =>
          value.endsWith("*") ? claim.startsWith(value.slice(0, -1)) : claim === value,
        );
      }),
    );
}

const arnOf = (stack: SynthesizedStack, role: string, account: string) => {
  const { path = "/", name } = stack.at(`aws_iam_role.${role}`);
  return `arn:aws:iam::${account}:role${String(path)}${String(name)}`;
};

interface Engine {
  readonly change: Change;
  readonly audience: string;
  /** Subject of a token on a tag, and on a branch. */
  readonly onTag: (repository: string, tag: string) => string;
  readonly onBranch: (repository: string) => string;
  /** Subject of the platform's job that deploys to live. */
  readonly deploying: string;
  /** The roles that the written files name, for the image orders and the account live. */
  readonly roles: (fleet: ReturnType<typeof loadCompany>) => {
    readonly push: string;
    readonly release: string;
  };
}

const ENGINES: Readonly<Record<string, Engine>> = {
  GitHub: {
    change: DELIVERED_BY_GITHUB,
    audience: "sts.amazonaws.com",
    onTag: (repository, tag) => `repo:${repository}:ref:refs/tags/${tag}`,
    onBranch: (repository) => `repo:${repository}:ref:refs/heads/main`,
    deploying: "repo:acme/infrastructure:environment:live",
    roles: (fleet) => {
      const workflows = githubWorkflowsOf(fleet);
      const { jobs } = parse(serviceFile(fleet, "orders").text) as {
        jobs: { image: { with: { image: string } } };
      };
      const steps = workflows.get("slipway-image")?.jobs["image"]?.steps ?? [];
      const asked = steps.map((step) => step["with"] as Record<string, unknown> | undefined);
      const push = String(asked.find((inputs) => inputs?.["role-to-assume"])?.["role-to-assume"]);
      return {
        push: push.replace("${{ inputs.image }}", jobs.image.with.image),
        release: String(workflows.get("deploy")?.jobs["deploy-live"]?.with?.["role"]),
      };
    },
  },
  GitLab: {
    change: DELIVERED_BY_GITLAB,
    audience: "https://gitlab.com",
    onTag: (repository, tag) => `project_path:${repository}:ref_type:tag:ref:${tag}`,
    onBranch: (repository) => `project_path:${repository}:ref_type:branch:ref:main`,
    deploying: "project_path:acme/infrastructure:ref_type:branch:ref:main",
    roles: (fleet) => {
      const jobs = gitlabJobsOf(fleet);
      const { include } = parse(serviceFile(fleet, "orders").text) as {
        include: readonly [{ inputs: { image: string } }];
      };
      const push = jobs.get("build")?.variables?.["AWS_ROLE_ARN"] ?? "";
      return {
        push: push.replace("$[[ inputs.image ]]", include[0].inputs.image),
        release: jobs.get("deploy live")?.variables?.["AWS_ROLE_ARN"] ?? "",
      };
    },
  },
};

describe.each(Object.entries(ENGINES))("images delivered by %s", (_name, engine) => {
  const fleet = loadCompany(engine.change);
  const roles = engine.roles(fleet);
  const pushing = synthesizedAlone(fleet, "shared-services-delivery-orders");
  const live = synthesizedAlone(fleet, "live-bootstrap");
  const aud = engine.audience;

  it("are pushed as the role of the one image, which the service's repository has on its tags", () => {
    expect(roles.push).toBe(arnOf(pushing, "push_role", "200000000002"));
    expect(trusts(pushing, "push_role", { aud, sub: engine.onTag("acme/orders", "v1.2.3") })).toBe(true);
  });

  it("are pushed from no branch, no other tag, no other repository, and for no other audience", () => {
    const strangers = [
      { aud, sub: engine.onBranch("acme/orders") },
      { aud, sub: engine.onTag("acme/orders", "nightly") },
      { aud, sub: engine.onTag("acme/mailer", "v1.2.3") },
      { aud, sub: engine.onTag("acme/orders-fork", "v1.2.3") },
      { aud: "another", sub: engine.onTag("acme/orders", "v1.2.3") },
    ];

    expect(strangers.filter((claims) => trusts(pushing, "push_role", claims))).toEqual([]);
  });

  it("are deployed as the account's role that releases, by the platform's job and by no service's", () => {
    expect(roles.release).toBe(arnOf(live, "release_role", "200000000003"));
    expect(trusts(live, "release_role", { aud, sub: engine.deploying })).toBe(true);
    expect(trusts(live, "release_role", { aud, sub: engine.onTag("acme/orders", "v1.2.3") })).toBe(false);
  });
});
