import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

const ROOT = join(__dirname, "..", "..", "..");
const PAGES = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"), { encoding: "utf8", recursive: true })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
].sort();

/** The TypeScript of a page; fields without an object around them get one, as they have in a file. */
const examplesOf = (page: string) =>
  [...readFileSync(join(ROOT, page), "utf8").matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, text = ""]) =>
    /^\w+:/.test(text) ? `export default {\n${text}};` : text,
  );

const EXAMPLES = PAGES.flatMap((page) =>
  examplesOf(page).map((text, index): [string, string] => [`${page}, example ${index + 1}`, text]),
);

it.each(EXAMPLES)("%s, is TypeScript", (_, text) => {
  const { diagnostics = [] } = transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  });

  expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
});

it("there are examples", () => expect(EXAMPLES.length).toBeGreaterThan(5));
