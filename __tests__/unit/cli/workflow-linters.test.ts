import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { writeFiles } from "../../../cli/workflows/repository-files";
import type { Fleet } from "../../../environments/schema/fleet";
import { loadCompany, ON_BITBUCKET, removeFolders, temporaryFolder } from "../../support/company";
import { describeWithActionlint, describeWithJsonSchema } from "../../support/tiers";
import { writtenFiles } from "../../support/workflow-files";

afterAll(removeFolders);

/** Writes a fleet's files into a folder of their own, changed by `damage`. */
function write(fleet: Fleet, damage: (text: string) => string = (text) => text): string {
  const folder = temporaryFolder();
  const changes = [...writtenFiles(fleet)].map(([path, text]) => ({
    path,
    change: "missing" as const,
    text: damage(text),
  }));
  writeFiles(changes, folder);
  return folder;
}

function run(command: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return { status, said: `${stdout}${stderr}` };
}

describeWithActionlint("actionlint", () => {
  const fleet = loadCompany();
  const lint = (folder: string) => {
    // It looks for the workflows that others call in the repository that they are in.
    run("git", ["init", "--quiet"], folder);
    return run("actionlint", ["-no-color"], folder);
  };

  it("finds nothing in the workflows of GitHub", () => {
    expect(lint(write(fleet))).toEqual({ status: 0, said: "" });
  });

  it("would find a mistake", () => {
    const { status, said } = lint(write(fleet, (text) => text.replaceAll("account-id:", "acount-id:")));

    expect(status).toBe(1);
    expect(said).toContain("acount-id");
  });
});

describeWithJsonSchema("Bitbucket's schema", () => {
  const fleet = loadCompany(ON_BITBUCKET);
  const check = (folder: string) =>
    run(
      "check-jsonschema",
      ["--builtin-schema", "vendor.bitbucket-pipelines", join(folder, "bitbucket-pipelines.yml")],
      folder,
    );

  it("accepts the pipelines of Bitbucket", () => {
    expect(check(write(fleet))).toMatchObject({ status: 0 });
  });

  it("would refuse a mistake", () => {
    const { status, said } = check(
      write(fleet, (text) => text.replaceAll("trigger: manual", "trigger: sometimes")),
    );

    expect(status).toBe(1);
    expect(said).toContain("sometimes");
  });
});
