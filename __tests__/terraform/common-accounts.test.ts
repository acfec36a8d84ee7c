import { loadFleet } from "../../environments/schema/load";
import { buildPlatform } from "../../stacks/graph";
import { temporaryFolder } from "../support/company";
import { Sandbox } from "../support/sandbox";
import { describeWithEmulator } from "../support/tiers";

const { stacks } = buildPlatform(loadFleet("environments"), { outdir: temporaryFolder() });

/** Accounts that the environments rest on. */
for (const account of ["management", "shared-services"])
  describeWithEmulator(account, () => {
    const sandbox = new Sandbox();
    afterAll(() => sandbox.stop());

    it("is applied, and a second plan is empty", async () => {
      const result = await sandbox.start(account);
      expect(result.stdout + result.stderr).not.toMatch(/✖|Error/);
      expect(result.code).toBe(0);
      const { stdout } = await sandbox.slipway(["plan", account, "--sandbox", "--no-omissions"]);
      const planned = stacks.filter(
        (stack) => stack.account.name === account && stack.concern !== "bootstrap",
      );
      expect(stdout.match(/: no changes/g)).toHaveLength(planned.length);
      expect(sandbox.warnings()).toEqual([]);
    });
  });
