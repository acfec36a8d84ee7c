import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";
import { CliError } from "./errors";

/** The repository as it was at a commit, laid out beside the one that is worked on. */
export interface BaseTree {
  readonly commit: string;
  /** Where it lies. */
  readonly dir: string;
  /** Takes it away. */
  remove(): void;
}

/**
 * Lays out the files of `ref` in a folder of their own. Neither the working tree nor git's records are touched.
 * @throws CliError outside a repository, and on a ref that is unknown or was not fetched.
 */
export function layOutBase(ref: string, root = process.cwd()): BaseTree {
  const top = git(root, ["rev-parse", "--show-toplevel"]);
  if (top === undefined) {
    throw new CliError(
      `${resolve(root)} is not in a git repository, so nothing can be compared with ${ref}.`,
      "Run it in the repository's folder; without --base every stack counts as changed.",
    );
  }
  const commit = git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (commit === undefined) throw unknownRef(root, ref);
  const dir = mkdtempSync(join(tmpdir(), "slipway-base-"));
  const remove = () => rmSync(dir, { recursive: true, force: true });
  try {
    const env = { ...process.env, GIT_INDEX_FILE: join(dir, ".git-index") };
    execFileSync("git", ["read-tree", commit], { cwd: top, env, stdio: "ignore" });
    execFileSync("git", ["checkout-index", "--all", `--prefix=${dir}/tree/`], {
      cwd: top,
      env,
      stdio: "ignore",
    });
  } catch (error) {
    remove();
    throw new CliError(
      `The files of ${ref} cannot be laid out: ${error instanceof Error ? error.message : String(error)}`,
      "A clone without all objects lacks them: git fetch --unshallow, or fetch-depth: 0 in CI.",
    );
  }
  // The repository may hold more than Slipway: its folder keeps its place.
  return { commit, dir: resolve(dir, "tree", relative(top, resolve(root))), remove };
}

function unknownRef(root: string, ref: string): CliError {
  const shallow = git(root, ["rev-parse", "--is-shallow-repository"]) === "true";
  return new CliError(
    `git knows no commit ${ref}.`,
    shallow
      ? "This is a shallow clone: git fetch --unshallow, or fetch-depth: 0 in CI."
      : `Fetch it first, such as with git fetch origin, or name another: a branch, a tag or a commit.`,
  );
}

/** What makes the JSON besides the repository's own files; another version of it is another JSON everywhere. */
const SYNTHESIZERS = ["cdktf", "constructs", "@cdktf/provider-aws"];

/** Why the stacks of two trees cannot be compared, if so: the base would be made with the libraries of today. */
export function incomparable(base: string, root = process.cwd()): string | undefined {
  const before = versions(base);
  const now = versions(root);
  const changed = SYNTHESIZERS.filter((name) => before.get(name) !== now.get(name));
  return changed.length === 0
    ? undefined
    : `${changed.map((name) => `${name} was ${before.get(name) ?? "absent"}, is ${now.get(name) ?? "absent"}`).join("; ")}`;
}

function versions(dir: string): ReadonlyMap<string, string> {
  const file = join(dir, "package-lock.json");
  if (!existsSync(file)) return new Map();
  const { packages = {} } = JSON.parse(readFileSync(file, "utf8")) as {
    packages?: Record<string, { version?: string }>;
  };
  return new Map(SYNTHESIZERS.map((name) => [name, packages[`node_modules/${name}`]?.version ?? "absent"]));
}

/**
 * Synthesizes an organization of the base with the base's own code. Returns what went wrong, if anything.
 */
export function synthesizeBase(
  base: string,
  organization: string,
  outdir: string,
  root = process.cwd(),
): string | undefined {
  const folder = relative(resolve(root), resolve(root, organization));
  if (folder.startsWith("..") || isAbsolute(folder)) {
    throw new CliError(
      `The organization ${organization} lies outside the repository, so git does not know what it was.`,
      "Run it in the repository that holds it.",
    );
  }
  if (!existsSync(join(base, "node_modules")))
    symlinkSync(modulesFolder(), join(base, "node_modules"), "dir");
  try {
    execFileSync(process.execPath, ["--require", "./cli/register.js", "main.ts"], {
      cwd: base,
      env: { ...process.env, SLIPWAY_ORGANIZATION: folder, CDKTF_OUTDIR: outdir },
      stdio: ["ignore", "ignore", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
    });
    return undefined;
  } catch (error) {
    const told = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    return told.split("\n").find((line) => line.trim() !== "") ?? "no reason given";
  }
}

/** The libraries that this process itself runs with. */
const modulesFolder = () => join(require.resolve("cdktf/package.json"), "..", "..");

function git(cwd: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new CliError("git is not installed, or not on the PATH.", "Install git.");
    return undefined;
  }
}
