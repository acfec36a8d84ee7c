import { ViolationsError, type Violation } from "../../environments/schema/violation";

/** The refusal that `load` ends in. Anything else, a success or a crash, fails the test. */
export function refusal(load: () => unknown): ViolationsError {
  try {
    load();
  } catch (error) {
    if (error instanceof ViolationsError) return error;
    throw error;
  }
  throw new Error("It was accepted");
}

/** The violations of the refusal that `load` ends in. */
export function violationsOf(load: () => unknown): readonly Violation[] {
  return refusal(load).violations;
}
