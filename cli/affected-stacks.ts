import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Platform, StackNode } from "../stacks/graph";
import { incomparable, layOutBase, synthesizeBase } from "./base-tree";
import { writeStacks } from "./platform";
import { touchedParameters } from "./touched-contracts";

/** What changed between a commit and the working tree. */
export interface Affected {
  /** The commit compared with; none when every stack counts as changed from the outset. */
  readonly base?: string;
  /** Why every stack counts as changed, when not each by itself. */
  readonly reason?: string;
  /**
   * Stacks whose Terraform changed or is new, and those that read a contract whose value may change with it; in an
   * order in which they can be applied.
   */
  readonly stacks: readonly StackNode[];
  /** Ids of stacks that were there at the base and are no more, sorted. */
  readonly removed: readonly string[];
}

/**
 * Compares what Terraform is given of each stack with what it was given at `ref`. A base that cannot be synthesized
 * or compared affects everything: rather a plan too many. The platform is used up.
 */
export function affectedStacks(platform: Platform, ref: string | undefined): Affected {
  const made = platform.stacks.filter(({ stack }) => stack !== undefined);
  if (ref === undefined) return { stacks: made, removed: [], reason: "no base was named" };
  const base = layOutBase(ref);
  try {
    const { commit } = base;
    const other = incomparable(base.dir);
    if (other !== undefined) return { base: commit, stacks: made, removed: [], reason: other };
    const outdir = join(base.dir, "cdktf.out");
    const fault = synthesizeBase(base.dir, platform.fleet.directory, outdir);
    if (fault !== undefined)
      return { base: commit, stacks: made, removed: [], reason: `the base does not synthesize: ${fault}` };
    writeStacks(platform, made);
    const ids = new Set(platform.stacks.map(({ id }) => id));
    const before = existsSync(join(outdir, "stacks")) ? readdirSync(join(outdir, "stacks")) : [];
    const was = (id: string) => join(outdir, "stacks", id);
    const is = (id: string) => join(platform.app.outdir, "stacks", id);
    const changed = new Set(made.filter(({ id }) => !sameFiles(was(id), is(id))).map(({ id }) => id));
    const touched = new Set(
      [...changed].flatMap((id) => touchedParameters(json(was(id)) ?? "{}", json(is(id)) ?? "{}")),
    );
    return {
      base: commit,
      stacks: made.filter(
        ({ id, stack }) =>
          changed.has(id) || [...(stack?.contracts.read ?? [])].some((path) => touched.has(path)),
      ),
      removed: before.filter((id) => !ids.has(id)).sort(),
    };
  } finally {
    base.remove();
  }
}

function json(folder: string): string | undefined {
  const file = join(folder, "cdk.tf.json");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Whether two folders hold the same files: a stack's JSON, and what it packs up. */
function sameFiles(one: string, other: string): boolean {
  const files = filesOf(one);
  const others = filesOf(other);
  return (
    files.length > 0 &&
    files.length === others.length &&
    files.every(
      (file, index) =>
        file === others[index] && readFileSync(join(one, file)).equals(readFileSync(join(other, file))),
    )
  );
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(relative(folder, entry.parentPath), entry.name))
    .sort();
}
