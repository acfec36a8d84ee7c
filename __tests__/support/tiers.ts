import { spawnSync } from "node:child_process";

/** A program that a tier of tests rests on. */
interface Tool {
  readonly command: string;
  readonly args: readonly string[];
}

const TERRAFORM: Tool = { command: "terraform", args: ["version"] };
const PYTHON: Tool = { command: "python3", args: ["--version"] };

const ACTIONLINT: Tool = { command: "actionlint", args: ["-version"] };
const GITLAB: Tool = { command: "gitlab-ci-local", args: ["--version"] };
const JSON_SCHEMA: Tool = { command: "check-jsonschema", args: ["--version"] };

/** `describe` for tests that let the linter of GitHub's workflows read what Slipway writes. */
export const describeWithActionlint = (name: string, body: () => void) =>
  describeWith("linters", [ACTIONLINT], name, body);

/** `describe` for tests that hold what Slipway writes against a schema of others. */
export const describeWithJsonSchema = (name: string, body: () => void) =>
  describeWith("linters", [JSON_SCHEMA], name, body);

/** `describe` for tests that run GitLab's pipelines on this machine. */
export const describeWithGitlab = (name: string, body: () => void) =>
  describeWith("pipelines", [GITLAB], name, body);

/** `describe` for tests that run real Terraform. */
export const describeWithTerraform = (name: string, body: () => void) =>
  describeWith("terraform", [TERRAFORM], name, body);

/** `describe` for tests that run real Terraform against the emulator of AWS, a Python program. */
export const describeWithEmulator = (name: string, body: () => void) =>
  describeWith("emulator", [TERRAFORM, PYTHON], name, body);

/** Programs of `tools` that this machine does not have. */
export function missing(tools: readonly Tool[]): string[] {
  return tools
    .filter(({ command, args }) => spawnSync(command, args, { stdio: "ignore" }).status !== 0)
    .map(({ command }) => command);
}

/** Whether a tier may be left out: on somebody's own machine, never where a merge rests on it. */
export function maySkip(environment: NodeJS.ProcessEnv): boolean {
  return !["1", "true"].includes(environment["CI"] ?? "") && environment["SLIPWAY_TEST_ALL_TIERS"] !== "1";
}

function describeWith(tier: string, tools: readonly Tool[], name: string, body: () => void): void {
  const absent = missing(tools);
  if (absent.length === 0) {
    describe(name, body);
    return;
  }
  const what = `${absent.join(" and ")} not found on the PATH`;
  if (maySkip(process.env)) {
    console.warn(`SKIPPED, ${tier} tier, "${name}": ${what}. Install it to run these tests.`);
    describe.skip(name, body);
    return;
  }
  describe(name, () => {
    it(`needs ${absent.join(" and ")}`, () => {
      throw new Error(
        `${what}, and no tier may be skipped here (CI or SLIPWAY_TEST_ALL_TIERS is set). Install it.`,
      );
    });
  });
}
