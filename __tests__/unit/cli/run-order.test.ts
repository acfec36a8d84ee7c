import { CliError } from "../../../cli/errors";
import { runInOrder } from "../../../cli/run-order";
import type { StackNode } from "../../../stacks/graph";
import { synthesizedPlatform } from "../../support/cli";

const { stacks } = synthesizedPlatform();

const needs = ({ dependsOn }: StackNode) => dependsOn;

describe("turns", () => {
  let printed = "";
  beforeEach(() => {
    printed = "";
    jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  });
  afterEach(() => jest.restoreAllMocks());

  /** Runs all, each as long as it takes two others to say something, and tells what ran beside what. */
  async function play(parallelism: number, fails = "") {
    const began: string[] = [];
    const ended: string[] = [];
    let running = 0;
    let most = 0;
    const ok = await runInOrder(
      stacks,
      needs,
      async ({ id, dependsOn }) => {
        expect(dependsOn.filter((other) => !ended.includes(other))).toEqual([]);
        began.push(id);
        most = Math.max(most, ++running);
        await new Promise((done) => setTimeout(done, 2));
        running--;
        if (id === fails) throw new CliError("It does not work.", "Mend it.");
        ended.push(id);
        return { kind: "done", text: "made" };
      },
      parallelism,
    );
    return { ok, began, most };
  }

  it("are one at a time unless more are allowed", async () => {
    const { ok, began, most } = await play(1);
    expect(ok).toBe(true);
    expect(most).toBe(1);
    expect(began).toHaveLength(stacks.length);
  });

  it("are as many at a time as allowed, each after all that it needs", async () => {
    const { ok, began, most } = await play(3);
    expect(ok).toBe(true);
    expect(most).toBe(3);
    expect(began).toHaveLength(stacks.length);
  });

  it("are not given to what needs one that failed, however far; the rest has its turn", async () => {
    const { ok, began } = await play(4, "live-network");
    expect(ok).toBe(false);
    expect(began).toContain("management-roles");
    expect(began).not.toContain("live-hosting");
    expect(printed).toMatch(/live-network failed\n\s+It does not work/);
    expect(printed).toMatch(/live-hosting: not tried, because of live-network/);
    expect(printed).toMatch(/live-service-orders: not tried, because of live-network/);
    expect(printed).toMatch(/1 failed: live-network, \d+ not tried/);
  });
});
