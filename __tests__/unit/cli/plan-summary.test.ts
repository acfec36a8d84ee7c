import { changeLines, describeChanges, summarize } from "../../../cli/plan-summary";

const change = (address: string, ...actions: string[]) => ({
  address,
  type: address.split(".")[0],
  mode: "managed",
  change: { actions },
});
const plan = (...changes: ReturnType<typeof change>[]) => JSON.stringify({ resource_changes: changes });

describe("the summary of a plan", () => {
  const summary = summarize(
    plan(
      change("aws_vpc.a", "create"),
      change("aws_eip.b", "update"),
      change("aws_lb.c", "delete"),
      change("aws_kms_key.d", "delete", "create"),
      change("aws_sqs_queue.e", "no-op"),
    ),
  );

  it("shows destroys first", () =>
    expect(summary.changes.map(({ address }) => address)).toEqual([
      "aws_lb.c",
      "aws_kms_key.d",
      "aws_eip.b",
      "aws_vpc.a",
    ]));
  it("counts in words", () =>
    expect(describeChanges(summary)).toBe("1 to delete, 1 to replace, 1 to update, 1 to create"));
  it("counts what was done", () =>
    expect(describeChanges(summary, "past")).toBe("1 deleted, 1 replaced, 1 updated, 1 created"));
  it("says when there is nothing", () =>
    expect(describeChanges(summarize(plan(change("aws_vpc.a", "no-op"))))).toBe("no changes"));
  it("tells outputs from nothing", () =>
    expect(
      describeChanges(summarize(JSON.stringify({ output_changes: { x: { actions: ["create"] } } }))),
    ).toBe("outputs only"));
  it("cuts a long list and says how much is left", () => {
    const long = summarize(
      plan(...Array.from({ length: 50 }, (_, index) => change(`aws_vpc.n${index}`, "create"))),
    );
    expect(changeLines(long)).toHaveLength(41);
    expect(changeLines(long).at(-1)).toMatch(/and 10 more/);
  });
  it("hears what a stack's checks say", () => {
    const json = JSON.stringify({ checks: [{ instances: [{ problems: [{ message: "no value yet" }] }] }] });
    expect(summarize(json).notices).toEqual(["no value yet"]);
  });
});
