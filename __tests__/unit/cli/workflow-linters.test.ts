import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { serviceFile } from "../../../cli/workflows/all";
import { childPipeline } from "../../../cli/workflows/gitlab-child";
import { writeFiles } from "../../../cli/workflows/repository-files";
import { yamlOf } from "../../../cli/workflows/workflow-file";
import type { Fleet } from "../../../environments/schema/fleet";
import {
  loadCompany,
  DELIVERED_BY_GITHUB,
  DELIVERED_BY_GITLAB,
  ON_BITBUCKET,
  ON_GITLAB,
  removeFolders,
  temporaryFolder,
} from "../../support/company";
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

describeWithActionlint("actionlint, of what delivers images,", () => {
  const fleet = loadCompany({
    ...DELIVERED_BY_GITHUB,
    services: {
      orders: { cpuArchitecture: "ARM64", source: { target: "service", checkCommand: "make check" } },
    },
  });
  /** The platform's workflows, and a service's that calls them, as if both were of one repository. */
  const lint = (damage: (text: string) => string = (text) => text) => {
    const folder = write(fleet);
    const { path, text } = serviceFile(fleet, "orders");
    const called = text.replace("acme/infrastructure/.github", "./.github").replace("@main", "");
    writeFileSync(join(folder, path), damage(called));
    run("git", ["init", "--quiet"], folder);
    return run("actionlint", ["-no-color"], folder);
  };

  it("finds nothing, neither in the platform's repository nor in a service's", () => {
    expect(lint()).toEqual({ status: 0, said: "" });
  });

  it("would find an input that the shared workflow does not have, and a secret that it lacks", () => {
    expect(lint((text) => text.replace("architecture:", "archtecture:")).said).toContain("archtecture");
    expect(lint((text) => text.replace("deploy-app-key", "deploy-key")).said).toContain("deploy-app-key");
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

describeWithJsonSchema("GitLab's schema", () => {
  const fleet = loadCompany(ON_GITLAB);
  const check = (folder: string, ...files: string[]) =>
    run(
      "check-jsonschema",
      ["--builtin-schema", "vendor.gitlab-ci", ...files.map((file) => join(folder, file))],
      folder,
    );

  it("accepts the pipelines of GitLab", () => {
    expect(check(write(fleet), ".gitlab-ci.yml", ".gitlab/slipway.yml")).toMatchObject({ status: 0 });
  });

  it("accepts what delivers images, in the platform's project and in a service's", () => {
    const delivered = loadCompany({
      ...DELIVERED_BY_GITLAB,
      services: { orders: { cpuArchitecture: "ARM64", source: { checkCommand: "make check" } } },
    });
    // The schema knows a file's jobs, not the inputs that stand before them.
    const folder = write(delivered, (text) => text.split("\n---\n").at(-1) ?? "");
    writeFileSync(join(folder, "service.yml"), serviceFile(delivered, "orders").text);
    const files = [".gitlab-ci.yml", ".gitlab/slipway.yml", "templates/service.gitlab-ci.yml", "service.yml"];

    expect(check(folder, ...files)).toMatchObject({ status: 0 });
  });

  it("would refuse a mistake", () => {
    const folder = write(fleet, (text) => text.replaceAll("resource_group: live", "resource_group: []"));
    const { status, said } = check(folder, ".gitlab-ci.yml");

    expect(status).toBe(1);
    expect(said).toContain("resource_group");
  });

  it("accepts the child pipelines of an account, also where nothing changed", () => {
    const folder = temporaryFolder();
    const live = fleet.accounts.find(({ name }) => name === "live");
    if (live === undefined) throw new Error("no live");
    const groups = {
      common: ["live-network"],
      services: [{ name: "orders and 1 more", stacks: ["live-service-orders", "live-service-mailer"] }],
      afterServices: ["live-dashboard"],
    };
    writeFileSync(join(folder, "apply.yml"), yamlOf(childPipeline(live, groups, true), "acme"));
    const nothing = { common: [], services: [], afterServices: [] };
    writeFileSync(join(folder, "nothing.yml"), yamlOf(childPipeline(live, nothing, false), "acme"));

    expect(check(folder, "apply.yml", "nothing.yml")).toMatchObject({ status: 0 });
  });
});
