/** What went wrong in a Terraform run, for a person. */
export interface Failure {
  /** The message, a few lines. */
  readonly message: string;
  /** Whether the same again may succeed. */
  readonly transient: boolean;
}

const TRANSIENT =
  /(Throttling|ConcurrentUpdateException|Rate exceeded|RequestLimitExceeded|ServiceUnavailable|connection reset|TLS handshake timeout|i\/o timeout|unexpected EOF|no such host|RequestTimeout)/i;
const CRASH =
  /(Plugin did not respond|The plugin encountered an error|plugin process exited|panic: |Provider produced inconsistent result)/;
const LOCKED = /Error acquiring the state lock/;
const WRONG_ACCOUNT = /AWS account ID not allowed|Invalid account ID|account ID .* not allowed/i;

/** Reads Terraform's output, without colours. */
export function explainFailure(output: string, timedOut: boolean, minutes?: number): Failure {
  if (timedOut)
    return {
      message: `Took longer than the limit of ${minutes ?? "?"} min and was stopped.`,
      transient: false,
    };
  const errors = errorBlocks(output);
  if (CRASH.test(output)) {
    const types = [
      ...new Set([...output.matchAll(/with (aws_[a-z0-9_]+)\./g)].map((match) => match[1] ?? "")),
    ].sort();
    return {
      message:
        `The provider crashed${types.length > 0 ? ` on ${types.join(", ")}` : ""}.\n${errors[0] ?? ""}`.trim(),
      transient: false,
    };
  }
  if (LOCKED.test(output)) {
    return {
      message: `Somebody else holds the state's lock; nothing was changed.\n${errors[0] ?? ""}`.trim(),
      transient: false,
    };
  }
  if (WRONG_ACCOUNT.test(output)) {
    return {
      message: `The credentials are of another account; nothing was changed.\n${errors[0] ?? ""}`.trim(),
      transient: false,
    };
  }
  return {
    message: errors.slice(0, 3).join("\n") || output.trim().split("\n").slice(-8).join("\n"),
    transient: TRANSIENT.test(output),
  };
}

/** Terraform's error messages, each as its own text. */
function errorBlocks(output: string): string[] {
  const lines = output.split("\n").map((line) => line.replace(/^[│╷╵]\s?/, "").trimEnd());
  const blocks: string[][] = [];
  let current: string[] | undefined;
  for (const line of lines) {
    if (/^Error: /.test(line)) {
      current = [line];
      blocks.push(current);
    } else if (/^(Warning: |Releasing state lock|Note: )/.test(line)) current = undefined;
    else if (current !== undefined && line.trim() !== "" && current.length < 8)
      current.push(`  ${shorten(line.trim())}`);
  }
  return blocks.map((block) => block.join("\n"));
}

/** Terraform quotes whole lines of JSON. */
function shorten(line: string): string {
  return line.length > 240 ? `${line.slice(0, 237)}...` : line;
}
