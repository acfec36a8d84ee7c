import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { serviceFile, workflowFiles } from "../../../cli/workflows/all";
import { writeFiles } from "../../../cli/workflows/repository-files";
import type { WorkflowFile } from "../../../cli/workflows/workflow-file";
import { deliveries } from "../../../environments/schema/deliveries";
import type { DeliverySettings } from "../../../environments/schema/delivery";
import type { Fleet } from "../../../environments/schema/fleet";
import { loadFleet } from "../../../environments/schema/load";
import { removeFolders, temporaryFolder } from "../../support/company";
import { describeWithActionlint, describeWithJsonSchema } from "../../support/tiers";

afterAll(removeFolders);

const chargemap = loadFleet("examples/chargemap");
const common = { tagPattern: "v*" };

/** ChargeMap on an engine. */
function on(provider: "github" | "gitlab"): Fleet {
  const delivery: DeliverySettings = { provider, ...common };
  const continuousIntegration =
    provider === "github"
      ? { provider, repository: "chargemap/infrastructure", branch: "main" }
      : { provider, project: "chargemap/platform/infrastructure", url: "https://gitlab.com", branch: "main" };
  return { ...chargemap, organization: { ...chargemap.organization, continuousIntegration, delivery } };
}

const serviceFiles = (fleet: Fleet) =>
  deliveries(fleet).map(({ name }) => ({ name, ...serviceFile(fleet, name) }));

function write(files: readonly WorkflowFile[]): string {
  const folder = temporaryFolder();
  writeFiles(
    files.map((file) => ({ ...file, change: "missing" as const })),
    folder,
  );
  return folder;
}

function run(command: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return { status, said: `${stdout}${stderr}` };
}

describe("more than 175 services", () => {
  it.each(["github", "gitlab"] as const)(
    "share what is long on %s: a service's file is a call of it",
    (engine) => {
      const files = serviceFiles(on(engine));

      expect(files.length).toBeGreaterThanOrEqual(175);
      expect(Math.max(...files.map(({ text }) => text.split("\n").length))).toBeLessThan(30);
      expect(workflowFiles({ fleet: on(engine), stacks: [] }, ".").length).toBeLessThan(15);
    },
  );

  it("write the same files of the platform when one of them is gone", () => {
    const fleet = on("gitlab");
    const services = Object.fromEntries(
      Object.entries(fleet.services).map(([account, all]) => [account, all.slice(1)] as const),
    );
    const fewer = { ...fleet, services };

    expect(deliveries(fewer).length).toBeLessThan(deliveries(fleet).length);
    expect(workflowFiles({ fleet: fewer, stacks: [] }, ".")).toEqual(
      workflowFiles({ fleet, stacks: [] }, "."),
    );
  });
});

describeWithActionlint("actionlint", () => {
  it("finds nothing in ChargeMap's workflows, neither the platform's nor any service's", () => {
    const fleet = on("github");
    const services = serviceFiles(fleet).map(({ name, text }) => ({
      path: `.github/workflows/service-${name}.yml`,
      text: text.replace("chargemap/infrastructure/.github", "./.github").replace("@main", ""),
    }));
    const folder = write([...workflowFiles({ fleet, stacks: [] }, "."), ...services]);
    run("git", ["init", "--quiet"], folder);

    expect(run("actionlint", ["-no-color"], folder)).toEqual({ status: 0, said: "" });
  });
});

describeWithJsonSchema("GitLab's schema", () => {
  it("accepts ChargeMap's pipelines, the platform's and every service's", () => {
    const fleet = on("gitlab");
    // The schema knows a file's jobs, not the inputs that stand before them.
    const platform = workflowFiles({ fleet, stacks: [] }, ".").map(({ path, text }) => ({
      path,
      text: text.split("\n---\n").at(-1) ?? "",
    }));
    const services = serviceFiles(fleet).map(({ name, text }) => ({ path: `services/${name}.yml`, text }));
    const files = [...platform, ...services];
    const folder = write(files);

    expect(
      run(
        "check-jsonschema",
        ["--builtin-schema", "vendor.gitlab-ci", ...files.map(({ path }) => join(folder, path))],
        folder,
      ),
    ).toMatchObject({ status: 0 });
  });
});
