import {
  GetMetricDataCommand,
  paginateListMetrics,
  type CloudWatchClient,
  type Dimension,
} from "@aws-sdk/client-cloudwatch";
import type { LatencyObservation } from "./observation";
import type { DescribedTask } from "./replicator";

const NAMESPACE = "AWS/DMS";
const MINUTE = 60_000;
/** CloudWatch has a minute's value some minutes later. */
const DELAY_MINUTES = 3;

/** What CloudWatch measured of a task. */
export interface TaskMetrics {
  readonly latency?: LatencyObservation;
  readonly incomingChanges?: number;
}

/**
 * The worst latency within the last minutes, and the changes that wait.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html#CHAP_Monitoring.Metrics
 */
export async function metricsOf(
  client: CloudWatchClient,
  task: DescribedTask,
  minutes: number,
  now: Date,
): Promise<TaskMetrics> {
  const dimensions = await dimensionsOf(client, task);
  if (dimensions.length === 0) return {};
  const query = (id: string, metric: string) => ({
    Id: id,
    MetricStat: {
      Metric: { Namespace: NAMESPACE, MetricName: metric, Dimensions: dimensions },
      Period: 60,
      Stat: "Maximum",
    },
  });
  const { MetricDataResults: results = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - (minutes + DELAY_MINUTES) * MINUTE),
      EndTime: now,
      ScanBy: "TimestampDescending",
      MetricDataQueries: [
        query("source", "CDCLatencySource"),
        query("target", "CDCLatencyTarget"),
        query("incoming", "CDCIncomingChanges"),
      ],
    }),
  );
  const valuesOf = (id: string) => (results.find((each) => each.Id === id)?.Values ?? []).slice(0, minutes);
  const [source, target] = [valuesOf("source"), valuesOf("target")];
  const [incomingChanges] = valuesOf("incoming");
  const measured = Math.min(source.length, target.length);
  return {
    ...(measured === 0
      ? {}
      : { latency: { minutes, measured, source: Math.max(...source), target: Math.max(...target) } }),
    ...(incomingChanges === undefined ? {} : { incomingChanges }),
  };
}

/** Those that are known, or that CloudWatch has under the task's name or the end of its ARN. */
async function dimensionsOf(client: CloudWatchClient, task: DescribedTask): Promise<Dimension[]> {
  if (task.dimensions !== undefined)
    return Object.entries(task.dimensions).map(([name, value]) => ({ Name: name, Value: value }));
  const own = new Set([task.id, task.arn.split(":").at(-1)]);
  const pages = paginateListMetrics({ client }, { Namespace: NAMESPACE, MetricName: "CDCLatencySource" });
  for await (const { Metrics: page = [] } of pages)
    for (const { Dimensions: dimensions = [] } of page)
      if (dimensions.some(({ Value: value }) => value !== undefined && own.has(value))) return dimensions;
  return [];
}
