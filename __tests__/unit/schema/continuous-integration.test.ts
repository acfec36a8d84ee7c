import { tokenSubjects } from "../../../environments/schema/token-subjects";
import { loadCompany, ON_BITBUCKET, removeFolders } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const bitbucket = (values: Record<string, unknown>) => ({
  organization: {
    continuousIntegration: { ...(ON_BITBUCKET.organization?.["continuousIntegration"] as object), ...values },
  },
});

describe("what an account trusts of CI", () => {
  it("on GitHub: pull requests and the branch plan, the environment applies", () => {
    const { continuousIntegration } = loadCompany().organization;

    expect(tokenSubjects(continuousIntegration, { name: "live" })).toEqual({
      issuer: "token.actions.githubusercontent.com",
      audience: "sts.amazonaws.com",
      plan: ["repo:acme/infrastructure:pull_request", "repo:acme/infrastructure:ref:refs/heads/main"],
      apply: "repo:acme/infrastructure:environment:live",
    });
  });

  it("on Bitbucket: steps of the repository plan, those of the account's environment apply", () => {
    const { continuousIntegration } = loadCompany(ON_BITBUCKET).organization;

    expect(tokenSubjects(continuousIntegration, { name: "live" })).toEqual({
      issuer: "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
      audience: "ari:cloud:bitbucket::workspace/10000000-0000-0000-0000-000000000000",
      plan: ["{20000000-0000-0000-0000-000000000000}:*"],
      apply: "{20000000-0000-0000-0000-000000000000}:{30000000-0000-0000-0000-200000000003}:*",
    });
  });
});

describe("an organization on Bitbucket", () => {
  const uuids = (change: Record<string, unknown>) => {
    const { continuousIntegration: ci } = loadCompany(ON_BITBUCKET).organization;
    const all = { ...(ci.provider === "bitbucket" ? ci.environmentUuids : {}), ...change };
    return bitbucket({
      environmentUuids: Object.fromEntries(Object.entries(all).filter(([, uuid]) => uuid !== undefined)),
    });
  };

  it.each([
    [
      "an account without an environment",
      uuids({ live: undefined }),
      "live",
      "nothing",
      /make the deployment/,
    ],
    [
      "an environment of no account",
      uuids({ lives: "30000000-0000-0000-0000-000000000009" }),
      "lives",
      "lives",
      /write live/,
    ],
    [
      "an environment of two accounts",
      uuids({ live: "30000000-0000-0000-0000-200000000004" }),
      "live",
      "30000000-0000-0000-0000-200000000004",
      undefined,
    ],
  ] as const)("refuses %s", (_what, change, account, given, mend) => {
    expect(violationsOf(() => loadCompany(change))).toEqual([
      expect.objectContaining({
        path: `continuousIntegration.environmentUuids.${account}`,
        given,
        ...(mend === undefined ? {} : { mend: expect.stringMatching(mend) as string }),
      }),
    ]);
  });

  it("refuses a UUID in braces, as Bitbucket shows it", () => {
    const change = bitbucket({ repositoryUuid: "{20000000-0000-0000-0000-000000000000}" });

    expect(violationsOf(() => loadCompany(change))[0]?.allowed).toMatch(/without braces/);
  });
});
