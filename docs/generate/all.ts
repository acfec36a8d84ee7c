import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountPages } from "./accounts";
import { languageReference } from "./language";

/** Writes every page of `docs/` that is generated: `npm run docs`. */
const DOCS = join(__dirname, "..");
writeFileSync(join(DOCS, "language.md"), languageReference());

const outdir = mkdtempSync(join(tmpdir(), "slipway-docs-"));
const accounts = join(DOCS, "accounts");
rmSync(accounts, { recursive: true, force: true });
mkdirSync(accounts);
for (const [file, text] of accountPages(outdir)) writeFileSync(join(accounts, file), text);
rmSync(outdir, { recursive: true, force: true });
