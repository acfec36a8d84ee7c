import { CliError } from "../errors";

/**
 * A value that nobody sees: from a pipe, without its last newline, or typed without echo. Never an argument, which
 * other users of the machine and the shell's history could read.
 */
export async function readValue(question: string): Promise<string> {
  const value = process.stdin.isTTY ? await typed(question) : await piped();
  if (value === "")
    throw new CliError(
      "The value is empty. Nothing was changed.",
      "Type it, or pipe it: slipway secrets set NAME < file",
    );
  return value;
}

async function piped(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks)
    .toString("utf8")
    .replace(/\r?\n$/, "");
}

function typed(question: string): Promise<string> {
  process.stdout.write(`${question}: `);
  process.stdin.setRawMode(true);
  process.stdin.resume();
  return new Promise((done, fail) => {
    let value = "";
    const end = (settle: () => void) => {
      process.stdin.off("data", take);
      process.stdin.setRawMode(false);
      process.stdin.pause();
      process.stdout.write("\n");
      settle();
    };
    const take = (chunk: Buffer) => {
      for (const character of chunk.toString("utf8")) {
        if (character === "\u0003") return end(() => fail(new CliError("Interrupted. Nothing was changed.")));
        if (character === "\r" || character === "\n" || character === "\u0004") return end(() => done(value));
        value = character === "\u007f" || character === "\b" ? value.slice(0, -1) : value + character;
      }
    };
    process.stdin.on("data", take);
  });
}
