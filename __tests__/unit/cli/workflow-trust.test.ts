import { childPipeline } from "../../../cli/workflows/gitlab-child";
import type { Fleet } from "../../../environments/schema/fleet";
import { loadCompany, ON_BITBUCKET, ON_GITLAB, removeFolders } from "../../support/company";
import { objects, strings, synthesizedAlone, type SynthesizedStack } from "../../support/synthesized";
import { bitbucketStepsOf, githubWorkflowsOf, gitlabJobsOf } from "../../support/workflow-files";

afterAll(removeFolders);

/** Claims of a token as the CI engine would sign it. */
interface Token {
  readonly issuer: string;
  readonly aud: string;
  readonly sub: string;
}

/** A session that a job asks for. */
interface Asked {
  readonly job: string;
  readonly role: string;
  readonly token: Token;
}

const bootstraps = new Map<string, SynthesizedStack>();

function bootstrapOf(fleet: Fleet, account: string): SynthesizedStack {
  const key = `${fleet.directory} ${account}`;
  const stack = bootstraps.get(key) ?? synthesizedAlone(fleet, `${account}-bootstrap`);
  bootstraps.set(key, stack);
  return stack;
}

/** Whether AWS would give a role of an account to the bearer of a token: the trust policy, evaluated. */
function isTrusted(fleet: Fleet, roleArn: string, { issuer, ...claims }: Token): boolean {
  const [, account, role] = /^arn:aws:iam::(\d+):role\/slipway-(plan|apply)$/.exec(roleArn) ?? [];
  const name = fleet.accounts.find(({ id }) => id === account)?.name;
  const stack = bootstrapOf(fleet, name ?? "");
  const url = stack.only("aws_iam_openid_connect_provider")["url"];
  return (
    url === `https://${issuer}` &&
    stack
      .statements(stack.at(`aws_iam_role.${role}_role`)["assume_role_policy"])
      .filter(({ actions }) => strings(actions).includes("sts:AssumeRoleWithWebIdentity"))
      .some((statement) =>
        objects(statement["condition"]).every(({ test, variable, values }) => {
          const claim = String(variable).replace(`${issuer}:`, "") as "aud" | "sub";
          return strings(values).some((value) =>
            test === "StringLike" ? like(value).test(claims[claim]) : value === claims[claim],
          );
        }),
      )
  );
}

const like = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  );

const GITHUB = { issuer: "token.actions.githubusercontent.com", aud: "sts.amazonaws.com" };
const REPOSITORY = "repo:acme/infrastructure";

/** Who asks for what on GitHub: https://docs.github.com/en/actions/reference/security/oidc */
function askedOnGithub(fleet: Fleet): Asked[] {
  const workflows = githubWorkflowsOf(fleet);
  return [...workflows].flatMap(([workflow, { jobs }]) =>
    Object.entries(jobs).flatMap(([job, { uses, with: inputs = {}, if: condition = "" }]) => {
      if (uses === undefined) return [];
      const called = workflows.get(uses.replace(/^.*\/|\.yml$/g, ""));
      const environment = Object.values(called?.jobs ?? {})[0]?.environment?.replace(
        "${{ inputs.account }}",
        String(inputs["account"]),
      );
      const context =
        environment !== undefined
          ? `environment:${environment}`
          : condition.includes("== 'pull_request'")
            ? "pull_request"
            : "ref:refs/heads/main";
      return [
        {
          job: `${workflow}/${job}`,
          role: String(inputs["role"]),
          token: { ...GITHUB, sub: `${REPOSITORY}:${context}` },
        },
      ];
    }),
  );
}

const BITBUCKET = {
  issuer: "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
  aud: "ari:cloud:bitbucket::workspace/10000000-0000-0000-0000-000000000000",
};
const STEP = "{99999999-0000-0000-0000-000000000001}";

function askedOnBitbucket(fleet: Fleet): Asked[] {
  const { continuousIntegration: ci } = fleet.organization;
  if (ci.provider !== "bitbucket") throw new Error("not on Bitbucket");
  return Object.values(bitbucketStepsOf(fleet))
    .flat()
    .filter(({ oidc }) => oidc === true)
    .map(({ name, deployment, script }) => ({
      job: name,
      role: /AWS_ROLE_ARN=(\S+)/.exec(script.join("\n"))?.[1] ?? "",
      token: {
        ...BITBUCKET,
        sub: [
          `{${ci.repositoryUuid}}`,
          ...(deployment === undefined ? [] : [`{${ci.environmentUuids[deployment]}}`]),
          STEP,
        ].join(":"),
      },
    }));
}

/** Who asks for what on GitLab, on a merge request's branch or on the one that is applied. */
function askedOnGitlab(fleet: Fleet): Asked[] {
  const jobs = gitlabJobsOf(fleet);
  const token = (name: string, ref: string): Token => ({
    issuer: "gitlab.com",
    aud: Object.values(jobs.get(name)?.id_tokens ?? {})[0]?.aud ?? "",
    sub: `project_path:acme/infrastructure:ref_type:branch:ref:${ref}`,
  });
  const nothing = { common: [], services: [], afterServices: [] };
  return fleet.accounts.flatMap((account) => {
    const role = (apply: boolean) => childPipeline(account, nothing, apply).variables.AWS_ROLE_ARN;
    const drift = jobs.get(`drift ${account.name}`)?.variables?.["AWS_ROLE_ARN"] ?? "";
    return [
      { job: "plan", role: role(false), token: token(".slipway-plan", "feature") },
      { job: "apply", role: role(true), token: token(".slipway-apply", "main") },
      { job: "drift", role: drift, token: token(".slipway-drift", "main") },
    ];
  });
}

const ENGINES = [
  ["GitHub", () => loadCompany(), askedOnGithub],
  ["Bitbucket", () => loadCompany(ON_BITBUCKET), askedOnBitbucket],
  ["GitLab", () => loadCompany(ON_GITLAB), askedOnGitlab],
] as const;

describe.each(ENGINES)("on %s", (_engine, load, askedBy) => {
  const fleet = load();
  const asked = askedBy(fleet);

  it("every account is planned and applied", () => {
    const roles = fleet.accounts.flatMap(({ id }) =>
      ["plan", "apply"].map((role) => `arn:aws:iam::${id}:role/slipway-${role}`),
    );

    expect([...new Set(asked.map(({ role }) => role))].sort()).toEqual(roles.sort());
  });

  it("every job is given the role that it asks for", () => {
    expect(asked.filter(({ role, token }) => !isTrusted(fleet, role, token))).toEqual([]);
  });

  it("another repository, branch or audience is given nothing", () => {
    const strangers: Token[] = asked.flatMap(({ token }) => [
      { ...token, aud: "another" },
      { ...token, sub: token.sub.replace("acme/infrastructure", "acme/fork").replace("{2000", "{2001") },
      { ...token, sub: token.sub.replace("refs/heads/main", "refs/heads/feature") },
    ]);
    const genuine = new Set(asked.map(({ token }) => `${token.aud} ${token.sub}`));
    const roles = [...new Set(asked.map(({ role }) => role))];
    const admitted = strangers
      .filter(({ aud, sub }) => !genuine.has(`${aud} ${sub}`))
      .filter((token) => roles.some((role) => isTrusted(fleet, role, token)));

    expect(admitted).toEqual([]);
  });

  it("a job that plans on a pull request is not given what applies", () => {
    const applies = [...new Set(asked.map(({ role }) => role))].filter((role) => role.endsWith("-apply"));
    const wrong = asked
      .filter(
        ({ job, role, token }) =>
          role.endsWith("-plan") && /plan/i.test(job) && !/ref:refs\/heads\/main$/.test(token.sub),
      )
      .filter(({ token }) => applies.some((role) => isTrusted(fleet, role, token)));

    expect(wrong).toEqual([]);
  });
});

// GitLab's tokens name no environment: what runs on the branch may apply any account.
describe.each(ENGINES.slice(0, 2))("on %s", (_engine, load, askedBy) => {
  const fleet = load();
  const asked = askedBy(fleet);

  it("a job that plans is not given what applies, nor an apply another account's", () => {
    const wrong = asked.flatMap(({ job, role, token }) =>
      asked
        .filter((other) => other.role !== role && other.role.endsWith("slipway-apply"))
        .filter((other) => isTrusted(fleet, other.role, token))
        .map((other) => `${job} gets ${other.role}`),
    );

    expect(wrong).toEqual([]);
  });
});
