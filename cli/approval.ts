import { createInterface } from "node:readline/promises";
import { CliError } from "./errors";

/**
 * Asks for a `yes`, unless the person gave it on the command line.
 * @throws CliError where nobody can be asked.
 */
export async function requireApproval(question: string, autoApprove: boolean): Promise<boolean> {
  if (autoApprove) return true;
  if (!process.stdin.isTTY) {
    throw new CliError(
      "Nobody is here to approve.",
      "Say --auto-approve, or run it in a terminal. Nothing was changed.",
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} Only "yes" is taken: `);
  terminal.close();
  return answer.trim() === "yes";
}
