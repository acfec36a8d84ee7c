import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { Document, isScalar, visit } from "yaml";
import { CliError } from "../errors";
import { ACTIONS } from "./pins";

/** A file that CI reads. */
export interface WorkflowFile {
  /** Path below the repository. */
  readonly path: string;
  readonly text: string;
}

/** First line of every file that `slipway workflows` writes, and by which it knows those of an organization. */
export const header = (organization: string) =>
  `# Written by \`slipway workflows\` from the description of ${organization}: change that, and run it again.`;

/** YAML with the organization's header above it, and the version beside each pinned action. */
export function toYaml(document: Document, organization: string): string {
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || key.value !== "uses" || !isScalar(value)) return;
      const pinned = Object.values(ACTIONS).find(({ commit }) => String(value.value).endsWith(`@${commit}`));
      if (pinned !== undefined) value.comment = ` ${pinned.version}`;
    },
  });
  return `${header(organization)}\n${document.toString({ lineWidth: 0 })}`;
}

/** YAML of a plain value. */
export const yamlOf = (value: unknown, organization: string): string =>
  toYaml(new Document(value, { aliasDuplicateObjects: false }), organization);

/** YAML of a GitLab file with inputs, which are a document of their own before it. */
export const yamlWithInputs = (inputs: unknown, value: unknown, organization: string): string => {
  const text = new Document(value, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
  return `${yamlOf({ spec: { inputs } }, organization)}---\n${text}`;
};

/** Node's version for CI: the file that says it, and its major number. */
export function nodeVersion(root: string): { readonly file: string; readonly major: string } {
  const file = existsSync(join(root, ".nvmrc")) ? ".nvmrc" : "package.json";
  const text = existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : "";
  const said = file === ".nvmrc" ? text : (/"node":\s*"([^"]+)"/.exec(text)?.[1] ?? "");
  return { file, major: /\d+/.exec(said)?.[0] ?? "22" };
}

/**
 * An organization's folder as it is called from the repository's.
 * @throws CliError where it is not below it: CI checks out the repository only.
 */
export function organizationPath(directory: string, root: string): string {
  const path = relative(resolve(root), resolve(directory)).replaceAll("\\", "/");
  if (path !== "" && path !== ".." && !path.startsWith("../") && !isAbsolute(path)) return path;
  throw new CliError(
    `The organization's folder is not below the repository that the workflows are for, and CI would not find it: ${resolve(directory)} is not in ${resolve(root)}.`,
    "Name a folder in the repository with SLIPWAY_ORGANIZATION, or the repository with --directory.",
  );
}

/** The files that make the stacks; a change to anything else in the repository starts no workflow. */
export function inputPaths(organization: string): string[] {
  const folders = new Set([organization, "cli", "environments/schema", "modules", "stacks"]);
  if (organization === "environments") folders.delete("environments/schema");
  return [
    ...[...folders].sort().map((folder) => `${folder}/**`),
    ".nvmrc",
    "cdktf.json",
    "main.ts",
    "package-lock.json",
    "package.json",
    "tsconfig.json",
  ];
}
