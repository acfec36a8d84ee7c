/** Rewrites deep imports of the provider into imports of its barrel, whose namespaces are the resources. */
export function barrelImports(text: string): string {
  const names: [alias: string, name: string][] = [];
  const imports = text.replaceAll(
    /import (type )?\{([^}]*)\} from "@cdktf\/provider-aws\/lib\/([a-z0-9-]+)";/g,
    (_, __, list: string, folder: string) => {
      const namespace = folder.replaceAll(/-([a-z0-9])/g, (___, letter: string) => letter.toUpperCase());
      // Under a name of its own: files have variables called subnet, vpc and so on.
      const local = `aws_${namespace}`;
      for (const item of list
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "")) {
        const [name = "", alias = name] = item.replace(/^type /, "").split(" as ");
        names.push([alias, `${local}.${name}`]);
      }
      return `import { ${namespace} as ${local} } from "@cdktf/provider-aws";`;
    },
  );
  return names.reduce((body, [alias, name]) => useName(body, alias, name), imports);
}

/** Uses of the name in code; not in imports, strings, or as a part of another name. */
function useName(text: string, alias: string, name: string): string {
  const use = new RegExp(`(?<![\\w$."'/-])${alias}(?![\\w$"'/-])(?!:)`, "g");
  return text
    .split("\n")
    .map((line) =>
      /^(import|export) .* from /.test(line) ||
      /^\s*(\*|\/\*|\/\/)/.test(line) ||
      new RegExp(`class ${alias}\\b`).test(line)
        ? line
        : line.replaceAll(use, name),
    )
    .join("\n");
}
