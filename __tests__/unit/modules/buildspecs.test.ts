import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { nodeVersion } from "../../../cli/workflows/workflow-file";
import { removeFolders, temporaryFolder } from "../../support/company";
import { DIGEST, program, stubRegistry, type RegistryState } from "../../support/stub-registry";

afterAll(removeFolders);

const COMMIT = "c".repeat(40);
const OTHER = `sha256:${"e".repeat(64)}`;

const phase = z.strictObject({
  "runtime-versions": z.record(z.string(), z.number()).optional(),
  commands: z.array(z.string()),
});
/** What of CodeBuild's language is used; anything else is a slip. */
const schema = z.strictObject({
  version: z.literal(0.2),
  env: z.strictObject({ shell: z.literal("bash"), "exported-variables": z.array(z.string()).optional() }),
  phases: z.strictObject({ install: phase.optional(), build: phase }),
  artifacts: z.strictObject({ "base-directory": z.string(), files: z.array(z.string()) }).optional(),
});

interface Given {
  readonly registry?: RegistryState;
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the source. */
  readonly files?: Readonly<Record<string, string>>;
  /** Programs beside those of the registry. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** Runs a buildspec as CodeBuild does: every command in one shell, which ends with the first that fails. */
function run(name: string, { registry: state = {}, env = {}, files = {}, programs = {} }: Given = {}) {
  const text = readFileSync(join(__dirname, `../../../modules/delivery/buildspecs/${name}.yml`), "utf8");
  const spec = schema.parse(parse(text));
  const source = temporaryFolder();
  const folder = temporaryFolder();
  const registry = stubRegistry(folder, state);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(source, path, ".."), { recursive: true });
    writeFileSync(join(source, path), content);
  }
  for (const [command, script] of Object.entries(programs)) program(registry.bin, command, script);
  const commands = [...(spec.phases.install?.commands ?? []), ...spec.phases.build.commands];
  const exported = (spec.env["exported-variables"] ?? []).map(
    (variable) => `echo "${variable}=$${variable}"`,
  );
  const script = [...commands.map((command) => `${command}\n[ $? -eq 0 ] || exit 1`), ...exported].join("\n");
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
    cwd: source,
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: `${registry.bin}:${process.env["PATH"] ?? ""}`,
      CODEBUILD_SRC_DIR: source,
      CALLS: join(folder, "calls.txt"),
      TAG: "v1.2.3",
      COMMIT,
      REGISTRY: "200000000002.dkr.ecr.eu-central-1.amazonaws.com",
      REPOSITORY: "orders",
      ARCHITECTURE: "arm64",
      CONTEXT: ".",
      DOCKERFILE: "Dockerfile",
      TARGET: "",
      CHECK_COMMAND: "",
      TEST_COMMAND: "",
      DIGEST,
      ...env,
    },
  });
  return { status, said: stdout + stderr, source, calls: registry.calls(), tags: registry.tags() };
}

test.each(["build", "deploy", "push", "scan", "test", "verify"])(
  "%s holds nothing that Terraform would expand",
  (name) => {
    const text = readFileSync(join(__dirname, `../../../modules/delivery/buildspecs/${name}.yml`), "utf8");

    expect(text).not.toMatch(/[$%]\{/);
  },
);

describe("the buildspec that tests", () => {
  const files = { "orders/package.json": "{}" };

  it("runs both commands in the service's folder", () => {
    const { status, said } = run("test", {
      files,
      env: { CONTEXT: "orders", CHECK_COMMAND: "ls", TEST_COMMAND: "echo tested > result; cat result" },
    });

    expect(status).toBe(0);
    expect(said).toContain("package.json");
    expect(said).toContain("tested");
  });

  it.each([
    ["a command fails", { TEST_COMMAND: "false; echo went on" }],
    ["the first of a pipe fails", { TEST_COMMAND: "false | cat; echo went on" }],
    ["no tag started it", { TAG: "", TEST_COMMAND: "echo went on" }],
    ["the check fails, and runs no test", { CHECK_COMMAND: "false", TEST_COMMAND: "echo went on" }],
  ])("fails when %s", (_, env) => {
    const { status, said } = run("test", { env });

    expect(status).not.toBe(0);
    expect(said.replaceAll(/^\+.*$/gm, "")).not.toContain("went on");
  });
});

describe("the buildspec that verifies", () => {
  /** The branch's history; a commit of another branch; and one that was on the branch and is not its last. */
  function history() {
    const folder = temporaryFolder();
    const git = (...words: readonly string[]) => {
      const { stdout, stderr, status } = spawnSync(
        "git",
        ["-c", "user.name=Ada", "-c", "user.email=ada@acme.example", ...words],
        { cwd: folder, encoding: "utf8" },
      );
      if (status !== 0) throw new Error(stderr);
      return stdout.trim();
    };
    const commit = (message: string) => {
      git("commit", "--quiet", "--allow-empty", "--message", message);
      return git("rev-parse", "HEAD");
    };
    git("init", "--quiet", "--initial-branch", "main");
    const merged = commit("merged");
    const last = commit("merged after");
    git("checkout", "--quiet", "-b", "feature");
    const unreviewed = commit("unreviewed");
    git("checkout", "--quiet", "main");
    return { folder, merged, last, unreviewed };
  }
  const { folder, merged, last, unreviewed } = history();
  const verify = (commit: string, tag = "v1.2.3") =>
    run("verify", { env: { CODEBUILD_SRC_DIR: folder, COMMIT: commit, TAG: tag, BRANCH: "main" } });

  it("accepts what is on the branch, its last commit or not", () => {
    expect(verify(merged).status).toBe(0);
    expect(verify(last).status).toBe(0);
  });

  it.each([
    ["of another branch", unreviewed],
    ["that the branch's clone does not hold", COMMIT],
  ])("refuses a commit %s, and says what to do", (_, commit) => {
    const { status, said } = verify(commit);

    expect(status).not.toBe(0);
    expect(said).toContain(`v1.2.3 is at ${commit}, which is not on main: nothing was built. Merge it first`);
  });

  it("refuses a run that no tag started", () => {
    const { status, said } = verify(merged, "");

    expect(status).not.toBe(0);
    expect(said).toContain("No tag started this run");
  });
});

describe("the buildspec that builds", () => {
  it("builds what the pipeline says into a file, and pushes nothing", () => {
    const { status, calls, source } = run("build", {
      files: { "orders/Dockerfile": "FROM scratch" },
      env: { CONTEXT: "orders", TARGET: "release" },
    });
    const image = `200000000002.dkr.ecr.eu-central-1.amazonaws.com/orders:commit-${COMMIT}`;

    expect(status).toBe(0);
    expect(calls.join("\n")).toMatch(
      /docker build --pull --provenance=false --sbom=false --platform linux\/arm64 .* --file Dockerfile --target release/,
    );
    expect(calls).toContain(`docker save --output ${source}/out/image.tar ${image}`);
    expect(calls.filter((call) => call.startsWith("docker push"))).toEqual([]);
  });

  it("builds no commit twice: a pipeline can be run again", () => {
    const { status, calls, source } = run("build", {
      registry: { tags: { [`commit-${COMMIT}`]: DIGEST, "v1.2.3": DIGEST } },
    });

    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith("docker"))).toEqual([]);
    expect(readFileSync(join(source, "out/digest"), "utf8").trim()).toBe(DIGEST);
  });

  it("refuses a tag that is there of another commit, and says what to do", () => {
    const { status, said, calls } = run("build", { registry: { tags: { "v1.2.3": OTHER } } });

    expect(status).not.toBe(0);
    expect(said).toMatch(/orders:v1\.2\.3 is there already, made of another commit.*Tag c+ anew/);
    expect(calls.filter((call) => call.startsWith("docker"))).toEqual([]);
  });

  it.each(["", "release/1", "-v1", "v1+x"])("refuses the tag %p, which no image can have", (tag) => {
    const { status, said } = run("build", { env: { TAG: tag } });

    expect(status).not.toBe(0);
    expect(said).toContain("cannot be the tag of an image");
  });

  it("does not take a registry that it may not read for an empty one", () => {
    const { status, said, calls } = run("build", { registry: { denied: true } });

    expect(status).not.toBe(0);
    expect(said).toContain("AccessDeniedException");
    expect(calls.filter((call) => call.startsWith("docker"))).toEqual([]);
  });
});

describe("the buildspec that pushes", () => {
  it("pushes what was built, and hands on its digest", () => {
    const { status, said, calls } = run("push", { files: { digest: "\n", "image.tar": "" } });

    expect(status).toBe(0);
    expect(calls.some((call) => call.startsWith("docker load --input"))).toBe(true);
    expect(calls.filter((call) => call.startsWith("docker push"))).toHaveLength(1);
    expect(said).toContain(`DIGEST=${DIGEST}`);
  });

  it("pushes nothing that is there, and hands on its digest", () => {
    const { status, said, calls } = run("push", { files: { digest: `${OTHER}\n` } });

    expect(status).toBe(0);
    expect(calls).toEqual([]);
    expect(said).toContain(`DIGEST=${OTHER}`);
  });

  it("fails when the push does", () => {
    const { status } = run("push", {
      files: { digest: "\n", "image.tar": "" },
      programs: { docker: '#!/bin/sh\n[ "$1" != push ]\n' },
    });

    expect(status).not.toBe(0);
  });
});

describe("the buildspec that scans", () => {
  const pushed = { [`commit-${COMMIT}`]: DIGEST };

  it("waits for the scan, and gives a clean image its tag", () => {
    const { status, tags } = run("scan", {
      registry: { tags: pushed, scan: ["missing", "IN_PROGRESS", "COMPLETE"] },
    });

    expect(status).toBe(0);
    expect(tags["v1.2.3"]).toBe(DIGEST);
  });

  it("gives an image its tag that has more findings than one page holds", () => {
    expect(run("scan", { registry: { tags: pushed, pages: true } }).tags["v1.2.3"]).toBe(DIGEST);
    const refused = run("scan", { registry: { tags: pushed, pages: true, critical: "2" } });

    expect(refused.said).toContain("2 critical findings in orders@");
    expect(refused.tags["v1.2.3"]).toBeUndefined();
  });

  it("fails on a critical finding, names it, and gives no tag", () => {
    const { status, said, tags } = run("scan", { registry: { tags: pushed, critical: "2" } });

    expect(status).not.toBe(0);
    expect(said).toContain("2 critical findings in orders@");
    expect(said).toContain("CVE-2026-0001");
    expect(tags["v1.2.3"]).toBeUndefined();
  });

  it.each([
    ["that never comes", "missing", /no scan of .* after ten minutes.*Retry the stage/],
    ["that cannot be", "UNSUPPORTED_IMAGE", /cannot scan .*UNSUPPORTED_IMAGE/],
  ])("fails on a scan %s", (_, scan, message) => {
    const { status, said, tags } = run("scan", { registry: { tags: pushed, scan: [scan] } });

    expect(status).not.toBe(0);
    expect(said).toMatch(message);
    expect(tags["v1.2.3"]).toBeUndefined();
  });

  it("leaves alone a tag that is there already", () => {
    const { status, calls } = run("scan", { registry: { tags: { ...pushed, "v1.2.3": DIGEST } } });

    expect(status).toBe(0);
    expect(calls.filter((call) => call.includes("put-image"))).toEqual([]);
  });

  it("says so when somebody was faster with the tag", () => {
    const { status, said } = run("scan", { registry: { tags: pushed, taken: true } });

    expect(status).not.toBe(0);
    expect(said).toContain("tags of images never move");
  });
});

describe("the buildspec that deploys", () => {
  it("runs the Node.js that the other engines of CI take from .nvmrc", () => {
    const root = join(__dirname, "../../..");
    const text = readFileSync(join(root, "modules/delivery/buildspecs/deploy.yml"), "utf8");
    const { install } = schema.parse(parse(text)).phases;

    expect(String(install?.["runtime-versions"]?.["nodejs"])).toBe(nodeVersion(root).major);
  });

  const ARCHIVE = "terraform";
  const programs = {
    curl: `#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\nprintf ${ARCHIVE} > "$2"\n`,
    unzip: '#!/bin/sh\necho "unzip $*" >> "$CALLS"\n',
    npm: '#!/bin/sh\necho "npm $*" >> "$CALLS"\n',
    npx: '#!/bin/sh\necho "npx $*" >> "$CALLS"\n[ "$3" != "$FAILS" ]\n',
  };
  const env = {
    ACCOUNT: "live",
    SERVICES: "mailer orders",
    TERRAFORM_VERSION: "1.11.4",
    FAILS: "",
  };
  const sum = spawnSync("sha256sum", { input: ARCHIVE, encoding: "utf8" }).stdout.split(" ")[0] ?? "";
  const deploy = (change: Readonly<Record<string, string>> = {}) =>
    run("deploy", { programs, env: { ...env, TERRAFORM_SHA256: sum, ...change } });

  it("deploys one digest to every service that runs the image", () => {
    const { status, calls } = deploy();

    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith("npx"))).toEqual([
      `npx slipway deploy mailer --account live --image ${DIGEST}`,
      `npx slipway deploy orders --account live --image ${DIGEST}`,
    ]);
  });

  it("ends with the first service whose deployment fails", () => {
    const { status, calls } = deploy({ FAILS: "mailer" });

    expect(status).not.toBe(0);
    expect(calls.filter((call) => call.startsWith("npx"))).toHaveLength(1);
  });

  it("runs no Terraform but the one it knows", () => {
    const { status, calls } = deploy({ TERRAFORM_SHA256: "0".repeat(64) });

    expect(status).not.toBe(0);
    expect(calls).toEqual([]);
  });
});
