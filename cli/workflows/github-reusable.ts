import {
  appliedLast,
  assumeRole,
  checkout,
  installSlipway,
  installTerraform,
  runSlipway,
} from "./github-steps";
import { RUNNER } from "./pins";

const text = (description: string) => ({ description, required: true, type: "string" });

const INPUTS = {
  account: text("The account's name"),
  "account-id": text("The account's id"),
  region: text("The account's region"),
  role: text("ARN of the role to take on"),
  stacks: text("Stack ids or selectors, separated by blanks"),
};

const PERMISSIONS = { contents: "read", "id-token": "write" };

interface Settings {
  /** File that names Node's version. */
  readonly nodeFile: string;
  /** Environment variables of every step. */
  readonly env: Readonly<Record<string, string>>;
}

const shell = ({ env }: Settings) => ({
  permissions: {},
  ...(Object.keys(env).length === 0 ? {} : { env }),
  // With `shell: bash` a pipe fails with any of its parts.
  defaults: { run: { shell: "bash" } },
});

/** Plans stacks of one account, whichever: the common ones and every service alike. */
export const planWorkflow = (settings: Settings) => ({
  name: "slipway-plan",
  on: {
    workflow_call: {
      inputs: {
        ...INPUTS,
        "fail-on-changes": {
          description: "Whether changes are a failure, as in the search for drift",
          default: false,
          type: "boolean",
        },
      },
    },
  },
  ...shell(settings),
  jobs: {
    plan: {
      "runs-on": RUNNER,
      "timeout-minutes": 60,
      permissions: PERMISSIONS,
      steps: [
        checkout(),
        ...installSlipway(settings.nodeFile),
        installTerraform,
        assumeRole("slipway-plan", 3600),
        ...runSlipway("Plan", 'npx slipway plan ${FLAGS:+"$FLAGS"}', {
          FLAGS: "${{ inputs.fail-on-changes && '--fail-on-changes' || '' }}",
        }),
      ],
    },
  },
});

/** An apply of somebody by hand is waited for, not failed on. */
export const LOCK_TIMEOUT = { TF_CLI_ARGS_plan: "-lock-timeout=10m", TF_CLI_ARGS_apply: "-lock-timeout=10m" };

/** The job whose stacks hold nothing of AWS, and the input that gives it tokens. */
export const BEYOND_AWS = "beyond-aws";

interface ApplySettings extends Settings {
  /** Environment variables with the tokens of stacks that hold nothing of AWS: secrets of the account's environment. */
  readonly credentials: readonly string[];
}

/** What declares the tokens, which the environment's secrets of the same names stand in for. */
const tokens = (credentials: readonly string[]) => ({
  inputs: {
    ...INPUTS,
    [BEYOND_AWS]: {
      description: "Whether the stacks hold nothing of AWS, and are given the tokens that they take",
      default: false,
      type: "boolean",
    },
  },
  secrets: Object.fromEntries(
    credentials.map((name) => [
      name,
      { description: "A secret of the account's environment", required: false },
    ]),
  ),
});

/** Applies stacks of one account, in its environment: where that has reviewers, after one of them approved. */
export const applyWorkflow = (settings: ApplySettings) => ({
  name: "slipway-apply",
  on: {
    workflow_call: settings.credentials.length === 0 ? { inputs: INPUTS } : tokens(settings.credentials),
  },
  ...shell(settings),
  jobs: {
    apply: {
      "runs-on": RUNNER,
      "timeout-minutes": 180,
      environment: "${{ inputs.account }}",
      permissions: { actions: "read", ...PERMISSIONS },
      steps: [
        checkout(true),
        // Here too: jobs that failed can be run again without those before them.
        appliedLast("${{ inputs.account }}"),
        ...installSlipway(settings.nodeFile),
        installTerraform,
        assumeRole("slipway-apply", 4 * 3600),
        ...runSlipway("Apply", "npx slipway up --auto-approve", {
          ...LOCK_TIMEOUT,
          ...Object.fromEntries(
            settings.credentials.map((name) => [
              name,
              `\${{ inputs.${BEYOND_AWS} && secrets.${name} || '' }}`,
            ]),
          ),
        }),
      ],
    },
  },
});
