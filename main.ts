import { loadFleet } from "./environments/schema/load";
import { ViolationsError } from "./environments/schema/violation";
import { CompositionError } from "./stacks/errors";
import { synthesize } from "./stacks/synthesis";

async function main(): Promise<void> {
  try {
    await synthesize(loadFleet());
  } catch (error) {
    if (!(error instanceof ViolationsError || error instanceof CompositionError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

void main();
