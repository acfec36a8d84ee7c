import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { removeFolders, temporaryFolder } from "../support/company";

afterAll(removeFolders);

const PROGRAM = [
  "main.ts",
  "cli/register.js",
  "package.json",
  "tsconfig.json",
  "environments",
  "modules",
  "stacks",
];

/** Synthesizes in `folder` by a process of its own, and gives the JSON of each stack. */
function synthesize(folder: string, environment: NodeJS.ProcessEnv): Map<string, string> {
  const outdir = join(temporaryFolder(), "out");
  const { status, stderr } = spawnSync(process.execPath, ["--require", "./cli/register.js", "main.ts"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], CDKTF_OUTDIR: outdir, ...environment },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`synth in ${folder} ended with ${status}:\n${stderr}`);
  const stacks = join(outdir, "stacks");
  return new Map(
    readdirSync(stacks)
      .sort()
      .map((id) => [id, readFileSync(join(stacks, id, "cdk.tf.json"), "utf8")]),
  );
}

function copyOfTheProject(): string {
  const folder = join(temporaryFolder(), "a folder with spaces", "slipway");
  mkdirSync(folder, { recursive: true });
  for (const name of PROGRAM) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  return folder;
}

it("two synths in different folders, time zones, locales and numbers of processes are the same to the byte", () => {
  const here = synthesize(process.cwd(), { TZ: "UTC", LC_ALL: "C", SLIPWAY_PROCESSES: "1" });
  const there = synthesize(copyOfTheProject(), {
    TZ: "Pacific/Kiritimati",
    LC_ALL: "tr_TR.UTF-8",
    SLIPWAY_PROCESSES: "3",
  });

  expect(here.size).toBeGreaterThan(40);
  expect([...there.keys()]).toEqual([...here.keys()]);
  expect([...here].filter(([id, json]) => there.get(id) !== json).map(([id]) => id)).toEqual([]);
}, 60_000);
