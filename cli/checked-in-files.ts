import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A file's text; of one that is not there, none. */
export function read(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Writes lines; returns whether that changed anything. */
export function save(file: string, lines: readonly string[]): boolean {
  const text = lines.length === 0 ? "" : `${lines.join("\n")}\n`;
  if (text === read(file)) return false;
  if (text === "") {
    rmSync(file, { force: true });
    return true;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return true;
}

/** The file as it was where this branch left main, so that a ledger rewritten in the same change hides nothing. */
export function atMergeBase(file: string): string | undefined {
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      encoding: "utf8",
      cwd: dirname(file),
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  if (!existsSync(dirname(file))) return undefined;
  try {
    const base = git("merge-base", "HEAD", process.env["SLIPWAY_BASE"] ?? "origin/main");
    return `${git("show", `${base}:./${file.split("/").at(-1) ?? file}`)}\n`;
  } catch {
    return undefined;
  }
}
