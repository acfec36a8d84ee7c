import { loadFleet } from "./environments/schema/load";
import { ViolationsError } from "./environments/schema/violation";
import { CompositionError } from "./stacks/errors";
import { buildPlatform } from "./stacks/graph";
import { withoutTraces } from "./stacks/without-traces";

try {
  const { app } = buildPlatform(loadFleet());
  withoutTraces(() => app.synth());
} catch (error) {
  if (!(error instanceof ViolationsError || error instanceof CompositionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
