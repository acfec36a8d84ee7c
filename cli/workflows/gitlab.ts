import type { Account } from "../../environments/schema/account";
import type { ContinuousIntegration } from "../../environments/schema/continuous-integration";
import { deliveryAccounts } from "../../environments/schema/deliveries";
import * as names from "../../environments/schema/names";
import { tokenSubjects } from "../../environments/schema/token-subjects";
import type { Platform } from "../../stacks/graph";
import { DEPLOY_INPUTS, DEPLOY_VARIABLES, deployJobs, NO_DEPLOYMENT } from "./gitlab-deploy";
import { serviceTemplate } from "./gitlab-image";
import { SHARED_FILE, sharedJobs } from "./gitlab-shared";
import {
  inputPaths,
  nodeVersion,
  organizationPath,
  yamlOf,
  yamlWithInputs,
  type WorkflowFile,
} from "./workflow-file";

type Gitlab = Extract<ContinuousIntegration, { provider: "gitlab" }>;

/**
 * `.gitlab-ci.yml`: on a merge request a plan of each environment, on the branch an apply of each, started by hand
 * where a person approves, and on a schedule a search for drift. What an account's plan or apply consists of is a
 * child pipeline that `slipway affected` writes.
 * https://docs.gitlab.com/ci/yaml/
 */
export function gitlabPipelines(
  { fleet }: Pick<Platform, "fleet">,
  ci: Gitlab,
  root: string,
): WorkflowFile[] {
  const organization = organizationPath(fleet.directory, root);
  const { name } = fleet.organization;
  const { delivery } = fleet.organization;
  const deploys = delivery?.provider === "gitlab";
  const [first] = fleet.accounts;
  if (first === undefined) return [];
  const shared = sharedJobs({
    branch: ci.branch,
    project: ci.project,
    audience: tokenSubjects(ci, first).audience,
    node: nodeVersion(root).major,
    paths: [...inputPaths(organization), ".gitlab-ci.yml", SHARED_FILE],
    deploys,
  });
  const variables = {
    ...(organization === "environments" ? {} : { SLIPWAY_ORGANIZATION: organization }),
    ...(deploys ? DEPLOY_VARIABLES : {}),
  };
  const pipeline = {
    include: [{ local: SHARED_FILE }],
    workflow: {
      rules: [
        { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' },
        { if: `$CI_COMMIT_BRANCH == "${ci.branch}" && $CI_PIPELINE_SOURCE =~ /^(push|web|schedule)$/` },
        ...(deploys
          ? [
              {
                if: `$CI_COMMIT_BRANCH == "${ci.branch}" && $CI_PIPELINE_SOURCE =~ /^(pipeline|api)$/ && $IMAGE != ""`,
              },
            ]
          : []),
      ],
    },
    stages: ["validate", "affected", "plan", "apply", "drift", ...(deploys ? ["deploy"] : [])],
    ...(Object.keys(variables).length === 0 ? {} : { variables }),
    validate: {
      extends: ".slipway",
      stage: "validate",
      rules: [{ if: `$CI_PIPELINE_SOURCE != "schedule"${deploys ? ` && ${NO_DEPLOYMENT}` : ""}` }],
      script: ["npx slipway validate", "npx slipway workflows --check"],
    },
    ...Object.fromEntries(fleet.accounts.flatMap(accountJobs)),
    ...(deploys ? Object.fromEntries(deployJobs(deliveryAccounts(fleet))) : {}),
  };
  return [
    {
      path: ".gitlab-ci.yml",
      text: deploys ? yamlWithInputs(DEPLOY_INPUTS, pipeline, name) : yamlOf(pipeline, name),
    },
    { path: SHARED_FILE, text: yamlOf(shared, name) },
    ...(deploys ? [serviceTemplate(fleet, delivery.tagPattern)] : []),
  ];
}

function accountJobs(account: Account) {
  const { name } = account;
  const affected = `affected ${name}`;
  const child = {
    needs: [affected],
    trigger: { include: [{ artifact: `slipway-${name}.yml`, job: affected }], strategy: "depend" },
  };
  return [
    [affected, { extends: ".slipway-affected", variables: { ACCOUNT: name } }],
    [`plan ${name}`, { extends: ".slipway-plans", ...child }],
    [
      `apply ${name}`,
      {
        extends: account.capabilities.applyApproval ? ".slipway-applies-by-hand" : ".slipway-applies",
        ...child,
        // One pipeline at a time. Its deployment says what was applied last, and who may start it.
        resource_group: name,
        environment: { name },
      },
    ],
    [
      `drift ${name}`,
      {
        extends: ".slipway-drift",
        variables: {
          ACCOUNT: name,
          AWS_REGION: account.region,
          AWS_ROLE_ARN: names.roleArn(account, names.PLAN_ROLE),
        },
      },
    ],
  ] as const;
}
