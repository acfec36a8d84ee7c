import { DEAD_AFTER, DeployLock, type LockRequest } from "../../../../cli/delivery/lock";
import { MemoryStore } from "../../../support/memory-store";

const KEY = "deploys/orders.lock";
const said: string[] = [];
const request = (who: string, change: Partial<LockRequest> = {}): LockRequest => ({
  who,
  where: "laptop",
  what: "deploy v7",
  wait: 0,
  breakDead: false,
  onWait: (text) => said.push(text),
  ...change,
});

beforeEach(() => said.splice(0));

describe("the lock of a service's deliveries", () => {
  it("is taken, and gone once it is given back", async () => {
    const store = new MemoryStore();
    const lock = await DeployLock.take(store, KEY, request("anna"));
    expect([...store.objects.keys()]).toEqual([KEY]);
    await lock.release();
    expect(store.objects.size).toBe(0);
  });

  it("is refused at once while another holds it, naming who, where, what and since when", async () => {
    const store = new MemoryStore();
    await DeployLock.take(store, KEY, request("anna"));
    await expect(DeployLock.take(store, KEY, request("bert"))).rejects.toThrow(
      /under way: anna on laptop: deploy v7, since 20.*Nothing was changed/,
    );
  });

  it("is waited for: the second has it when the first gives it back, and said so meanwhile", async () => {
    const store = new MemoryStore();
    const first = await DeployLock.take(store, KEY, request("anna"));
    const second = DeployLock.take(store, KEY, request("bert", { wait: 20_000 }));
    await new Promise((wake) => setTimeout(wake, 20));
    expect(said).toEqual([expect.stringMatching(/^waits for anna on laptop/)]);
    await first.release();
    await (await second).release();
  }, 10_000);

  it("is refused when the wait is over", async () => {
    const store = new MemoryStore();
    await DeployLock.take(store, KEY, request("anna"));
    await expect(DeployLock.take(store, KEY, request("bert", { wait: 50 }))).rejects.toThrow(
      /did not end within/,
    );
  });

  it("stops waiting at Ctrl-C", async () => {
    const store = new MemoryStore();
    await DeployLock.take(store, KEY, request("anna"));
    const stop = new AbortController();
    const second = DeployLock.take(store, KEY, request("bert", { wait: 60_000, signal: stop.signal }));
    setTimeout(() => stop.abort(), 20);
    await expect(second).rejects.toThrow(/Interrupted while waiting.*Nothing was changed/);
  });

  it("of a holder that is dead is told, even to who would wait", async () => {
    const store = new MemoryStore();
    await DeployLock.take(store, KEY, request("anna"));
    store.ahead = DEAD_AFTER + 60_000;
    await expect(DeployLock.take(store, KEY, request("bert", { wait: 60_000 }))).rejects.toThrow(
      /seems to be dead[^]*silent for 11 min[^]*--break-lock/,
    );
  });

  it("is broken only when its holder is dead", async () => {
    const store = new MemoryStore();
    await DeployLock.take(store, KEY, request("anna"));
    await expect(DeployLock.take(store, KEY, request("bert", { breakDead: true }))).rejects.toThrow(
      /under way/,
    );
    expect(said).toContainEqual(expect.stringMatching(/not broken: its holder lives/));
    store.ahead = DEAD_AFTER + 1;
    await (await DeployLock.take(store, KEY, request("bert", { breakDead: true }))).release();
    expect(said).toContainEqual(expect.stringMatching(/^broke the lock of anna/));
  });

  it("is kept alive by its holder", async () => {
    const store = new MemoryStore();
    const lock = await DeployLock.take(store, KEY, request("anna", { beat: 10 }));
    store.ahead = DEAD_AFTER + 1;
    await new Promise((wake) => setTimeout(wake, 60));
    await expect(DeployLock.take(store, KEY, request("bert"))).rejects.toThrow(/under way/);
    await lock.release();
    expect(store.objects.size).toBe(0);
  });

  it("survives a sign of life that fails, and one whose answer got lost", async () => {
    const store = new MemoryStore();
    const lock = await DeployLock.take(store, KEY, request("anna", { beat: 10 }));
    store.failures.push(new Error("connection reset"));
    const held = await store.read(KEY);
    if (held !== undefined) store.objects.set(KEY, { ...held, etag: "written, not answered" });
    await new Promise((wake) => setTimeout(wake, 60));
    expect(lock.lost.aborted).toBe(false);
    await lock.release();
    expect(store.objects.size).toBe(0);
  });

  it("tells its holder when somebody broke it, and is not taken from the new one", async () => {
    const store = new MemoryStore();
    const lock = await DeployLock.take(store, KEY, request("anna", { beat: 10 }));
    store.objects.delete(KEY);
    const other = await DeployLock.take(store, KEY, request("bert"));
    await new Promise((wake) => setTimeout(wake, 60));
    expect(lock.lost.aborted).toBe(true);
    await lock.release();
    expect(store.objects.has(KEY)).toBe(true);
    await other.release();
  });
});
