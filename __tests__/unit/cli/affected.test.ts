import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { layOutBase } from "../../../cli/base-tree";
import { removeFolders, temporaryFolder, writeCompany } from "../../support/company";

afterAll(removeFolders);
jest.setTimeout(180_000);

const CODE = [
  "cli",
  "modules",
  "stacks",
  "environments/schema",
  "main.ts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

function git(repository: string, ...args: string[]): string {
  const identity = [
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@acme.example",
    "-c",
    "commit.gpgsign=false",
  ];
  return execFileSync("git", [...identity, ...args], {
    cwd: repository,
    encoding: "utf8",
    stdio: "pipe",
  }).trim();
}

function commit(repository: string): void {
  git(repository, "add", "--all");
  git(repository, "commit", "--quiet", "--message", "change");
}

/** A repository of Slipway and ACME, committed. */
function repositoryOf(): string {
  const repository = temporaryFolder();
  for (const path of CODE) cpSync(path, join(repository, path), { recursive: true });
  symlinkSync(join(process.cwd(), "node_modules"), join(repository, "node_modules"));
  writeFileSync(join(repository, ".gitignore"), "node_modules\n.slipway\n");
  writeCompany(join(repository, "company"));
  git(repository, "init", "--quiet", "--initial-branch=main");
  commit(repository);
  return repository;
}

function edit(repository: string, path: string, change: (text: string) => string): void {
  const file = join(repository, path);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

function affected(repository: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["cli/bin.js", "--organization", "company", "affected", ...args],
    { cwd: repository, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
  );
  return { status, ids: stdout.split("\n").filter((line) => line !== ""), told: stderr };
}

describe("what changed since a commit", () => {
  const repository = repositoryOf();
  const file = (name: string) => `company/services/${name}.json`;

  it("is nothing when nothing did, and the repository is left as it was", () => {
    const { status, ids, told } = affected(repository, "--base", "HEAD");

    expect({ status, ids }).toEqual({ status: 0, ids: [] });
    expect(told).toMatch(/^0 stacks of \d+ affected/);
    expect(git(repository, "status", "--porcelain")).toBe("");
    expect(git(repository, "worktree", "list").split("\n")).toHaveLength(1);
  });

  it("is the service that a change is about, in every account, before it is committed and after", () => {
    edit(repository, file("orders"), (text) => text.replace('"memory":1024', '"memory":2048'));
    const expected = ["development-service-orders", "live-service-orders"];

    expect(affected(repository, "--base", "HEAD").ids).toEqual(expected);
    commit(repository);
    expect(affected(repository, "--base", "HEAD~1").ids).toEqual(expected);
  });

  it("names what is no longer described, and gives CI its jobs", () => {
    rmSync(join(repository, file("mailer")));
    edit(repository, "company/accounts/live.json", (text) => text.replace("10.20.0.0/16", "10.21.0.0/16"));
    edit(repository, file("orders"), (text) => text.replace('"cpu":512', '"cpu":256'));
    const outputs = join(temporaryFolder(), "outputs");

    const { ids, told } = affected(repository, "--base", "HEAD", "--account", "live", "--outputs", outputs);
    expect(ids[0]).toBe("live-network");
    expect(told).toContain("not destroyed by leaving them out: live-service-mailer");
    expect(told).not.toContain("development-service-mailer");
    expect(readFileSync(outputs, "utf8").split("\n")).toEqual([
      `common=${ids.filter((id) => !id.includes("-service-")).join(" ")}`,
      'services={"include":[{"name":"orders","stacks":"live-service-orders"}]}',
      "after_services=",
      "",
    ]);
    git(repository, "checkout", "--quiet", ".");
  });

  it("is everything after a base that does not synthesize, and says why", () => {
    edit(repository, file("orders"), (text) => text.replace('"cpu":512', '"cpu":513'));
    commit(repository);
    edit(repository, file("orders"), (text) => text.replace('"cpu":513', '"cpu":512'));

    const { status, ids, told } = affected(repository, "--base", "HEAD", "--account", "development");
    expect(status).toBe(0);
    expect(ids.length).toBeGreaterThan(5);
    expect(told).toContain("Every stack counts as changed: the base does not synthesize");
  });

  it("is everything when the provider's version is another", () => {
    edit(repository, "package-lock.json", (text) =>
      text.replace(/("node_modules\/@cdktf\/provider-aws": \{\s+"version": ")[^"]+/, "$121.0.0"),
    );

    expect(affected(repository, "--base", "HEAD").told).toContain("@cdktf/provider-aws was");
  });
});

describe("a base that is not there", () => {
  it("is refused outside a repository", () => {
    expect(() => layOutBase("main", temporaryFolder())).toThrow(/not in a git repository/);
  });

  it("is refused by name, and a shallow clone is told how to become whole", () => {
    const origin = temporaryFolder();
    git(origin, "init", "--quiet", "--initial-branch=main");
    for (const text of ["one", "two"]) {
      writeFileSync(join(origin, "file"), text);
      commit(origin);
    }
    const clone = join(temporaryFolder(), "clone");
    git(origin, "clone", "--quiet", "--depth=1", `file://${origin}`, clone);

    expect(() => layOutBase("trunk", origin)).toThrow(/git knows no commit trunk.\nFetch it first/);
    expect(() => layOutBase("HEAD~1", clone)).toThrow(/shallow clone: git fetch --unshallow/);
    expect(() => layOutBase("--help", origin)).toThrow(/git knows no commit --help/);
  });
});
