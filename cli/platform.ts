import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Fleet } from "../environments/schema/fleet";
import { loadFleet } from "../environments/schema/load";
import { buildPlatform, planStacks, type Platform, type StackNode } from "../stacks/graph";
import { withoutTraces } from "../stacks/without-traces";
import { select } from "./selection";

/** Where Slipway keeps what may be deleted at any time: working folders, logs, plug-ins, the sandbox. */
export const SCRATCH = ".slipway";

interface LoadOptions {
  readonly liftProtection?: ReadonlySet<string>;
  readonly outdir?: string;
  /** Selectors of the stacks that are wanted; the others are known by name alone. @default all stacks are made */
  readonly selectors?: readonly string[];
}

/**
 * The organization that the command is about, and its stacks.
 * @throws CliError on a selector that names nothing.
 */
export function loadPlatform({ selectors = [], outdir, ...options }: LoadOptions = {}): Platform {
  const folder = outdir ?? join(SCRATCH, "synth");
  // cdktf makes the folder itself, but none above it.
  mkdirSync(dirname(folder), { recursive: true });
  const fleet = loadFleet();
  return buildPlatform(fleet, { ...options, ...onlyThose(fleet, selectors), outdir: folder });
}

/** What makes the selected stacks only, and leaves the others alone. */
export function onlyThose(
  fleet: Fleet,
  selectors: readonly string[],
): { readonly only?: (id: string) => boolean } {
  if (selectors.length === 0) return {};
  const planned = planStacks(fleet).map(({ id, plan: { account, concern } }) => ({ id, account, concern }));
  const wanted = new Set(select(planned, selectors).map(({ id }) => id));
  return { only: (id) => wanted.has(id) };
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
