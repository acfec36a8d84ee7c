import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { barrelImports } from "./barrel-imports";
import { median, ROOT, synth, type Run } from "./measure";

/**
 * Full synths of the organization, in pairs: as Slipway has it, and the same program as `cdktf init` would have it
 * (the provider's barrel, ts-node that type-checks). Both must write the same bytes.
 */
const FOLDERS = ["stacks", "modules", "environments"];
const PAIRS = Number(process.argv[2] ?? 5);

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "slipway-benchmark-"));
  try {
    const counterpart = layOut(join(folder, "barrel"), {
      rewrite: barrelImports,
      tsNode: { transpileOnly: false },
    });
    const compiled = compile(
      layOut(join(folder, "compiled"), { rewrite: (text) => text, tsNode: { swc: true } }),
    );
    const ours = {
      name: "Slipway: deep imports, compiled output kept",
      cwd: ROOT,
      args: ["--require", "./cli/register.js", "main.ts"],
    };
    const theirs = {
      name: "cdktf init: barrel, type-checking",
      cwd: counterpart,
      args: ["--require", "ts-node/register", "main.ts"],
    };
    const bare = { name: "compiled beforehand, plain node", cwd: compiled, args: ["main.js"] };
    const programs = [ours, theirs, bare];
    programs.forEach((program) => synth(program, join(folder, "warm-up", program.name)));
    for (const { name } of programs.slice(1))
      requireSameBytes(join(folder, "warm-up", ours.name), join(folder, "warm-up", name));
    const runs = programs.map(() => [] as Run[]);
    for (let pair = 0; pair < PAIRS; pair++) {
      programs.forEach((program, index) => runs[index]?.push(synth(program, join(folder, "out"))));
    }
    report(
      programs.map(({ name }) => name),
      runs,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function layOut(
  folder: string,
  { rewrite, tsNode }: { rewrite: (text: string) => string; tsNode: object },
): string {
  for (const name of FOLDERS) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  for (const name of ["main.ts", "tsconfig.json", "package.json"])
    cpSync(join(ROOT, name), join(folder, name));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const config = JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8")) as object;
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ ...config, "ts-node": tsNode }));
  for (const file of typescriptFiles(folder)) writeFileSync(file, rewrite(readFileSync(file, "utf8")));
  return folder;
}

function compile(folder: string): string {
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsc, "--noEmit", "false", "--skipLibCheck", "--types", "node"],
    { cwd: folder, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`tsc failed:\n${stdout}`);
  for (const file of typescriptFiles(folder)) rmSync(file);
  // The loader takes data as TypeScript or JSON; compiled data is neither.
  const load = join(folder, "environments", "schema", "load.js");
  writeFileSync(
    load,
    readFileSync(load, "utf8")
      .replaceAll('organization.ts"', 'organization.js"')
      .replaceAll("/\\.(ts|json)$/", "/\\.(js|json)$/"),
  );
  return folder;
}

function typescriptFiles(folder: string): string[] {
  const below = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory()
        ? below(join(path, entry.name))
        : entry.name.endsWith(".ts")
          ? [join(path, entry.name)]
          : [],
    );
  return [...FOLDERS.flatMap((name) => below(join(folder, name))), join(folder, "main.ts")].filter((path) =>
    existsSync(path),
  );
}

function requireSameBytes(one: string, other: string): void {
  for (const stack of readdirSync(join(one, "stacks"))) {
    const file = join("stacks", stack, "cdk.tf.json");
    if (!readFileSync(join(one, file)).equals(readFileSync(join(other, file))))
      throw new Error(`${stack} differs between the two programs`);
  }
}

function report(names: readonly string[], runs: readonly (readonly Run[])[]): void {
  const [ours = []] = runs;
  console.log(
    `| program | seconds | CPU seconds | peak MB | time of Slipway's, as a ratio of pairs |\n|-|-|-|-|-|`,
  );
  names.forEach((name, index) => {
    const all = runs[index] ?? [];
    const ratios = all.map(({ seconds }, pair) => seconds / (ours[pair]?.seconds ?? seconds));
    const spread =
      index === 0
        ? "1"
        : `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
    const figure = (pick: (run: Run) => number, digits: number) => median(all.map(pick)).toFixed(digits);
    console.log(
      `| ${name} | ${figure((run) => run.seconds, 2)} | ${figure((run) => run.cpu, 2)} | ${figure((run) => run.megabytes, 0)} | ${spread} |`,
    );
  });
}

main();
