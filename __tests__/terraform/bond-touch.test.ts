import { loadFleet } from "../../environments/schema/load";
import { removeFolders, temporaryFolder } from "../support/company";
import { TerraformGroup, writtenStacks } from "../support/terraform-group";
import { describeWithTerraform } from "../support/tiers";

afterAll(removeFolders);

const fleet = loadFleet("examples/bond-touch");

/** Cloudflare's provider is not AWS's, and its stack is held to its JSON alone. */
const BEYOND_AWS = "production-traffic-redis";

describeWithTerraform("every stack of AWS of the fourth case's production and its second region", () => {
  it.each(["production", "production-west"])(
    "of %s is valid, without a warning nobody has looked at",
    async (account) => {
      const { outdir, stacks } = writtenStacks(
        fleet,
        (id) =>
          id.startsWith(`${account}-`) &&
          (account !== "production" || !id.startsWith("production-west-")) &&
          id !== BEYOND_AWS,
      );
      const group = new TerraformGroup(stacks, temporaryFolder());
      group.write(outdir);

      expect((await group.init()).stderr).toBe("");
      expect(await group.validate()).toEqual([]);
    },
  );
});
