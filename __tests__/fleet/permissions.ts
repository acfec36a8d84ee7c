import { resourcesOf } from "../../cli/resources";
import { migrationsIn, type Fleet } from "../../environments/schema/fleet";
import { grantOf } from "../../modules/identity/grants";
import { isFoundation } from "../../stacks/graph";
import { grantsFor } from "../../stacks/permissions-stack";
import { blocks } from "../support/at-rest";
import { expectEnough } from "../support/examples";
import { synthesized } from "../support/synthesized";

/** What is granted to the role that applies an organization is what its stacks take. */
export function permissions(fleet: Fleet): void {
  const { platform, stacks: byId } = synthesized(fleet);
  const { stacks } = platform;
  const needs = stacks
    // Whoever applies what is not of AWS brings a token.
    .filter((node) => !isFoundation(node) && node.stack?.credentials.length === 0)
    .flatMap(({ id, account, stack }) =>
      (stack === undefined ? [] : resourcesOf(stack)).map(({ type, address }) => ({
        resource: `${id}: ${address}`,
        account,
        concern: grantOf(type)?.concern,
      })),
    );

  it("no two statements of a policy have one id, which Terraform refuses", () => {
    const twice = [...byId.values()].flatMap((stack) =>
      stack.dataSources("aws_iam_policy_document").flatMap(({ address, values }) => {
        const sids = blocks(values["statement"]).flatMap(({ sid }) => (typeof sid === "string" ? [sid] : []));
        return new Set(sids).size === sids.length ? [] : [`${stack.id}: ${address}`];
      }),
    );
    expect(twice).toEqual([]);
  });

  it("the role that applies is granted what every resource of every stack takes", () => {
    expectEnough(needs.length, 500, stacks.length);
    expect(
      needs.filter(
        ({ account, concern }) =>
          concern === undefined ||
          !grantsFor(account, fleet.organization, migrationsIn(fleet, account)).includes(concern),
      ),
    ).toEqual([]);
  });

  it("no account is granted a concern of which it has nothing", () => {
    const accounts = [...new Set(stacks.map(({ account }) => account))];
    const idle = accounts.flatMap((account) =>
      grantsFor(account, fleet.organization, migrationsIn(fleet, account))
        .filter((concern) => !needs.some((need) => need.account === account && need.concern === concern))
        .map((concern) => `${account.name}: ${concern}`),
    );

    expect(idle).toEqual([]);
  });
}
