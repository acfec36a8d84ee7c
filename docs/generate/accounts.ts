import { loadFleet } from "../../environments/schema/load";
import { resourcesOf } from "../../cli/resources";
import { buildPlatform } from "../../stacks/graph";
import { accountPage } from "./account-page";

/** The page of each account of the organization that Slipway ships with, by file name. */
export function accountPages(outdir: string): ReadonlyMap<string, string> {
  const { fleet, stacks } = buildPlatform(loadFleet("environments"), { outdir });
  return new Map(
    fleet.accounts.map((account) => [
      `${account.name}.md`,
      accountPage(
        fleet,
        account,
        stacks
          .filter((node) => node.account === account)
          .map(({ id, concern, stack, dependsOn }) => ({
            id,
            concern,
            resources: stack === undefined ? 0 : resourcesOf(stack).length,
            dependsOn,
          })),
      ),
    ]),
  );
}
