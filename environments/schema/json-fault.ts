/** Where a text stops being JSON, and what would mend it. */
export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The line. */
  readonly text: string;
  readonly allowed: string;
  readonly mend: string;
}

type Found = Pick<JsonFault, "allowed" | "mend">;

class Fault extends Error {
  constructor(
    readonly offset: number,
    readonly found: Found,
  ) {
    super(found.allowed);
  }
}

const STRING = /"(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
const SPACE = /[ \t\r\n]*/y;

/** The first fault of a text of JSON; engines tell its place only sometimes, and each in its own words. */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    const end = afterSpace(text, value(text, afterSpace(text, 0)));
    if (end < text.length)
      throw new Fault(end, { allowed: "the end of the file", mend: "remove what follows" });
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.offset).split("\n");
    const line = before.length;
    return {
      line,
      column: (before.at(-1)?.length ?? 0) + 1,
      text: (text.split("\n")[line - 1] ?? "").trim() || "an empty line",
      ...error.found,
    };
  }
}

/** The offset after the value that begins at `at`. */
function value(text: string, at: number): number {
  const first = text[at];
  if (first === "{" || first === "[") return members(text, at);
  const end = after(STRING, text, at) ?? after(SCALAR, text, at);
  if (end === undefined) throw new Fault(at, wrong(text, at, "a value"));
  return end;
}

function members(text: string, from: number): number {
  const [isObject, close] = text[from] === "{" ? [true, "}"] : [false, "]"];
  let at = afterSpace(text, from + 1);
  if (text[at] === close) return at + 1;
  for (;;) {
    if (isObject) {
      const name = after(STRING, text, at);
      if (name === undefined) throw new Fault(at, wrong(text, at, 'a name in "'));
      at = afterSpace(text, name);
      if (text[at] !== ":") throw new Fault(at, { allowed: "a colon after the name", mend: "write a colon" });
      at = afterSpace(text, at + 1);
    }
    at = afterSpace(text, value(text, at));
    if (text[at] === close) return at + 1;
    if (text[at] !== ",") {
      const mend = at >= text.length ? `write ${close} at the end` : "write a comma before it";
      throw new Fault(at, { allowed: `a comma or ${close}`, mend });
    }
    const comma = at;
    at = afterSpace(text, at + 1);
    if (text[at] === close)
      throw new Fault(comma, { allowed: "no comma after the last entry", mend: "remove the comma" });
  }
}

function wrong(text: string, at: number, allowed: string): Found {
  const rest = text.slice(at, at + 80);
  const [word] = /^[A-Za-z_$][\w$-]*/.exec(rest) ?? [];
  if (rest === "") return { allowed, mend: "the file ends too early: write the rest of it" };
  if (/^\/[/*]/.test(rest)) return { allowed, mend: "remove the comment: JSON has none" };
  if (rest.startsWith("'")) return { allowed, mend: `write " instead of '` };
  if (rest.startsWith('"')) return { allowed, mend: 'end the text with " on its line' };
  return { allowed, mend: word === undefined ? `write ${allowed} here` : `write "${word}"` };
}

function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

const afterSpace = (text: string, at: number) => after(SPACE, text, at) ?? at;
