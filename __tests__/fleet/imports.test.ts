import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** File imported, relative to the project; undefined for a package. */
  readonly file: string | undefined;
}

function files(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return path.endsWith(".ts") ? [path] : [];
  return readdirSync(path).flatMap((name) => files(join(path, name)));
}

const sources = ["main.ts", "environments", "stacks", "modules", "cli", "examples"].flatMap(files);
const imports = sources.flatMap((from) =>
  ts
    .preProcessFile(readFileSync(from, "utf8"), true, true)
    .importedFiles.map(({ fileName: specifier }): Import => {
      const file = specifier.startsWith(".") ? relative(".", resolve(dirname(from), specifier)) : undefined;
      return { from, specifier, file };
    }),
);

const within = (path: string, ...folders: string[]) =>
  folders.some((folder) => path.startsWith(`${folder}/`));
const said = (found: readonly Import[]) => found.map(({ from, specifier }) => `${from} imports ${specifier}`);

/** Imports of a folder's files that lead anywhere but to `allowed`. */
const straying = (folder: string, ...allowed: string[]) =>
  said(
    imports.filter(
      ({ from, file }) => within(from, folder) && file !== undefined && !within(file, ...allowed),
    ),
  );

it("the project is here", () => {
  expect(sources.length).toBeGreaterThan(80);
  expect(imports.length).toBeGreaterThan(300);
});

describe("data flows one way", () => {
  it("modules know their props only: neither stacks nor environments", () => {
    expect(straying("modules", "modules")).toEqual([]);
  });

  it("stacks know modules and the language, never the command or the data", () => {
    expect(straying("stacks", "stacks", "modules", "environments/schema")).toEqual([]);
  });

  it("the language knows itself only", () => {
    expect(straying("environments/schema", "environments/schema")).toEqual([]);
  });

  it("data takes types from the language, and nothing from what is made of it", () => {
    expect(straying("environments", "environments")).toEqual([]);
  });

  it("the entry point reaches the language and the stacks", () => {
    const reached = imports.flatMap(({ from, file }) => (from === "main.ts" && file ? [file] : []));

    expect(reached.filter((file) => !within(file, "environments/schema", "stacks"))).toEqual([]);
  });
});

describe("an import names the file that it means", () => {
  it("never the provider's barrel, which costs seconds and hundreds of megabytes", () => {
    const barrels = imports.filter(
      ({ specifier }) =>
        specifier.startsWith("@cdktf/provider-aws") && !/^@cdktf\/provider-aws\/lib\/[\w-]+$/.test(specifier),
    );

    expect(said(barrels)).toEqual([]);
  });

  it("never a folder, nor a file called index", () => {
    const folders = imports.filter(
      ({ file }) =>
        file !== undefined &&
        (/(^|\/)index(\.ts)?$/.test(file) ||
          !(existsSync(file) || existsSync(`${file}.ts`)) ||
          (existsSync(file) && statSync(file).isDirectory() && !existsSync(`${file}.ts`))),
    );

    expect(said(folders)).toEqual([]);
  });

  it("never a file that only hands on what others export", () => {
    const handingOn = sources.filter((path) =>
      /^export (type )?(\*|\{[^}]*\})( as \w+)? from /m.test(readFileSync(path, "utf8")),
    );

    expect(handingOn).toEqual([]);
  });
});
