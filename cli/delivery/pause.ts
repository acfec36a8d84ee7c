/** Waits; ends early when one of the signals is aborted. */
export function pause(milliseconds: number, ...signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  return new Promise((wake) => {
    const given = signals.filter((signal) => signal !== undefined);
    const done = () => {
      clearTimeout(timer);
      for (const signal of given) signal.removeEventListener("abort", done);
      wake();
    };
    const timer = setTimeout(done, milliseconds);
    for (const signal of given) signal.addEventListener("abort", done);
    if (given.some(({ aborted }) => aborted)) done();
  });
}
