/** Something wrong in the description of the company, said so that a person can mend it. */
export interface Violation {
  /** The file, relative to the working folder. */
  readonly file: string;
  /** The field, such as `loadBalancers[0].alb`; empty for the file as a whole. */
  readonly path: string;
  /** What the field says. */
  readonly given: unknown;
  /** Whether `given` says in words what is there, instead of being it: printed without quotes. */
  readonly inWords?: boolean;
  /** What it may say. */
  readonly allowed: string;
  /** What to do. */
  readonly mend?: string;
}

/** A refusal with every violation found, printed as a list; `slipway` exits with 1 and writes nothing. */
export class ViolationsError extends Error {
  override readonly name = "ViolationsError";
  constructor(
    /** What was checked, such as "the organization". */
    readonly subject: string,
    readonly violations: readonly Violation[],
    /** Said after the list. */
    note?: string,
  ) {
    const count = violations.length === 1 ? "1 problem" : `${violations.length} problems`;
    super(
      `${subject} has ${count}:\n\n${violations.map(render).join("\n\n")}\n${note === undefined ? "" : `\n${note}\n`}`,
    );
  }
}

function render({ file, path, given, inWords, allowed, mend }: Violation): string {
  const lines = [path === "" ? file : `${file}: ${path}`];
  if (given !== undefined) lines.push(`  given:   ${inWords === true ? String(given) : display(given)}`);
  lines.push(`  allowed: ${allowed}`);
  if (mend !== undefined) lines.push(`  mend:    ${mend}`);
  return lines.join("\n");
}

function display(value: unknown): string {
  const text = typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
