import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { summaryDiagram } from "../../cli/diagram";
import { loadFleet } from "../../environments/schema/load";
import { buildPlatform } from "../../stacks/graph";
import { removeFolders, temporaryFolder } from "../support/company";

const README = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");

describe("the README", () => {
  afterAll(removeFolders);

  it("shows the picture that slipway graph --summary draws", () => {
    const { stacks } = buildPlatform(loadFleet("environments"), { outdir: temporaryFolder() });
    expect(/```mermaid\n([^]*?)\n```/.exec(README)?.[1]).toBe(summaryDiagram(stacks));
  });

  it("points only to documents that are there", () => {
    const links = [...README.matchAll(/\]\(((?!http)[^)#]+)\)/g)].map(([, path = ""]) => path);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((path) => !existsSync(join(__dirname, "..", "..", path)))).toEqual([]);
  });
});
