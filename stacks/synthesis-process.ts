import { loadFleet } from "../environments/schema/load";
import { CompositionError } from "./errors";
import { synthesizeShare, type Answer, type Share } from "./synthesis-share";

/** A process that makes a share of the stacks, as `synthesize` asks for it. */
process.once("message", (share: Share) => {
  answer(share, (message) => {
    process.send?.(message, () => process.disconnect());
  });
});

function answer(share: Share, send: (message: Answer) => void): void {
  try {
    send({ stacks: synthesizeShare(loadFleet(share.directory), share) });
  } catch (error) {
    const forPeople = error instanceof CompositionError;
    const said =
      error instanceof Error ? ((forPeople ? undefined : error.stack) ?? error.message) : String(error);
    send({ error: said, forPeople });
  }
}
