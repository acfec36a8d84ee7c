import { ViolationsError } from "../environments/schema/violation";
import { CompositionError } from "../stacks/errors";

/** A refusal or a failure that a person can do something about; printed without a stack trace, exit code 1. */
export class CliError extends Error {
  override readonly name = "CliError";
  constructor(
    message: string,
    /** What to do next. */
    readonly mend?: string,
  ) {
    super(mend === undefined ? message : `${message}\n${mend}`);
  }
}

/** What a person is shown of an error; the trace of a fault of Slipway itself only with SLIPWAY_DEBUG. */
export function describeError(error: unknown): string {
  if (error instanceof CliError || error instanceof ViolationsError || error instanceof CompositionError)
    return error.message;
  if (!(error instanceof Error)) return String(error);
  if (process.env["SLIPWAY_DEBUG"] !== undefined) return error.stack ?? error.message;
  return `${error.name}: ${error.message}\nThis was not expected. SLIPWAY_DEBUG=1 shows where it happened.`;
}
