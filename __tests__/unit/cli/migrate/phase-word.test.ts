import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evidence as evidenceSchema } from "../../../../environments/schema/migration/evidence";
import { loadFleet } from "../../../../environments/schema/load";
import { leavePhase, type Leaving } from "../../../../cli/migrate/evidence";
import { withPhase } from "../../../../cli/migrate/phase-word";
import { removeFolders, temporaryFolder, writeCompany } from "../../../support/company";
import { migratingIn } from "../../../support/migrations";

const DEFINITION = `import type { MigrationInput } from "../schema/migration";

/** In phase "prepare" nothing moves yet. */
export default {
  id: "shop",
  phase: "prepare", // its phase
  task: { tableMappings: { selection: [{ schemaName: "prepare" }] } },
} satisfies MigrationInput;
`;

describe("the word of a phase", () => {
  it("is changed, and nothing else", () => {
    const text = withPhase(DEFINITION, "shop.ts", "prepare", "full-load");
    expect(text).toBe(DEFINITION.replace('phase: "prepare"', 'phase: "full-load"'));
  });

  it("keeps quotes, and is found in JSON", () => {
    expect(withPhase("{ phase: 'cdc' }", "a.ts", "cdc", "validated")).toBe("{ phase: 'validated' }");
    expect(withPhase('{"phase":"cdc"}', "a.json", "cdc", "validated")).toBe('{"phase":"validated"}');
  });

  it.each([
    ["phase: PHASE", /does not say phase: "cdc" in so many words/],
    ['{ phase: "cdc", other: { phase: "cdc" } }', /in 2 places/],
    ['{ lastPhase: "cdc" }', /does not say/],
  ])("is refused where it is not there once: %s", (text, words) => {
    expect(() => withPhase(text, "shop.ts", "cdc", "validated")).toThrow(words);
  });
});

describe("leaving a phase", () => {
  afterAll(removeFolders);

  const leaving = (directory: string): Leaving => {
    const [migration] = loadFleet(directory).migrations;
    return {
      to: "full-load",
      gates: [
        { gate: "connection live-shop-source", value: "successful", limit: "successful", holds: true },
        {
          gate: "assessment",
          value: "warning",
          limit: "passed",
          holds: false,
          ...(migration?.waivers[0] === undefined ? {} : { waiver: migration.waivers[0] }),
        },
      ],
      notes: { task: "arn:aws:dms:eu-central-1:200000000003:task:shop-forward" },
      measured: {
        by: "anna@acme.example",
        at: "2026-03-05T07:55:00Z",
        values: { marker: "x" },
        comparisons: {},
      },
      by: "arn:aws:sts::200000000003:assumed-role/slipway-plan/anna",
      at: new Date("2026-03-05T08:00:00Z"),
    };
  };
  const waivers = [
    {
      control: "assessment",
      reason: "Its one finding is about a table that does not move",
      owner: "shop@acme.example",
      expires: "2099-12-31",
    },
  ];

  it("writes evidence that validation takes, and the next phase", () => {
    const directory = temporaryFolder();
    writeCompany(directory, migratingIn("prepare", { waivers }));
    const fleet = loadFleet(directory);
    const [migration] = fleet.migrations;
    if (migration === undefined) throw new Error("no migration");
    leavePhase(fleet, migration, leaving(directory));
    const proof: unknown = JSON.parse(
      readFileSync(join(directory, "migrations/evidence/shop/prepare.json"), "utf8"),
    );
    expect(evidenceSchema.parse(proof)).toMatchObject({
      migration: "shop",
      account: "live",
      from: "prepare",
      to: "full-load",
      changeRef: "CHG-1042",
      by: "arn:aws:sts::200000000003:assumed-role/slipway-plan/anna",
      definition: expect.stringMatching(/^[0-9a-f]{64}$/),
      gates: [
        expect.objectContaining({ holds: true, waived: false }),
        expect.objectContaining({ gate: "assessment", holds: false, waived: true }),
      ],
      waivers: [expect.objectContaining({ control: "assessment", expires: "2099-12-31" })],
      notes: expect.objectContaining({ measuredBy: "anna@acme.example", "measured marker": "x" }),
    });
    expect(loadFleet(directory).migrations).toEqual([expect.objectContaining({ phase: "full-load" })]);
  });

  it("writes nothing where the word cannot be changed", () => {
    const directory = temporaryFolder();
    writeCompany(directory, migratingIn("prepare"));
    const fleet = loadFleet(directory);
    const [migration] = fleet.migrations;
    if (migration === undefined) throw new Error("no migration");
    expect(() => leavePhase(fleet, { ...migration, phase: "cdc" }, leaving(directory))).toThrow(
      /does not say/,
    );
    expect(existsSync(join(directory, "migrations/evidence/shop"))).toBe(false);
  });
});
