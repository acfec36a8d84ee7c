import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assetsOf, readStack, writeStacks } from "../../cli/platform";
import type { Fleet } from "../../environments/schema/fleet";
import { buildPlatform, type StackNode } from "../../stacks/graph";
import { temporaryFolder } from "./company";
import { KNOWN_WARNINGS, run, warningsIn, type Result, type Sandbox } from "./sandbox";
import { object, type Json } from "./synthesized";

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/**
 * Stacks of one account that do not wait for each other, each a module of one Terraform run with one provider and
 * one state on this machine. Terraform reads the provider's schema once for all of them, which is most of the time
 * that a stack takes; what each stack says is untouched, but for its backend and the stack's own default tags.
 */
export class TerraformGroup {
  constructor(
    readonly stacks: readonly StackNode[],
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv = {},
  ) {}

  /** Writes what is run, from where it was synthesized; once more writes it anew. */
  write(outdir: string): void {
    const module: Record<string, object> = {};
    let provider: Json = null;
    for (const { id } of this.stacks) {
      const folder = join(this.folder, "stacks", id);
      const json = object(
        JSON.parse(readStack(outdir, id).replaceAll('"assets/', `"stacks/${id}/assets/`)) as Json,
      );
      const { backend: _backend, ...terraform } = object(json["terraform"]);
      const { provider: own = null, ...rest } = json;
      provider = own;
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ ...rest, terraform }));
      if (existsSync(assetsOf(outdir, id)))
        cpSync(assetsOf(outdir, id), join(folder, "assets"), { recursive: true });
      module[id.replaceAll("-", "_")] = { source: `./stacks/${id}` };
    }
    writeFileSync(join(this.folder, "main.tf.json"), JSON.stringify({ module, provider }));
  }

  init(): Promise<Result> {
    return this.terraform("init", "-input=false");
  }

  /** What `terraform validate` says of each stack, but for warnings that somebody has looked at. */
  async validate(): Promise<Diagnostic[]> {
    const { stdout } = await this.terraform("validate", "-json");
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    return diagnostics.filter(
      ({ summary, detail = "" }) => !KNOWN_WARNINGS.some(({ about }) => about.test(`${summary} ${detail}`)),
    );
  }

  apply(...args: readonly string[]): Promise<Result> {
    return this.terraform("apply", "-auto-approve", ...args);
  }

  /** 0 says that there is nothing to do, 2 that there is. */
  plan(): Promise<Result> {
    return this.terraform("plan", "-detailed-exitcode");
  }

  /** What destroying it would come to. */
  planDestroy(): Promise<Result> {
    return this.terraform("plan", "-destroy", "-refresh=false");
  }

  /** Addresses in the state. */
  async state(): Promise<string[]> {
    const { stdout } = await this.terraform("state", "list");
    return stdout.split("\n").filter((line) => line !== "");
  }

  private terraform(command: string, ...args: readonly string[]): Promise<Result> {
    const words = command === "state" ? [command, ...args] : [command, "-no-color", ...args];
    return run("terraform", words, this.folder, { CHECKPOINT_DISABLE: "1", ...this.env });
  }
}

/** Stacks of a fleet, and no others, written into a folder of their own. */
export function writtenStacks(
  fleet: Fleet,
  wanted: (id: string) => boolean,
  liftProtection: ReadonlySet<string> = new Set(),
) {
  const platform = buildPlatform(fleet, { outdir: temporaryFolder(), only: wanted, liftProtection });
  const stacks = platform.stacks.filter(({ id, stack }) => stack !== undefined && wanted(id));
  writeStacks(platform, stacks);
  return { outdir: platform.app.outdir, stacks };
}

interface Planned {
  readonly plan: Result;
  readonly stacks: readonly StackNode[];
  /** What Terraform warned of that nobody has looked at. */
  readonly warnings: string[];
}

/** Plans an account of which nothing was applied, with what the stacks of another one publish. */
export async function planLike(
  sandbox: Sandbox,
  fleet: Fleet,
  appliedName: string,
  plannedName: string,
  wanted: (id: string) => boolean = () => true,
): Promise<Planned> {
  await sandbox.publishLike(accountOf(fleet, appliedName), accountOf(fleet, plannedName));
  return planWithin(sandbox, fleet, plannedName, (id) => id.startsWith(`${plannedName}-`) && wanted(id));
}

/** Plans stacks of an account that were not applied, with what its others publish. */
export async function planWithin(
  sandbox: Sandbox,
  fleet: Fleet,
  account: string,
  wanted: (id: string) => boolean,
): Promise<Planned> {
  const { outdir, stacks } = writtenStacks(fleet, wanted);
  const env = await sandbox.environment(accountOf(fleet, account).id);
  const group = new TerraformGroup(stacks, temporaryFolder(), env);
  group.write(outdir);
  await group.init();
  const plan = await group.plan();
  return { plan, stacks, warnings: warningsIn(plan.stdout + plan.stderr) };
}

function accountOf(fleet: Fleet, name: string) {
  const found = fleet.accounts.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no account ${name}`);
  return found;
}

/** Most stacks of one run: Terraform writes the whole state after each resource, so that many take longer together. */
const MOST = 12;

/** Runs of several stacks each, in an order in which they can be made: each after all those whose contracts it reads. */
export function runs(stacks: readonly StackNode[]): StackNode[][] {
  return waves(stacks).flatMap((wave) =>
    Array.from({ length: Math.ceil(wave.length / MOST) }, (_, index) =>
      wave.slice(index * MOST, (index + 1) * MOST),
    ),
  );
}

function waves(stacks: readonly StackNode[]): StackNode[][] {
  const known = new Map(stacks.map((stack) => [stack.id, stack]));
  const publishers = new Map(
    stacks.flatMap(({ id, stack }) =>
      [...(stack?.contracts.published ?? [])].map((path) => [path, id] as const),
    ),
  );
  const levels = new Map<string, number>();
  const level = (id: string): number => {
    const held = levels.get(id);
    if (held !== undefined) return held;
    const before = [...(known.get(id)?.stack?.contracts.read ?? [])].flatMap(
      (path) => publishers.get(path) ?? [],
    );
    const found = Math.max(-1, ...before.map(level)) + 1;
    levels.set(id, found);
    return found;
  };
  const result: StackNode[][] = [];
  for (const stack of stacks) (result[level(stack.id)] ??= []).push(stack);
  return result;
}
