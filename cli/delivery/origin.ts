import { hostname } from "node:os";

/** Where a command runs, for whoever reads of it later: the CI run's address, or the machine. */
export function whereabouts(env: NodeJS.ProcessEnv = process.env): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, CI_JOB_URL, CODEBUILD_BUILD_ID } = env;
  if (GITHUB_RUN_ID !== undefined)
    return `${GITHUB_SERVER_URL ?? "https://github.com"}/${GITHUB_REPOSITORY ?? ""}/actions/runs/${GITHUB_RUN_ID}`;
  if (CI_JOB_URL !== undefined) return CI_JOB_URL;
  if (env["BITBUCKET_BUILD_NUMBER"] !== undefined)
    return `https://bitbucket.org/${env["BITBUCKET_REPO_FULL_NAME"] ?? ""}/pipelines/results/${env["BITBUCKET_BUILD_NUMBER"]}`;
  if (CODEBUILD_BUILD_ID !== undefined) return `CodeBuild ${CODEBUILD_BUILD_ID}`;
  return hostname();
}
