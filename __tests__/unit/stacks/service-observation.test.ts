import { loadCompany, removeFolders } from "../../support/company";
import { object, synthesizedAlone, type JsonObject } from "../../support/synthesized";

afterAll(removeFolders);

const service = (id = "live-service-orders", change = {}) => synthesizedAlone(loadCompany(change), id);

interface Shown {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title?: string; readonly metrics?: readonly unknown[] };
}
/** References stand in the JSON's strings, as Terraform leaves them until an apply. */
const widgets = (dashboard: JsonObject) =>
  (JSON.parse(String(dashboard["dashboard_body"])) as { widgets: Shown[] }).widgets;
const titles = (dashboard: JsonObject) =>
  widgets(dashboard).flatMap(({ properties }) => properties.title ?? []);

describe("errors in the log", () => {
  const filters = () => service().resources("aws_cloudwatch_log_metric_filter");

  it("are counted in text and in JSON, by one metric", () => {
    expect(filters().map(({ values }) => values["pattern"])).toEqual([
      expect.stringContaining('$.level = "error"'),
      "?ERROR ?FATAL",
    ]);
    for (const { values } of filters()) {
      expect(values["log_group_name"]).toBe("${aws_cloudwatch_log_group.logs.name}");
      expect(values["metric_transformation"]).toMatchObject({
        namespace: "Slipway/live",
        name: "orders-errors",
        value: "1",
        default_value: "0",
      });
    }
  });

  it("are told of as a warning, beyond as many as the service says", () => {
    const alarm = (change = {}) =>
      service("live-service-orders", change).at("aws_cloudwatch_metric_alarm.log_errors_alarm");

    expect(alarm()).toMatchObject({ metric_name: "orders-errors", threshold: 10, statistic: "Sum" });
    expect(JSON.stringify(alarm()["alarm_actions"])).toContain("warningTopicArn");
    expect(alarm({ services: { orders: { alarms: { logErrors: 0 } } } })["threshold"]).toBe(0);
  });
});

describe("a service's dashboard", () => {
  const dashboard = (id?: string, change = {}) => service(id, change).only("aws_cloudwatch_dashboard");

  it("shows each door, the tasks and the errors", () => {
    expect(titles(dashboard())).toEqual([
      "public: requests a minute",
      "public: response time, seconds",
      "public: answers with 5xx and 4xx",
      "internal: requests a minute",
      "internal: response time, seconds",
      "internal: answers with 5xx and 4xx",
      "CPU and memory, per cent",
      "Tasks",
      "Errors in the log",
    ]);
    expect(JSON.stringify(widgets(dashboard()))).toContain(
      "${aws_lb_target_group.door_public_target_group.arn_suffix}",
    );
  });

  it("lays its widgets out so that none covers another", () => {
    const placed = widgets(dashboard());
    for (const [index, one] of placed.entries()) {
      expect(one.x + one.width).toBeLessThanOrEqual(24);
      for (const other of placed.slice(index + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart).toBe(true);
      }
    }
  });

  it("is there where the account affords it", () => {
    expect(service("development-service-orders").resources("aws_cloudwatch_dashboard")).toEqual([]);
    const change = { accounts: { development: { capabilities: { serviceDashboards: true } } } };
    expect(dashboard("development-service-orders", change)["dashboard_name"]).toBe("development-orders");
  });

  it("counts no tasks where nothing counts them", () => {
    const change = { accounts: { live: { capabilities: { containerInsights: "disabled" } } } };
    expect(titles(dashboard(undefined, change))).not.toContain("Tasks");
  });

  it("shows what waits in the queues that it reads", () => {
    const change = {
      accounts: {
        live: { queue: { queues: { mails: { external: "fills" } } } },
        development: { queue: { queues: { mails: { external: "fills" } } } },
      },
      services: { mailer: { consumes: ["mails"] } },
    };
    expect(titles(dashboard("live-service-mailer", change))).toContain("live-mails: waiting messages");
  });
});

it("the log is known to the console by its encoded name", () => {
  const [text] = widgets(service().only("aws_cloudwatch_dashboard"));
  expect(String(object(text?.properties as unknown as JsonObject)["markdown"])).toContain(
    "log-group/$252Fslipway$252Flive$252Fservice$252Forders",
  );
});
