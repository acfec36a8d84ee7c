import pLimit from "p-limit";
import { z } from "zod";
import { CliError } from "../errors";
import type { ObjectStore } from "./object-store";

/**
 * How a release ended. `idle`: it is in place, but no task runs, so that nothing proves it. `running` of a delivery
 * that died stays so.
 */
export const OUTCOMES = ["running", "succeeded", "idle", "rolledBack", "failed", "interrupted"] as const;

const record = z.object({
  number: z.number().int(),
  service: z.string(),
  account: z.string(),
  digest: z.string(),
  tag: z.string().optional(),
  /** What was in service before: a digest, or `none`. */
  previous: z.string(),
  /** Whose digest was carried over, or the number of the release that was gone back to. */
  origin: z.string().optional(),
  who: z.string(),
  where: z.string(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  outcome: z.enum(OUTCOMES),
  reason: z.string().optional(),
});

/** One delivery of a service into an account. */
export type ReleaseRecord = z.output<typeof record>;
export type NewRelease = Omit<ReleaseRecord, "number" | "startedAt" | "endedAt" | "outcome" | "reason">;

/** How many objects are read at a time. */
const AT_A_TIME = 8;

/** The records of a service's releases in an account, numbered from 1. They outlive the service. */
export class ReleaseHistory {
  constructor(
    private readonly store: ObjectStore,
    /** Folder of the records. */
    private readonly folder: string,
  ) {}

  /** Records that a delivery begins, under the next number. */
  async begin(release: NewRelease): Promise<ReleaseRecord> {
    for (;;) {
      const last = (await this.numbers()).at(-1) ?? 0;
      const begun: ReleaseRecord = {
        number: last + 1,
        ...release,
        startedAt: new Date().toISOString(),
        outcome: "running",
      };
      if ((await this.store.create(this.key(begun.number), JSON.stringify(begun))) !== undefined)
        return begun;
    }
  }

  /** Records how it ended. */
  async end(begun: ReleaseRecord, outcome: ReleaseRecord["outcome"], reason?: string): Promise<void> {
    const key = this.key(begun.number);
    const held = await this.store.read(key);
    if (held === undefined) return;
    const ended: ReleaseRecord = {
      ...begun,
      endedAt: new Date().toISOString(),
      outcome,
      ...(reason === undefined ? {} : { reason }),
    };
    await this.store.replace(key, JSON.stringify(ended), held.etag);
  }

  /** The newest records, newest first. */
  async list(limit = 50): Promise<ReleaseRecord[]> {
    const slot = pLimit(AT_A_TIME);
    const newest = (await this.numbers()).slice(-limit).reverse();
    const read = await Promise.all(newest.map((number) => slot(() => this.read(number))));
    return read.flatMap((each) => each ?? []);
  }

  /** The newest release that `wanted` takes, looked for from the newest back. */
  async newest(wanted: (each: ReleaseRecord) => boolean): Promise<ReleaseRecord | undefined> {
    for (const number of (await this.numbers()).reverse()) {
      const each = await this.read(number);
      if (each !== undefined && wanted(each)) return each;
    }
    return undefined;
  }

  private async numbers(): Promise<number[]> {
    const keys = await this.store.keys(this.folder);
    return keys.flatMap((key) => {
      const number = /(\d+)\.json$/.exec(key)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
  }

  private async read(number: number): Promise<ReleaseRecord | undefined> {
    const held = await this.store.read(this.key(number));
    if (held === undefined) return undefined;
    const parsed = record.safeParse(JSON.parse(held.text));
    if (parsed.success) return parsed.data;
    throw new CliError(
      `The record ${this.key(number)} is not of this Slipway: ${parsed.error.issues[0]?.path.join(".") ?? ""} ${parsed.error.issues[0]?.message ?? ""}`,
      "A newer Slipway wrote it, or somebody else. Update Slipway, or look at the object.",
    );
  }

  /** Padded, so that the order of keys is that of numbers. */
  private key(number: number): string {
    return `${this.folder}${String(number).padStart(6, "0")}.json`;
  }
}
