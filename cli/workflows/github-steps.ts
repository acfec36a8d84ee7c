import { TERRAFORM } from "../../modules/delivery/terraform";
import { ACTIONS } from "./pins";

export type Step = Readonly<Record<string, unknown>>;

export const pinned = ({ action, commit }: { readonly action: string; readonly commit: string }) =>
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
    run: summarize("slipway.txt"),
  },
];

/** Bytes of a summary, of which GitHub takes 1 MiB of a step. */
const LONGEST_SUMMARY = 1_000_000;

/** A script that puts a text of the job into its summary, below `$TITLE`; nothing in the text ends its fence. */
export const summarize = (file: string): string =>
  script(
    `text="$RUNNER_TEMP/${file}"`,
    '[ -f "$text" ] || exit 0',
    "fence='````'",
    'while grep -qF -- "$fence" "$text"; do fence+=\'`\'; done',
    `{ echo "### $TITLE"; echo "$fence"; head -c ${LONGEST_SUMMARY} "$text"; echo; echo "$fence"; } >> "$GITHUB_STEP_SUMMARY"`,
    `[ "$(wc -c < "$text")" -le ${LONGEST_SUMMARY} ] || echo "Cut here; [the log]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID) has all of it." >> "$GITHUB_STEP_SUMMARY"`,
  );

/** Lines of a script. */
export const script = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;

/**
 * The commit up to which an account is applied, as output `commit`: nothing when there was no apply. Fails when the
 * run's own commit is older than one that a later run applied, be it in part, since that would be undone.
 */
export const appliedLast = (account: string): Step => ({
  name: "Find what was applied last",
  id: "applied",
  if: "github.event_name != 'pull_request'",
  env: { GH_TOKEN: "${{ github.token }}", WORKFLOW: `${account}.yml` },
  run: script(
    'runs() { gh run list --workflow "$WORKFLOW" --branch "$GITHUB_REF_NAME" --status completed --limit 100 --json event,conclusion,headSha --jq "[.[] | select($1)][0].headSha // \\"\\""; }',
    'known() { git rev-parse --quiet --verify "$1^{commit}" || true; }',
    'latest=$(runs \'(.event == "push" or .event == "workflow_dispatch") and (.conclusion == "success" or .conclusion == "failure")\')',
    'latest=$(known "$latest")',
    "# The newest commit of the branch undoes nothing, even where the branch was rewritten.",
    'if [ -n "$latest" ] && [ "$GITHUB_SHA" != "$(known "origin/$GITHUB_REF_NAME")" ] && ! git merge-base --is-ancestor "$latest" "$GITHUB_SHA"; then',
    '  echo "::error::A later run applied $latest, which $GITHUB_SHA does not contain: applying it would undo that. Run the latest one again, or Run workflow."',
    "  exit 1",
    "fi",
    "# Runs that waited may have been replaced by later ones: what counts is the last that got through.",
    'commit=$(runs \'.event == "push" and .conclusion == "success"\')',
    'echo "commit=$(known "$commit")" >> "$GITHUB_OUTPUT"',
  ),
});
