import type { ContinuousIntegration } from "./continuous-integration";

/** Whose tokens an account's roles trust. */
export interface TokenSubjects {
  /** Issuer, without https://. */
  readonly issuer: string;
  /** The audience that the engine asks tokens for. */
  readonly audience: string;
  /** Subjects of the tokens of plans. */
  readonly plan: readonly string[];
  /** Subject of the token of an apply. */
  readonly apply: string;
}

/**
 * Issuer and subjects of the CI engine's tokens. Plans come from pull requests and, of what is on the branch, from
 * the nightly search for drift; an apply comes from the environment that is named as the account.
 * https://docs.github.com/en/actions/reference/security/oidc
 * https://docs.gitlab.com/ci/secrets/id_token_authentication/
 * https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
 */
export function tokenSubjects(ci: ContinuousIntegration, account: { readonly name: string }): TokenSubjects {
  switch (ci.provider) {
    case "github": {
      const subject = ci.subjectPrefix ?? `repo:${ci.repository}`;
      return {
        issuer: "token.actions.githubusercontent.com",
        audience: "sts.amazonaws.com",
        plan: [`${subject}:pull_request`, `${subject}:ref:refs/heads/${ci.branch}`],
        apply: `${subject}:environment:${account.name}`,
      };
    }
    case "bitbucket": {
      const environment = ci.environmentUuids[account.name];
      if (environment === undefined) throw new Error(`${account.name} has no deployment environment`);
      return {
        issuer: bitbucketIssuer(ci.workspace),
        audience: `ari:cloud:bitbucket::workspace/${ci.workspaceUuid}`,
        // The last part is the step's UUID, another one in each run.
        plan: [`{${ci.repositoryUuid}}:*`],
        apply: `{${ci.repositoryUuid}}:{${environment}}:*`,
      };
    }
    case "gitlab":
      return {
        issuer: ci.url.replace(/^https:\/\//, "").replace(/\/$/, ""),
        audience: ci.url,
        plan: [`project_path:${ci.project}:ref_type:branch:ref:*`],
        apply: `project_path:${ci.project}:ref_type:branch:ref:${ci.branch}`,
      };
  }
}

const bitbucketIssuer = (workspace: string) =>
  `api.bitbucket.org/2.0/workspaces/${workspace}/pipelines-config/identity/oidc`;

/** Subject of the tokens of a service's repository on tags such as `v*`. */
export function tagSubject(
  ci: ContinuousIntegration,
  source: { readonly repository: string; readonly subjectPrefix?: string | undefined },
  tagPattern: string,
): string {
  return ci.provider === "gitlab"
    ? `project_path:${source.repository}:ref_type:tag:ref:${tagPattern}`
    : `${source.subjectPrefix ?? `repo:${source.repository}`}:ref:refs/tags/${tagPattern}`;
}
