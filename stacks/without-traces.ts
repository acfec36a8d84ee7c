/**
 * Runs `body` without a record of where each token is made, which is a quarter of a synth and read only when a token
 * cannot be resolved. SLIPWAY_DEBUG=1 keeps it.
 */
export function withoutTraces<T>(body: () => T): T {
  if (process.env["SLIPWAY_DEBUG"] !== undefined) return body();
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => undefined;
  try {
    return body();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
