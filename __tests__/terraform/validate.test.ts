import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../environments/schema/load";
import { buildPlatform } from "../../stacks/graph";
import { writeStacks } from "../../cli/platform";
import { temporaryFolder } from "../support/company";
import { KNOWN_WARNINGS, run } from "../support/sandbox";
import { describeWithTerraform } from "../support/tiers";

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/** Those that are applied, and watched for warnings, in a test of their own. */
const APPLIED = ["development", "live", "management", "shared-services"];

describeWithTerraform("every stack of the accounts that no test applies", () => {
  const outdir = temporaryFolder();
  const cache = temporaryFolder();
  const platform = buildPlatform(loadFleet("environments"), { outdir });
  const made = platform.stacks.filter(
    ({ stack, account }) => stack !== undefined && !APPLIED.includes(account.name),
  );
  beforeAll(() => writeStacks(platform, made));

  it.each(made.map(({ id }) => id))("%s is valid, without a warning nobody has looked at", async (id) => {
    const folder = join(outdir, "stacks", id);
    mkdirSync(cache, { recursive: true });
    writeFileSync(
      join(folder, "backend_override.tf.json"),
      JSON.stringify({ terraform: { backend: { local: {} } } }),
    );
    const env = { TF_PLUGIN_CACHE_DIR: cache, CHECKPOINT_DISABLE: "1" };
    const init = await run("terraform", ["init", "-input=false", "-no-color"], folder, env);
    expect(init.stderr).toBe("");
    const { stdout } = await run("terraform", ["validate", "-json"], folder, env);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    const unknown = diagnostics.filter(
      ({ summary, detail = "" }) => !KNOWN_WARNINGS.some(({ about }) => about.test(`${summary} ${detail}`)),
    );
    expect(unknown).toEqual([]);
  });
});
