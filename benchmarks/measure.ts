import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

export const ROOT = resolve(__dirname, "..");

/** What one synth used. */
export interface Run {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

/** One synth in a process of its own; a hook at its end tells what it used. */
export function synth(
  { name, cwd, args }: { name: string; cwd: string; args: readonly string[] },
  out: string,
  env: NodeJS.ProcessEnv = {},
): Run {
  rmSync(out, { recursive: true, force: true });
  const parent = resolve(out, "..");
  cpSync(join(ROOT, "package.json"), join(parent, "package.json"));
  const hook = join(ROOT, "benchmarks", "usage-hook.js");
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ["--require", hook, ...args], {
    cwd,
    env: { ...process.env, ...env, CDKTF_OUTDIR: out },
    encoding: "utf8",
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  // Processes that it starts have the hook as well.
  const usages = [...stderr.matchAll(/usage (\d+) (\d+)/g)];
  if (status !== 0 || usages.length === 0) throw new Error(`${name} failed:\n${stderr}`);
  const sum = (group: 1 | 2) => usages.reduce((total, usage) => total + Number(usage[group]), 0);
  return { seconds, cpu: sum(1) / 1e6, megabytes: sum(2) / 1024 };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
