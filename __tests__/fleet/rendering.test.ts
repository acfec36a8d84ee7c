import { TerraformStack } from "cdktf";
import { loadFleet } from "../../environments/schema/load";
import { buildPlatform } from "../../stacks/graph";
import { temporaryFolder } from "../support/company";

it("a stack is rendered as cdktf itself renders it", () => {
  const { stacks } = buildPlatform(loadFleet("environments"), { outdir: temporaryFolder() });
  const concerns = new Map(stacks.map((node) => [node.concern, node.stack]));

  expect(concerns.size).toBeGreaterThan(8);
  for (const stack of concerns.values()) {
    if (stack === undefined) continue;
    const cdktfs: unknown = TerraformStack.prototype.toTerraform.call(stack);
    expect(stack.toTerraform()).toEqual(cdktfs);
  }
});
