/**
 * Widgets of CloudWatch dashboards, as objects.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */

/** A metric of a chart: namespace, name, dimensions by turns, or an expression. */
export type Metric = readonly (string | Readonly<Record<string, string | number | boolean>>)[];

export interface Widget {
  readonly type: "metric" | "text" | "alarm" | "log";
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Columns that a dashboard has. */
const COLUMNS = 24;

/** Markdown over the whole width. */
export const text = (markdown: string, height = 2): Widget => ({
  type: "text",
  width: COLUMNS,
  height,
  properties: { markdown, background: "transparent" },
});

export interface ChartOptions {
  readonly region: string;
  /** @default Average */
  readonly stat?: string;
  /** Seconds a point stands for. @default 60 */
  readonly period?: number;
  /** What the left axis begins and ends with. @default as the values are */
  readonly range?: { readonly min?: number; readonly max?: number };
  /** @default 8, a third */
  readonly width?: number;
}

/** Lines over time. */
export const chart = (title: string, metrics: readonly Metric[], options: ChartOptions): Widget => ({
  type: "metric",
  width: options.width ?? 8,
  height: 6,
  properties: {
    title,
    region: options.region,
    view: "timeSeries",
    stacked: false,
    stat: options.stat ?? "Average",
    period: options.period ?? 60,
    metrics,
    ...(options.range === undefined ? {} : { yAxis: { left: options.range } }),
  },
});

/** A line for each metric that a search finds, so that a dashboard shows what came after it was made. */
export const found = (
  schema: string,
  terms: string,
  stat: string,
  label: string,
  period = 60,
): readonly Metric[] => [[{ expression: `SEARCH('{${schema}} ${terms}', '${stat}', ${period})`, label }]];

/** The state of alarms. */
export const alarmStates = (title: string, alarms: readonly string[]): Widget => ({
  type: "alarm",
  width: COLUMNS,
  height: 2,
  properties: { title, alarms },
});

/**
 * A dashboard of widgets, from left to right and from top to bottom, each row as high as its highest. References are
 * left to Terraform, in the midst of the JSON: jsonencode would need the quotes of searches escaped, which cdktf 0.21
 * does not do.
 */
export function dashboardBody(widgets: readonly Widget[]): string {
  let [x, y, height] = [0, 0, 0];
  const placed = widgets.map((widget) => {
    if (x + widget.width > COLUMNS) [x, y, height] = [0, y + height, 0];
    const at = { ...widget, x, y };
    x += widget.width;
    height = Math.max(height, widget.height);
    return at;
  });
  return JSON.stringify({ widgets: placed });
}
