import type { ObjectStore, StoredObject } from "../../cli/delivery/object-store";

/** A store of objects in memory, with the conditions of a bucket and a clock that a test can turn. */
export class MemoryStore implements ObjectStore {
  readonly objects = new Map<string, StoredObject>();
  /** Milliseconds that the store's clock is ahead. */
  ahead = 0;
  /** What the next writes fail with, one after the other. */
  readonly failures: Error[] = [];
  private tags = 0;

  create(key: string, text: string) {
    return this.write(key, text, !this.objects.has(key));
  }

  replace(key: string, text: string, etag: string) {
    return this.write(key, text, this.objects.get(key)?.etag === etag);
  }

  remove(key: string, etag: string): Promise<void> {
    if (this.objects.get(key)?.etag === etag) this.objects.delete(key);
    return Promise.resolve();
  }

  read(key: string): Promise<StoredObject | undefined> {
    return Promise.resolve(this.objects.get(key));
  }

  keys(prefix: string): Promise<string[]> {
    return Promise.resolve([...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort());
  }

  now(): number {
    return Date.now() + this.ahead;
  }

  private write(key: string, text: string, allowed: boolean): Promise<string | undefined> {
    const failure = this.failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    if (!allowed) return Promise.resolve(undefined);
    const etag = String(++this.tags);
    this.objects.set(key, { text, etag, modified: new Date(this.now()) });
    return Promise.resolve(etag);
  }
}
