import { randomUUID } from "node:crypto";
import { z } from "zod";
import { CliError } from "../errors";
import { duration } from "../output";
import type { ObjectStore } from "./object-store";
import { pause } from "./pause";

/** Who holds a lock, for whoever meets it. */
const holderSchema = z.object({
  id: z.string(),
  /** ARN of the caller. */
  who: z.string(),
  /** Machine or CI run. */
  where: z.string(),
  /** What is delivered. */
  what: z.string(),
  since: z.string(),
});
type Holder = z.output<typeof holderSchema>;

/** A holder says so often that it lives, and is taken for dead after so long without. */
export const BEAT = 30_000;
export const DEAD_AFTER = 10 * 60_000;
const ASK_AGAIN = 5_000;

export interface LockRequest extends Omit<Holder, "id" | "since"> {
  /** Milliseconds to wait for another that holds it; 0 refuses at once. */
  readonly wait: number;
  /** Whether a lock whose holder is dead is broken. */
  readonly breakDead: boolean;
  /** Told whom it waits for, again and again. */
  readonly onWait: (text: string) => void;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two signs of life. @default BEAT */
  readonly beat?: number;
}

/** The right to deliver one service into one account: one holds it, the others wait. */
export class DeployLock {
  private readonly loss = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();

  private constructor(
    private readonly store: ObjectStore,
    private readonly key: string,
    private readonly text: string,
    private etag: string,
  ) {}

  /**
   * Takes the lock, after whoever holds it.
   * @throws CliError naming the holder, when the wait is over or the holder is dead.
   */
  static async take(store: ObjectStore, key: string, request: LockRequest): Promise<DeployLock> {
    const started = Date.now();
    const { who, where, what } = request;
    const id = randomUUID();
    for (let told = false; ; told = true) {
      const holder: Holder = { id, who, where, what, since: new Date(store.now()).toISOString() };
      const text = JSON.stringify(holder);
      const etag = await store.create(key, text);
      if (etag !== undefined) {
        const lock = new DeployLock(store, key, text, etag);
        lock.live(request.beat ?? BEAT);
        return lock;
      }
      const held = await store.read(key);
      if (held === undefined) continue;
      const silent = store.now() - held.modified.getTime();
      if (silent > DEAD_AFTER) {
        if (!request.breakDead) throw deadHolder(held.text, silent);
        await store.remove(key, held.etag);
        request.onWait(`broke the lock of ${describeHolder(held.text)}, silent for ${duration(silent)}`);
        continue;
      }
      if (request.breakDead && !told)
        request.onWait(`the lock is not broken: its holder lives, and said so ${duration(silent)} ago`);
      if (Date.now() - started >= request.wait) throw heldByAnother(held.text, request.wait);
      request.onWait(`waits for ${describeHolder(held.text)}`);
      await pause(Math.min(ASK_AGAIN, request.wait - (Date.now() - started)), request.signal);
      if (request.signal?.aborted === true)
        throw new CliError("Interrupted while waiting for the lock. Nothing was changed.");
    }
  }

  /** Aborted when somebody broke the lock: then another may be delivering. */
  get lost(): AbortSignal {
    return this.loss.signal;
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    if (!this.lost.aborted) await this.store.remove(this.key, this.etag);
  }

  private live(beat: number): void {
    this.timer = setInterval(() => {
      this.beating = this.beating.then(() => this.sayAlive());
    }, beat);
    this.timer.unref();
  }

  /** One that fails is made up for by the next; what counts is that nobody else wrote. */
  private async sayAlive(): Promise<void> {
    if (this.lost.aborted) return;
    const etag = await this.store.replace(this.key, this.text, this.etag).catch(() => null);
    if (etag === null) return;
    if (etag !== undefined) this.etag = etag;
    // A write whose answer got lost leaves another tag, but our own text.
    else await this.adopt().catch(() => undefined);
  }

  private async adopt(): Promise<void> {
    const held = await this.store.read(this.key);
    if (held?.text === this.text) this.etag = held.etag;
    else this.loss.abort();
  }
}

/** Who holds the lock now, if anybody. */
export async function lockHolder(store: ObjectStore, key: string): Promise<string | undefined> {
  const held = await store.read(key);
  return held === undefined ? undefined : describeHolder(held.text);
}

function describeHolder(text: string): string {
  const parsed = holderSchema.safeParse(parseJson(text));
  if (!parsed.success) return "somebody unknown";
  const { who, where, what, since } = parsed.data;
  return `${who} on ${where}: ${what}, since ${since}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function heldByAnother(text: string, waited: number): CliError {
  return new CliError(
    `Another delivery of this service is under way: ${describeHolder(text)}. Nothing was changed.`,
    waited === 0
      ? "Wait for it: leave --no-wait away."
      : `It did not end within ${duration(waited)}. Wait longer with --wait MINUTES, or stop it.`,
  );
}

function deadHolder(text: string, silent: number): CliError {
  return new CliError(
    `A delivery that seems to be dead holds the lock: ${describeHolder(text)}; it has been silent for ${duration(silent)}. Nothing was changed.`,
    "Make sure that it does not run any more, then say --break-lock.",
  );
}
