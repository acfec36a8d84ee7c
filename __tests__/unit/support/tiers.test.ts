import { maySkip, missing } from "../../support/tiers";

describe("a tier of tests whose tools are missing", () => {
  const table: [string, NodeJS.ProcessEnv, boolean][] = [
    ["is skipped on somebody's own machine", {}, true],
    ["is never skipped in CI", { CI: "true" }, false],
    ["is never skipped in a CI that says 1", { CI: "1" }, false],
    ["is never skipped when all tiers are asked for", { SLIPWAY_TEST_ALL_TIERS: "1" }, false],
    ["is skipped where CI is said to be off", { CI: "false" }, true],
  ];
  it.each(table)("%s", (_, environment, expected) => {
    expect(maySkip(environment)).toBe(expected);
  });

  it("is told from one whose tools are there", () => {
    const node = { command: process.execPath, args: ["--version"] };
    const nothing = { command: "slipway-no-such-program", args: [] };

    expect(missing([node, nothing])).toEqual(["slipway-no-such-program"]);
  });
});
