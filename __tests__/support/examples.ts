import { readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "examples";

/** Folders of the organizations that examples describe, sorted. */
export const EXAMPLES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(FOLDER, name))
  .sort();

/** Stacks below which an organization is small: it may well have nothing of a kind that the others have many of. */
const SMALL = 150;

/** Fails when what a property holds of is so little that it says nothing; of a small organization it may be none. */
export function expectEnough(found: number, least: number, stacks: number): void {
  if (stacks >= SMALL) expect(found).toBeGreaterThan(least);
}
