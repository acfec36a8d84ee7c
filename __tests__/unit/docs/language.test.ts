import { readFileSync } from "node:fs";
import { join } from "node:path";
import { languageReference } from "../../../docs/generate/language";

describe("the reference of the language", () => {
  const reference = languageReference();

  it("is committed as the schemas have it now", () =>
    expect(readFileSync(join(__dirname, "..", "..", "..", "docs", "language.md"), "utf8")).toBe(reference));

  it("says of each field what it means", () => {
    const rows = reference.split("\n").filter((line) => line.startsWith("| `"));
    expect(rows.length).toBeGreaterThan(90);
    expect(rows.filter((row) => row.endsWith("|  |"))).toEqual([]);
  });

  it("has ranges, choices and defaults in it", () => {
    expect(reference).toMatch(/\| `stopTimeout` \| number 2 to 120 \| `30` \|/);
    expect(reference).toMatch(/\| `kind` \| `"service"`, `"worker"`, `"scheduledTask"` \| `"service"` \|/);
  });
});
