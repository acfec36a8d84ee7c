import type { Account } from "../../environments/schema/account";
import * as names from "../../environments/schema/names";
import { SHARED_FILE } from "./gitlab-shared";
import type { AccountJobs } from "./job-groups";

/**
 * The child pipeline of an account: a job for the stacks that services rest on, then a job each for groups of
 * services, then one for what rests on services.
 * https://docs.gitlab.com/ci/pipelines/downstream_pipelines/#dynamic-child-pipelines
 */
export function childPipeline(
  account: Account,
  { common, services, afterServices, beyondAws = [] }: AccountJobs,
  apply: boolean,
) {
  const role = apply ? names.APPLY_ROLE : names.PLAN_ROLE;
  const job = (stage: string, stacks: readonly string[]) => ({
    extends: apply ? ".slipway-apply" : ".slipway-plan",
    stage,
    variables: { STACKS: stacks.join(" ") },
  });
  const jobs = {
    ...(common.length === 0 ? {} : { common: job("common", common) }),
    ...Object.fromEntries(
      services.map(({ name, stacks }) => [`services (${name})`, job("services", stacks)]),
    ),
    ...(afterServices.length === 0 ? {} : { "after services": job("after-services", afterServices) }),
    ...(beyondAws.length === 0
      ? {}
      : {
          "beyond aws": {
            ...job("after-services", beyondAws),
            // Whose variables are the tokens; a plan has none, and says so.
            ...(apply ? { environment: { name: `${account.name}/beyond-aws` } } : {}),
          },
        }),
  };
  return {
    include: [{ local: SHARED_FILE }],
    // Without it, a merge request's child pipeline leaves out jobs that have no rules.
    workflow: { rules: [{ when: "always" }] },
    stages: ["common", "services", "after-services"],
    variables: {
      ACCOUNT: account.name,
      AWS_REGION: account.region,
      AWS_ROLE_ARN: names.roleArn(account, role),
    },
    // A pipeline must have a job.
    ...(Object.keys(jobs).length > 0 ? jobs : { nothing: NOTHING }),
  };
}

const NOTHING = {
  stage: "common",
  variables: { GIT_STRATEGY: "none" },
  script: ['echo "Nothing changed in $ACCOUNT."'],
  timeout: "5m",
};
