import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { loadFleet } from "../../../environments/schema/load";
import { removeFolders, temporaryFolder } from "../../support/company";

afterAll(removeFolders);

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

it("the organization of adopting.md validates as it stands", () => {
  const directory = temporaryFolder();
  for (const text of examplesOf("docs/adopting.md")) {
    const [, path = ""] = /^\/\/ my-company\/(\S+)\n/.exec(text) ?? [];
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const fleet = loadFleet(directory);

  expect(fleet.accounts.map(({ name }) => name)).toEqual(["development", "management", "shared-services"]);
  expect(fleet.services["development"]?.map(({ name }) => name)).toEqual(["hello"]);
});

it("there are examples", () => expect(EXAMPLES.length).toBeGreaterThan(5));
