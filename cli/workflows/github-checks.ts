import type { Account } from "../../environments/schema/account";
import { appliedLast, checkout, installSlipway, script, summarize } from "./github-steps";
import { RUNNER } from "./pins";

interface Checked {
  readonly account: Account;
  /** The branch that is applied. */
  readonly branch: string;
  /** File that names Node's version. */
  readonly nodeFile: string;
  /** Environment variables with tokens that stacks take beyond AWS's credentials. */
  readonly credentials: readonly string[];
}

/** Validates, and finds out which stacks changed: since the base of a pull request, or since the last apply. */
export function affectedJob({ account: { name }, branch, nodeFile, credentials }: Checked) {
  return {
    if: "github.event_name != 'schedule'",
    "runs-on": RUNNER,
    "timeout-minutes": 20,
    permissions: { actions: "read", contents: "read" },
    outputs: {
      common: "${{ steps.affected.outputs.common }}",
      services: "${{ steps.affected.outputs.services }}",
      after_services: "${{ steps.affected.outputs.after_services }}",
      ...(credentials.length > 0 ? { beyond_aws: "${{ steps.affected.outputs.beyond_aws }}" } : {}),
    },
    steps: [
      {
        name: "Refuse another branch",
        if: `github.event_name != 'pull_request' && github.ref != 'refs/heads/${branch}'`,
        run: script(
          `echo "::error::Only ${branch} is applied, and this is $GITHUB_REF_NAME: nothing was done. Run the workflow from ${branch}."`,
          "exit 1",
        ),
      },
      checkout(true),
      appliedLast(name),
      ...installSlipway(nodeFile),
      { name: "Validate", run: "npx slipway validate" },
      { name: "Check that the workflows are as described", run: "npx slipway workflows --check" },
      {
        name: "Find what changed",
        id: "affected",
        env: { APPLIED: "${{ steps.applied.outputs.commit }}", TITLE: `${name}: affected` },
        run:
          script(
            'case "$GITHUB_EVENT_NAME" in',
            "  pull_request) base=HEAD^1 ;;",
            "  push) base=$APPLIED ;;",
            "  *) base= ;;",
            "esac",
            `npx slipway affected --account ${name} --base "$base" --outputs "$GITHUB_OUTPUT" 2>&1 | tee "$RUNNER_TEMP/affected.txt"`,
          ) + summarize("affected.txt"),
      },
    ],
  };
}

/**
 * The one check that a pull request into the branch needs: there is one for every pull request, whatever it changes,
 * and its name is the account's own.
 */
export function checkedJob(name: string, plans: readonly string[]) {
  return {
    name: `${name}: checked`,
    needs: ["affected", ...plans],
    if: "always() && github.event_name == 'pull_request'",
    "runs-on": RUNNER,
    "timeout-minutes": 5,
    permissions: {},
    steps: [
      {
        name: "Look at the jobs before",
        env: { RESULTS: "${{ join(needs.*.result, ' ') }}" },
        run: script(
          'echo "$RESULTS"',
          'case " $RESULTS " in',
          '  *" failure "* | *" cancelled "*) exit 1 ;;',
          "esac",
        ),
      },
    ],
  };
}
