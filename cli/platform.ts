import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadFleet } from "../environments/schema/load";
import { buildPlatform, type Platform, type StackNode } from "../stacks/graph";
import { withoutTraces } from "../stacks/without-traces";

/** Where Slipway keeps what may be deleted at any time: working folders, logs, plug-ins, the sandbox. */
export const SCRATCH = ".slipway";

/** The organization that the command is about, and all its stacks. */
export function loadPlatform(
  options: { readonly liftProtection?: ReadonlySet<string>; readonly outdir?: string } = {},
): Platform {
  const outdir = options.outdir ?? join(SCRATCH, "synth");
  // cdktf makes the folder itself, but none above it.
  mkdirSync(dirname(outdir), { recursive: true });
  return buildPlatform(loadFleet(), { ...options, outdir });
}

/**
 * Writes the JSON of the named stacks, and of no other, below the platform's folder. The platform is used up:
 * the stacks that are not named are gone from it.
 */
export function writeStacks(platform: Platform, stacks: readonly StackNode[]): void {
  const wanted = new Set(stacks.map(({ id }) => id));
  for (const { id } of platform.stacks) if (!wanted.has(id)) platform.app.node.tryRemoveChild(id);
  mkdirSync(platform.app.outdir, { recursive: true });
  withoutTraces(() => platform.app.synth());
}

/** Folder of the files that were written beside a stack's JSON, which names them by paths relative to itself. */
export function assetsOf(outdir: string, id: string): string {
  return join(outdir, "stacks", id, "assets");
}

/** The JSON that was written of a stack. */
export function readStack(outdir: string, id: string): string {
  return readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8");
}
