import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, ROOT, synth, type Run } from "./measure";

/**
 * What one service more costs a full synth: the organization as it is, and with so many services more, each in all
 * four environments, in turn.
 */
const MORE = [0, 25, 50, 100];
const ROUNDS = Number(process.argv[2] ?? 3);
/** A service is a stack in each. */
const ENVIRONMENTS = 4;

function organizationWith(more: number, folder: string): string {
  for (const name of ["organization.ts", "common.ts", "accounts", "services", "functions", "facts"])
    cpSync(join(ROOT, "environments", name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, "environments", "schema"), join(folder, "schema"));
  for (let index = 0; index < more; index++) {
    const name = `grown-${index}`;
    const service = {
      name,
      owner: "platform@eemobility.example",
      containerPort: 8080,
      loadBalancers: [{ alb: "internal", host: name }],
      capacityProvider: "FARGATE",
      databases: ["business"],
      sends: ["notifications"],
    };
    writeFileSync(join(folder, "services", `${name}.json`), JSON.stringify(service));
  }
  return folder;
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "slipway-benchmark-"));
  try {
    const programs = MORE.map((more) => ({
      more,
      runs: [] as Run[],
      organization: organizationWith(more, join(folder, String(more))),
    }));
    const program = { name: "synth", cwd: ROOT, args: ["--require", "./cli/register.js", "main.ts"] };
    const run = (organization: string) =>
      synth(program, join(folder, "out", "stacks-of"), { SLIPWAY_ORGANIZATION: organization });
    programs.forEach(({ organization }) => run(organization));
    for (let round = 0; round < ROUNDS; round++)
      for (const { runs, organization } of programs) runs.push(run(organization));
    console.log(
      "| services more | stacks more | seconds | peak MB | ms a stack more | KB a stack more |\n|-|-|-|-|-|-|",
    );
    const base = programs[0]?.runs ?? [];
    for (const { more, runs } of programs) {
      const seconds = median(runs.map((one) => one.seconds));
      const megabytes = median(runs.map((one) => one.megabytes));
      const stacks = more * ENVIRONMENTS;
      const each = (now: number, then: number, unit: number) =>
        stacks === 0 ? "" : (((now - then) / stacks) * unit).toFixed(1);
      console.log(
        `| ${more} | ${stacks} | ${seconds.toFixed(2)} | ${megabytes.toFixed(0)} | ${each(seconds, median(base.map((one) => one.seconds)), 1000)} | ${each(megabytes, median(base.map((one) => one.megabytes)), 1024)} |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
