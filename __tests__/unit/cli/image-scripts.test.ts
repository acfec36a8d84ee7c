import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { imageScripts } from "../../../cli/workflows/image-scripts";
import { removeFolders, temporaryFolder } from "../../support/company";
import { DIGEST, stubRegistry, type RegistryState } from "../../support/stub-registry";

afterAll(removeFolders);

const COMMIT = "c".repeat(40);
const OTHER = `sha256:${"e".repeat(64)}`;
const scripts = imageScripts({ error: "::error::", outputs: "$GITHUB_OUTPUT" });

/** Runs a script in any POSIX shell, beside a registry. */
function run(
  name: keyof typeof scripts,
  state: RegistryState = {},
  env: Readonly<Record<string, string>> = {},
  cwd = temporaryFolder(),
) {
  const folder = temporaryFolder();
  const registry = stubRegistry(folder, state);
  const output = join(folder, "output");
  writeFileSync(output, "");
  const { status, stdout } = spawnSync("sh", ["-c", scripts[name]], {
    cwd,
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: `${registry.bin}:${process.env["PATH"] ?? ""}`,
      GITHUB_OUTPUT: output,
      TAG: "v1.2.3",
      COMMIT,
      DEFAULT_BRANCH: "main",
      REGISTRY: "200000000002.dkr.ecr.eu-central-1.amazonaws.com",
      REPOSITORY: "orders",
      ARCHITECTURE: "arm64",
      CONTEXT: ".",
      DOCKERFILE: "Dockerfile",
      TARGET: "",
      DIGEST,
      ...env,
    },
  });
  return {
    status,
    stdout,
    output: readFileSync(output, "utf8"),
    tags: registry.tags(),
    calls: registry.calls(),
  };
}

describe("an image is made of", () => {
  const repository = temporaryFolder();
  const git = (...args: readonly string[]) =>
    spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: repository,
      encoding: "utf8",
    }).stdout.trim();
  const commit = (message: string) => {
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  };
  git("init", "--quiet", "--initial-branch", "main");
  const merged = commit("merged");
  git("update-ref", "refs/remotes/origin/main", merged);
  git("checkout", "--quiet", "-b", "feature");
  const unmerged = commit("unmerged");
  const refuse = (env: Readonly<Record<string, string>>) => run("refuse", {}, env, repository);

  it("a commit that was merged, and of no other", () => {
    expect(refuse({ COMMIT: merged }).status).toBe(0);
    expect(refuse({ COMMIT: unmerged })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(`::error::v1.2.3 is at ${unmerged}, which is not on main`),
    });
  });

  it.each(["", "v1/2", "v1+build", "-v1", "v1;reboot", "v 1"])(
    "no tag that images cannot have: '%s'",
    (tag) => {
      expect(refuse({ COMMIT: merged, TAG: tag })).toMatchObject({
        status: 1,
        stdout: expect.stringContaining("cannot be the tag of an image"),
      });
    },
  );
});

describe("building and pushing", () => {
  it("makes the commit's image for the service's processor, and hands its digest on", () => {
    const { status, output, tags, calls } = run("push");

    expect({ status, output, tags }).toEqual({
      status: 0,
      output: `digest=${DIGEST}\n`,
      tags: { [`commit-${COMMIT}`]: DIGEST },
    });
    const build = calls.find((call) => call.startsWith("docker build"));
    expect(build).toContain("--platform linux/arm64");
    expect(build).toContain(`--label org.opencontainers.image.revision=${COMMIT}`);
    expect(build).not.toContain("--target");
  });

  it("takes a stage of the Dockerfile, and a folder", () => {
    const { calls } = run(
      "push",
      {},
      { TARGET: "service", CONTEXT: "services/orders", DOCKERFILE: "docker/Dockerfile" },
    );

    expect(calls.find((call) => call.startsWith("docker build"))).toMatch(
      /--file services\/orders\/docker\/Dockerfile --target service .* services\/orders$/,
    );
  });

  it("makes a commit's image once: a second run takes what is there", () => {
    const { status, output, calls } = run("push", { tags: { [`commit-${COMMIT}`]: OTHER, "v1.2.3": OTHER } });

    expect({ status, output }).toEqual({ status: 0, output: `digest=${OTHER}\n` });
    expect(calls.filter((call) => call.startsWith("docker"))).toEqual([]);
  });

  it("refuses a tag that the registry has of another commit, before anything is built", () => {
    const { status, stdout, output, calls } = run("push", { tags: { "v1.2.3": OTHER } });

    expect({ status, output }).toEqual({ status: 1, output: "" });
    expect(stdout).toContain("::error::orders:v1.2.3 is there already, made of another commit");
    expect(calls.filter((call) => call.startsWith("docker"))).toEqual([]);
  });

  it("builds nothing where the registry does not answer", () => {
    const { status, calls } = run("push", { denied: true });

    expect(status).not.toBe(0);
    expect(calls.filter((call) => call.startsWith("docker"))).toEqual([]);
  });

  it("leaves no file where the image is built from", () => {
    const cwd = temporaryFolder();
    run("push", {}, {}, cwd);

    expect(spawnSync("ls", ["-A", cwd], { encoding: "utf8" }).stdout).toBe("");
  });
});

describe("the scan", () => {
  it("is waited for, and passes without critical findings", () => {
    const { status, calls } = run("scan", { scan: ["missing", "IN_PROGRESS", "COMPLETE"] });

    expect(status).toBe(0);
    expect(calls.filter((call) => call.includes("imageScanStatus"))).toHaveLength(3);
  });

  it("passes with more findings than one page holds", () => {
    expect(run("scan", { pages: true })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("No critical finding"),
    });
    expect(run("scan", { pages: true, critical: "2" }).stdout).toContain("2 critical findings in orders@");
  });

  it("refuses critical findings, and names them", () => {
    const { status, stdout } = run("scan", { critical: "2" });

    expect(status).toBe(1);
    expect(stdout).toContain("CVE-2026-0001");
    expect(stdout).toContain(`::error::2 critical findings in orders@${DIGEST}`);
  });

  it.each(["FAILED", "UNSUPPORTED_IMAGE"])("that is %s releases nothing", (scan) => {
    expect(run("scan", { scan: [scan] })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("is not released"),
    });
  });

  it("that never comes releases nothing", () => {
    expect(run("scan", { scan: ["missing"] })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("after ten minutes"),
    });
  });
});

describe("the tag", () => {
  it("is put on the digest that was scanned", () => {
    expect(run("tag", { tags: { [`commit-${COMMIT}`]: DIGEST } })).toMatchObject({
      status: 0,
      tags: { "v1.2.3": DIGEST },
    });
  });

  it("is left alone where it is there already", () => {
    const { status, calls } = run("tag", { tags: { "v1.2.3": DIGEST } });

    expect(status).toBe(0);
    expect(calls.filter((call) => call.includes("put-image"))).toEqual([]);
  });

  it("of somebody who was faster is not moved", () => {
    expect(run("tag", { taken: true })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("tags of images never move"),
    });
  });
});
