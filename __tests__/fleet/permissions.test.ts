import { resourcesOf } from "../../cli/resources";
import { loadFleet } from "../../environments/schema/load";
import { grantOf } from "../../modules/identity/grants";
import { buildPlatform, isFoundation } from "../../stacks/graph";
import { grantsFor } from "../../stacks/permissions-stack";
import { removeFolders, temporaryFolder } from "../support/company";

afterAll(removeFolders);

const { stacks } = buildPlatform(loadFleet("environments"), { outdir: temporaryFolder() });
const needs = stacks
  .filter((node) => !isFoundation(node))
  .flatMap(({ id, account, stack }) =>
    (stack === undefined ? [] : resourcesOf(stack)).map(({ type, address }) => ({
      resource: `${id}: ${address}`,
      account,
      concern: grantOf(type)?.concern,
    })),
  );

it("the role that applies is granted what every resource of every stack takes", () => {
  expect(needs.length).toBeGreaterThan(500);
  expect(
    needs.filter(({ account, concern }) => concern === undefined || !grantsFor(account).includes(concern)),
  ).toEqual([]);
});

it("no account is granted a concern of which it has nothing", () => {
  const accounts = [...new Set(stacks.map(({ account }) => account))];
  const idle = accounts.flatMap((account) =>
    grantsFor(account)
      .filter((concern) => !needs.some((need) => need.account === account && need.concern === concern))
      .map((concern) => `${account.name}: ${concern}`),
  );

  expect(idle).toEqual([]);
});
