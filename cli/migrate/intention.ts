/** Something that is about to be done to a migration. */
export interface Intention {
  /** What, in words. */
  readonly what: string;
  /** What is lost by it, or cannot be taken back; a person approves that. None: nothing is. */
  readonly danger?: string;
  /** Does it, and waits for it; says what came of it. */
  run(onProgress: (text: string) => void): Promise<Done>;
}

/** What came of it. */
export interface Done {
  readonly text: string;
  /** What has to be kept of it, such as where a task stopped, for the file that is checked in. */
  readonly record?: Readonly<Record<string, string | number>>;
}
