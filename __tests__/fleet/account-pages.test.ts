import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accountPages } from "../../docs/generate/accounts";
import { removeFolders, temporaryFolder } from "../support/company";

const FOLDER = join("docs", "accounts");

describe("the accounts' pages", () => {
  afterAll(removeFolders);
  const pages = accountPages(temporaryFolder());

  it("are committed as the data has them now: npm run docs", () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...pages.keys()].sort());
    for (const [file, text] of pages) expect(readFileSync(join(FOLDER, file), "utf8")).toBe(text);
  });

  it("say of live what runs there, on what, and behind which door", () => {
    const live = pages.get("live.md");
    expect(live).toMatch(/\| charging-api \| service \| instances \| 1024 \/ 4096 \| 2 to 12 \|/);
    expect(live).toMatch(
      /\| public \| `stations\.live\.eemobility\.example\/ocpp\/\*` \| station-gateway \|/,
    );
  });
});
