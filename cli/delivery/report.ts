import { NO_RELEASE } from "../../modules/delivery/release";
import { colour, duration, print, printJson } from "../output";
import { startProgress, type Progress } from "../progress";
import type { Delivered } from "./deliver";
import type { Image } from "./registry-images";
import { runDelivery, type Session } from "./run-delivery";

/** For machines: nothing but the result. */
const SILENT: Progress = {
  update: () => undefined,
  note: () => undefined,
  succeed: () => undefined,
  fail: () => undefined,
  skip: () => undefined,
};

/** Puts an image into service, and shows how it goes and what came of it. */
export async function report(session: Session, image: Image, origin?: string): Promise<void> {
  const { target, options } = session;
  const started = Date.now();
  const progress = options.json === true ? SILENT : await startProgress(target.stack);
  if (options.json !== true)
    progress.note(`${target.stack}: ${describeImage(image)}${origin === undefined ? "" : `, ${origin}`}`);
  try {
    const delivered = await runDelivery(session, image, progress, origin);
    if (options.json === true) return printJson({ ...delivered.record, outcome: delivered.outcome });
    const line = `${target.stack}: release ${delivered.record.number} ${describeOutcome(session, delivered)}${colour.dim(` (${duration(Date.now() - started)})`)}`;
    if (delivered.outcome === "succeeded") progress.succeed(line);
    else progress.skip(line);
    for (const notice of delivered.notices) print(`${colour.yellow("!")} ${notice}`);
    const { previous } = delivered.record;
    if (previous !== NO_RELEASE && previous !== image.digest)
      print(
        `Back to the release before: slipway rollback ${target.service.name} --account ${target.account.name}`,
      );
  } catch (error) {
    progress.fail(`${target.stack}: not released`);
    throw error;
  }
}

const describeImage = ({ digest, tag }: Image) => (tag === undefined ? digest : `${tag} is ${digest}`);

function describeOutcome({ target: { account, service } }: Session, { outcome, ending }: Delivered): string {
  if (outcome === "idle")
    return account.capabilities.workingHours !== null && service.followsWorkingHours
      ? `is in place, and nothing runs yet: ${account.name} sleeps (slipway wake ${account.name} ${service.name}). Deploy it again when awake to prove it.`
      : "is in place, and nothing runs: its task count is zero";
  if (ending === undefined) return "is in place: its next run takes it";
  return `is in service: ${ending.running} of ${ending.desired} tasks run it; a plan after it is empty`;
}
