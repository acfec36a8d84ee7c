import { join } from "node:path";
import type { Fleet } from "../../environments/schema/fleet";
import type { StackNode } from "../../stacks/graph";
import { temporaryFolder } from "./company";
import { Sandbox, type Result } from "./sandbox";
import { runs, TerraformGroup, writtenStacks } from "./terraform-group";

/** What Terraform says of a run that failed. */
export const failure = ({ code, stdout, stderr }: Result) =>
  code === 0 ? "" : `${stdout.slice(-3000)}${stderr}`;

/** Groups of stacks, each to be run after those before it, written from where they were synthesized. */
export function groupsOf(
  { outdir, stacks }: { readonly outdir: string; readonly stacks: readonly StackNode[] },
  folder: string,
  env: NodeJS.ProcessEnv,
): TerraformGroup[] {
  return runs(stacks).map((run, index) => {
    const group = new TerraformGroup(run, join(folder, String(index)), env);
    group.write(outdir);
    return group;
  });
}

/** Stacks of one account from nothing to nothing, with an emulator of their own. */
export class TerraformCycle {
  readonly sandbox = new Sandbox();
  groups: readonly TerraformGroup[] = [];
  ids: readonly string[] = [];

  constructor(
    private readonly fleet: Fleet,
    private readonly wanted: (id: string) => boolean,
  ) {}

  /** Writes and initializes them, and applies nothing. */
  async start(): Promise<void> {
    const written = writtenStacks(this.fleet, this.wanted);
    this.ids = written.stacks.map(({ id }) => id);
    await this.sandbox.emulator();
    const env = await this.sandbox.environment(written.stacks[0]?.account.id ?? "");
    this.groups = groupsOf(written, temporaryFolder(), env);
    for (const group of this.groups) expect((await group.init()).stderr).toBe("");
  }

  /** Makes them, each after those whose contracts it reads. */
  async apply(): Promise<void> {
    for (const group of this.groups) expect(failure(await group.apply())).toBe("");
  }

  async hasNothingToChange(): Promise<void> {
    for (const group of this.groups) expect((await group.plan()).stdout).toContain("No changes.");
  }

  /** Destroys them, the last first, with their protection lifted. */
  async comesDown(): Promise<void> {
    const lifted = writtenStacks(this.fleet, this.wanted, new Set(this.ids));
    for (const group of [...this.groups].reverse()) {
      group.write(lifted.outdir);
      expect(failure(await group.apply("-destroy", "-refresh=false"))).toBe("");
      expect(await group.state()).toEqual([]);
    }
  }
}
