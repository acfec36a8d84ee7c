import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeBareStacks } from "./bare-cdktf";
import { median, ROOT, synth, type Run } from "./measure";

/**
 * Full synths of examples/chargemap, in turn: Slipway in as many processes as there are processors, Slipway in one,
 * and a plain CDKTF program of the same resources in one; then Slipway with ever more services of it.
 */
const ORGANIZATION = "examples/chargemap";
const SERVICES = [10, 50, 175];
const PAIRS = Number(process.argv[2] ?? 5);

const SLIPWAY = ["--require", "./cli/register.js"];
const env = (processes?: number) => ({
  SLIPWAY_ORGANIZATION: ORGANIZATION,
  ...(processes === undefined ? {} : { SLIPWAY_PROCESSES: String(processes) }),
});

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "slipway-benchmark-"));
  try {
    const out = join(folder, "out", "synthesized");
    const whole = { name: "Slipway", cwd: ROOT, args: [...SLIPWAY, "main.ts"] };
    synth(whole, out, env());
    const bare = join(folder, "bare");
    writeBareStacks(out, bare);
    compare(whole, bare, out);
    grow(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(whole: { cwd: string; args: readonly string[] }, bare: string, out: string): void {
  const programs = [
    { name: "plain CDKTF, one process", run: () => synth(bareProgram(bare), out, {}) },
    { name: "Slipway, one process", run: () => synth({ ...whole, name: "Slipway" }, out, env(1)) },
    { name: "Slipway, a process a processor", run: () => synth({ ...whole, name: "Slipway" }, out, env()) },
  ].map((program) => ({ ...program, runs: [] as Run[] }));
  for (const { run } of programs) run();
  for (let pair = 0; pair < PAIRS; pair++) for (const { run, runs } of programs) runs.push(run());
  const [{ runs: base } = { runs: [] }] = programs;
  console.log(`| program | seconds | CPU seconds | peak MB | time of plain CDKTF's |\n|-|-|-|-|-|`);
  for (const { name, runs } of programs) {
    const ratios = runs.map(({ seconds }, pair) => seconds / (base[pair]?.seconds ?? seconds));
    console.log(
      `| ${name} | ${figures(runs).join(" | ")} | ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}) |`,
    );
  }
}

const bareProgram = (folder: string) => ({
  name: "plain CDKTF",
  cwd: ROOT,
  args: ["benchmarks/bare-program.js", folder],
});

const figures = (runs: readonly Run[]) => [
  median(runs.map(({ seconds }) => seconds)).toFixed(2),
  median(runs.map(({ cpu }) => cpu)).toFixed(2),
  median(runs.map(({ megabytes }) => megabytes)).toFixed(0),
];

/** The platform's stacks and those of the first services by name, in every account. */
function grow(out: string): void {
  const names = readdirSync(join(ROOT, ORGANIZATION, "services"))
    .map((file) => file.replace(/\.\w+$/, ""))
    .sort();
  const programs = SERVICES.map((count) => ({
    count,
    runs: [] as Run[],
    selectors: ["!(*-service-*)", `*-service-@(${names.slice(0, count).join("|")})`],
  }));
  const stacksIn = () => readdirSync(join(out, "stacks")).length;
  console.log(`\n| services | stacks | seconds | CPU seconds | peak MB | ms a stack more |\n|-|-|-|-|-|-|`);
  const stacks = new Map<number, number>();
  for (let round = 0; round <= PAIRS; round++) {
    for (const { count, runs, selectors } of programs) {
      const args = [...SLIPWAY, "cli/bin.js", "synth", "--out", resolve(out), ...selectors];
      const run = synth({ name: `${count} services`, cwd: ROOT, args }, out, env());
      stacks.set(count, stacksIn());
      // The first round warms up.
      if (round > 0) runs.push(run);
    }
  }
  programs.forEach(({ count, runs }, index) => {
    const before = programs[index - 1];
    const more = (stacks.get(count) ?? 0) - (stacks.get(before?.count ?? count) ?? 0);
    const seconds = (all: readonly Run[]) => median(all.map((run) => run.seconds));
    const each =
      before === undefined ? "" : (((seconds(runs) - seconds(before.runs)) / more) * 1000).toFixed(1);
    console.log(`| ${count} | ${stacks.get(count)} | ${figures(runs).join(" | ")} | ${each} |`);
  });
}

main();
