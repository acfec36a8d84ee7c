import { ACTIONS, TERRAFORM } from "./pins";

type Step = Readonly<Record<string, unknown>>;

const pinned = ({ action, commit }: { readonly action: string; readonly commit: string }) =>
  `${action}@${commit}`;

/** The repository; whatever runs afterwards finds no token in it. */
export const checkout = (whole = false): Step => ({
  name: "Check out",
  uses: pinned(ACTIONS.checkout),
  with: { ...(whole ? { "fetch-depth": 0 } : {}), "persist-credentials": false },
});

/** Slipway and its libraries, as package-lock.json has them. */
export const installSlipway = (versionFile: string): Step[] => [
  {
    name: "Set up Node.js",
    uses: pinned(ACTIONS.node),
    with: { "node-version-file": versionFile, cache: "npm" },
  },
  { name: "Install Slipway", run: "npm ci --no-audit --no-fund" },
];

export const installTerraform: Step = {
  name: "Set up Terraform",
  uses: pinned(ACTIONS.terraform),
  with: { terraform_version: TERRAFORM.version, terraform_wrapper: false },
};

/** The account's role, for as long as `seconds`, in exchange for the job's token; no key is stored anywhere. */
export const assumeRole = (session: string, seconds: number): Step => ({
  name: "Take on the account's role",
  uses: pinned(ACTIONS.credentials),
  with: {
    "role-to-assume": "${{ inputs.role }}",
    "role-session-name": `${session}-\${{ github.run_id }}`,
    "role-duration-seconds": seconds,
    "aws-region": "${{ inputs.region }}",
    "allowed-account-ids": "${{ inputs.account-id }}",
  },
});

/** Runs Slipway over the stacks of the input, and puts what it says into the job's summary. */
export const runSlipway = (
  name: string,
  command: string,
  env: Readonly<Record<string, string>> = {},
): Step[] => [
  {
    name,
    env: { STACKS: "${{ inputs.stacks }}", ...env },
    run: `read -r -a stacks <<< "$STACKS"\n${command} "\${stacks[@]}" 2>&1 | tee "$RUNNER_TEMP/slipway.txt"\n`,
  },
  {
    name: "Summarize",
    if: "always()",
    env: { TITLE: `\${{ inputs.account }}: ${name.toLowerCase()}` },
    run:
      [
        '[ -f "$RUNNER_TEMP/slipway.txt" ] || exit 0',
        `{ echo "### $TITLE"; echo '\`\`\`'; cat "$RUNNER_TEMP/slipway.txt"; echo '\`\`\`'; } >> "$GITHUB_STEP_SUMMARY"`,
      ].join("\n") + "\n",
  },
];
