import { pause } from "../delivery/pause";
import { printJson } from "../output";
import { PLAN } from "../preparation";
import { startProgress } from "../progress";
import { interruption } from "../terraform";
import { passes } from "./gate";
import { measuresOf, type Look } from "./kinds";
import { readMeasured, type Measured } from "./measured";
import { lookAt, openSession, type Session } from "./session";
import { printLook } from "./view";

export interface StatusOptions {
  readonly watch?: boolean;
  readonly json?: boolean;
  readonly sandbox?: boolean;
  readonly measured?: string;
}

const LOOK_EVERY = 15_000;

/** `slipway migrate status`: how a migration is, once, or until every gate of its phase holds. */
export async function status(id: string, options: StatusOptions): Promise<void> {
  const session = await openSession(id, PLAN, options.sandbox === true);
  const measured = options.measured === undefined ? undefined : readMeasured(options.measured, new Date());
  const look = options.watch === true ? await watch(session, measured) : await lookAt(session, measured);
  const { migration } = session;
  if (options.json !== true) return printLook(migration, look, measuresOf(migration));
  const { id: name, kind, account, phase, owner, changeRef, waivers } = migration;
  const { gates, observed, missing } = look;
  printJson({
    migration: name,
    kind,
    account,
    phase,
    owner,
    changeRef,
    ...(missing === undefined ? {} : { missing }),
    ready: gates.length > 0 && missing === undefined && gates.every(passes),
    gates,
    waivers,
    observed,
  });
}

/** Looks again and again; ends when the phase may be left, or somebody interrupts it. */
async function watch(session: Session, measured: Measured | undefined): Promise<Look> {
  const { id, phase } = session.migration;
  const progress = await startProgress(id);
  let told = "";
  try {
    for (;;) {
      const look = await lookAt(session, measured);
      const open = look.gates.filter((each) => !passes(each));
      const text = `${id} ${phase}: ${look.missing ?? look.progress}; ${look.gates.length - open.length} of ${look.gates.length} gates hold`;
      progress.update(text);
      // Where nobody sees a line change, each change is a line.
      if (text !== told && process.stdout.isTTY !== true) progress.note(text);
      told = text;
      if (open.length === 0) progress.succeed(text);
      else if (interruption.aborted) progress.skip(text);
      if (open.length === 0 || interruption.aborted) return look;
      await pause(LOOK_EVERY, interruption);
    }
  } catch (error) {
    progress.fail(told === "" ? id : told);
    throw error;
  }
}
