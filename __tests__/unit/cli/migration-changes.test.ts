import { summarize } from "../../../cli/plan-summary";

const task = (change: Readonly<Record<string, unknown>> = {}) => ({
  replication_task_id: "live-shop-forward",
  status: "running",
  replication_task_settings: '{"Logging":{"EnableLogging":true}}',
  table_mappings: '{"rules":[]}',
  tags_all: { Owner: "shop@acme.example" },
  ...change,
});

const faults = (before: unknown, after: unknown, actions: readonly string[] = ["update"]) =>
  summarize(
    JSON.stringify({
      resource_changes: [
        {
          address: "aws_dms_replication_task.forward_task",
          type: "aws_dms_replication_task",
          mode: "managed",
          change: { actions, before, after },
        },
      ],
    }),
  ).faults;

describe("a plan of a task that runs", () => {
  it.each(["replication_task_settings", "table_mappings"])("is refused when it changes %s", (attribute) => {
    expect(faults(task(), task({ [attribute]: '{"other":1}' }))).toEqual([
      expect.stringMatching(
        new RegExp(`live-shop-forward runs.*stopped to change ${attribute}.*slipway migrate stop`),
      ),
    ]);
  });

  it("is refused when it removes or replaces the task", () => {
    expect(faults(task(), null, ["delete"])).toEqual([
      expect.stringMatching(/runs, and would be stopped and removed/),
    ]);
    expect(faults(task(), task(), ["delete", "create"])).toHaveLength(1);
  });

  it("is applied when only tags change", () => {
    expect(faults(task(), task({ tags_all: { Owner: "else@acme.example" } }))).toEqual([]);
  });
});

it.each(["stopped", "ready", "failed"])("a plan of a task that is %s is applied", (status) => {
  expect(faults(task({ status }), task({ status, table_mappings: '{"other":1}' }))).toEqual([]);
});

it("a plan of a new task is applied", () => {
  expect(faults(null, task(), ["create"])).toEqual([]);
});
