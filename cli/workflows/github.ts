import type { Account } from "../../environments/schema/account";
import * as names from "../../environments/schema/names";
import { deliveryAccounts } from "../../environments/schema/deliveries";
import type { Platform } from "../../stacks/graph";
import { pushTarget } from "./delivery-target";
import { deployAccountWorkflow, deployWorkflow } from "./github-deploy";
import { githubPlatform, imageWorkflow } from "./github-image";
import { applyWorkflow, BEYOND_AWS, planWorkflow } from "./github-reusable";
import { affectedJob, checkedJob } from "./github-checks";
import { credentialsOf, restingOnServices } from "./job-groups";
import { inputPaths, nodeVersion, organizationPath, yamlOf, type WorkflowFile } from "./workflow-file";

const FOLDER = ".github/workflows";
const PLAN = `./${FOLDER}/slipway-plan.yml`;
const APPLY = `./${FOLDER}/slipway-apply.yml`;

/** A workflow for each environment, and the two that all of them call. */
export function githubWorkflows(
  { fleet, stacks }: Pick<Platform, "fleet" | "stacks">,
  branch: string,
  root: string,
): WorkflowFile[] {
  const nodeFile = nodeVersion(root).file;
  const organization = organizationPath(fleet.directory, root);
  const env: Record<string, string> =
    organization === "environments" ? {} : { SLIPWAY_ORGANIZATION: organization };
  const file = (name: string, value: unknown) => ({
    path: `${FOLDER}/${name}.yml`,
    text: yamlOf(value, fleet.organization.name),
  });
  const environments = fleet.accounts.map((account, index) => {
    const mine = stacks.filter((stack) => stack.account.name === account.name);
    return file(
      account.name,
      environmentWorkflow({
        account,
        branch,
        env,
        nodeFile,
        paths: [...inputPaths(organization), `${FOLDER}/${account.name}.yml`, `${FOLDER}/slipway-*.yml`],
        services: mine.some(({ concern }) => concern === "service"),
        afterServices: restingOnServices(mine).size > 0,
        credentials: credentialsOf(mine),
        // Not all at once, and not on the hour, when everybody's start.
        driftMinute: (17 + index * 7) % 60,
      }),
    );
  });
  return [
    ...environments,
    file("slipway-plan", planWorkflow({ nodeFile, env })),
    file("slipway-apply", applyWorkflow({ nodeFile, env, credentials: credentialsOf(stacks) })),
    ...(fleet.organization.delivery?.provider === "github"
      ? [
          file("deploy", deployWorkflow(deliveryAccounts(fleet), { branch, nodeFile, env })),
          file("slipway-deploy", deployAccountWorkflow({ branch, nodeFile, env })),
          file("slipway-image", imageWorkflow(pushTarget(fleet), githubPlatform(fleet))),
        ]
      : []),
  ];
}

interface Environment {
  readonly account: Account;
  readonly branch: string;
  readonly env: Readonly<Record<string, string>>;
  readonly nodeFile: string;
  readonly paths: readonly string[];
  readonly services: boolean;
  /** Whether something besides services is applied after them. */
  readonly afterServices: boolean;
  /** Environment variables with tokens that stacks take beyond AWS's credentials. */
  readonly credentials: readonly string[];
  readonly driftMinute: number;
}

const ON_PULL_REQUEST =
  "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository";
const onBranch = (branch: string) =>
  `(github.event_name == 'push' || github.event_name == 'workflow_dispatch') && github.ref == 'refs/heads/${branch}'`;

function environmentWorkflow(environment: Environment) {
  const { account, branch, env, paths, services, afterServices, credentials, driftMinute } = environment;
  const { name } = account;
  const jobs = [
    { id: "common", output: "common" },
    ...(services ? [{ id: "services", output: "services" }] : []),
    ...(afterServices ? [{ id: "after-services", output: "after_services" }] : []),
    ...(credentials.length > 0 ? [{ id: BEYOND_AWS, output: "beyond_aws" }] : []),
  ];
  const call = (
    uses: string,
    role: string,
    stacks: string,
    more: Readonly<Record<string, unknown>> = {},
  ) => ({
    permissions: { contents: "read", "id-token": "write" },
    uses,
    with: {
      account: name,
      "account-id": account.id,
      region: account.region,
      role: names.roleArn(account, role),
      stacks,
      ...more,
    },
  });
  const many = (id: string, parallel?: number) =>
    id === "services"
      ? {
          name: `${id} (\${{ matrix.name }})`,
          strategy: {
            "fail-fast": false,
            ...(parallel === undefined ? {} : { "max-parallel": parallel }),
            matrix: "${{ fromJSON(needs.affected.outputs.services) }}",
          },
        }
      : {};
  const stacksOf = ({ id, output }: { id: string; output: string }) =>
    id === "services" ? "${{ matrix.stacks }}" : `\${{ needs.affected.outputs.${output} }}`;
  const wanted = (output: string) => `needs.affected.outputs.${output} != ''`;
  return {
    name,
    on: {
      // Without `paths`: a required check that never starts is waited for for ever.
      pull_request: { branches: [branch] },
      push: { branches: [branch], paths },
      schedule: [{ cron: `${driftMinute} 3 * * *` }],
      workflow_dispatch: null,
    },
    permissions: {},
    ...(Object.keys(env).length === 0 ? {} : { env }),
    defaults: { run: { shell: "bash" } },
    concurrency: {
      group: `\${{ github.event_name == 'pull_request' && format('plan-${name}-{0}', github.event.pull_request.number) || github.event_name == 'schedule' && 'drift-${name}' || github.ref == 'refs/heads/${branch}' && 'apply-${name}' || format('refused-${name}-{0}', github.ref) }}`,
      "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    },
    jobs: {
      affected: affectedJob(environment),
      ...Object.fromEntries(
        jobs.map((job) => [
          `plan-${job.id}`,
          {
            ...many(`${job.id}`, 6),
            needs: "affected",
            if: `${ON_PULL_REQUEST} && ${wanted(job.output)}`,
            ...call(PLAN, names.PLAN_ROLE, stacksOf(job)),
          },
        ]),
      ),
      ...Object.fromEntries(
        jobs.map((job, index) => {
          const before = jobs.slice(0, index).map(({ id }) => `apply-${id}`);
          // What comes before may have nothing to do, which is no reason to stop.
          const passed = before.map(
            (id) => `needs.${id}.result != 'failure' && needs.${id}.result != 'cancelled'`,
          );
          return [
            `apply-${job.id}`,
            {
              // All at once, so that one approval is for all of them.
              ...many(job.id),
              needs: ["affected", ...before],
              if: [
                "!cancelled() && needs.affected.result == 'success'",
                ...passed,
                onBranch(branch),
                wanted(job.output),
              ].join(" && "),
              ...call(
                APPLY,
                names.APPLY_ROLE,
                stacksOf(job),
                job.id === BEYOND_AWS ? { [BEYOND_AWS]: true } : {},
              ),
              ...(job.id === BEYOND_AWS
                ? {
                    secrets: Object.fromEntries(credentials.map((name) => [name, `\${{ secrets.${name} }}`])),
                  }
                : {}),
              permissions: { actions: "read", contents: "read", "id-token": "write" },
            },
          ];
        }),
      ),
      checked: checkedJob(
        name,
        jobs.map(({ id }) => `plan-${id}`),
      ),
      drift: {
        if: "github.event_name == 'schedule'",
        ...call(PLAN, names.PLAN_ROLE, name, { "fail-on-changes": true }),
      },
    },
  };
}
