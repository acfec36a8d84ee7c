/** A part of a runbook: a heading, and blocks of Markdown below it. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly string[];
}

const fenced = (language: string, lines: readonly string[]) => ["```" + language, ...lines, "```"].join("\n");

/** Commands that an operator types. */
export const sh = (...lines: readonly string[]): string => fenced("sh", lines);

/** A statement given to a client of the runbook, such as `source_sql`. */
export const into = (client: string, ...statements: readonly string[]): string =>
  sh(`${client} <<'SQL'`, ...statements, "SQL");

/** What one client prints is run by another. */
export const piped = (from: string, to: string, ...statements: readonly string[]): string =>
  sh(`${from} <<'SQL' | tee -a /dev/stderr | ${to}`, ...statements, "SQL");

/** Things to do or to see, to be ticked off. */
export const checklist = (...items: readonly string[]): string =>
  items.map((item) => `- [ ] ${item}`).join("\n");

/** Where an operator writes down what was found. */
export const result = (what: string): string => `${what}: \`________________\``;

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "-")), ...rows.map(line)].join("\n");
}

/** The whole document, sections numbered. */
export function render(title: string, intro: string, sections: readonly Section[]): string {
  return [
    `# ${title}`,
    intro,
    ...sections.flatMap(({ title: heading, blocks }, index) => [`## ${index + 1}. ${heading}`, ...blocks]),
  ]
    .join("\n\n")
    .concat("\n");
}
