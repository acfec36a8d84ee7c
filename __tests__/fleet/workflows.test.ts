import { compareFiles } from "../../cli/workflows/repository-files";
import { workflowFiles } from "../../cli/workflows/all";
import { loadFleet } from "../../environments/schema/load";
import { buildPlatform } from "../../stacks/graph";
import { removeFolders, temporaryFolder } from "../support/company";

afterAll(removeFolders);

it("the committed workflows are those that slipway workflows writes", () => {
  const platform = buildPlatform(loadFleet(), { outdir: temporaryFolder() });
  const files = workflowFiles(platform, ".");

  expect(files.map(({ path }) => path)).toContain(".github/workflows/live.yml");
  expect(
    compareFiles(files, platform.fleet.organization.name, ".").map(({ path, change }) => `${path} ${change}`),
  ).toEqual([]);
});
