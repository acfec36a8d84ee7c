import type { AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration } from "@cdktf/provider-aws/lib/appautoscaling-policy";

/** What target tracking holds at a value. */
export type Metric = Pick<
  AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
  "predefinedMetricSpecification" | "customizedMetricSpecification"
>;

export interface BacklogProps {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly queueNames: readonly string[];
  /** Whether Container Insights counts the service's tasks. */
  readonly taskCounts: boolean;
}

export const predefined = (predefinedMetricType: string, resourceLabel?: string): Metric => ({
  predefinedMetricSpecification: { predefinedMetricType, resourceLabel },
});

/**
 * Requests a task behind two target groups that take turns. Each has all tasks of one version, so that the sum is
 * the same whichever has the traffic, and while it moves.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function requestsInTurns(loadBalancer: string, targetGroups: readonly string[]): Metric {
  const ids = targetGroups.map((_group, index) => `requests${index}`);
  return {
    customizedMetricSpecification: {
      metrics: [
        ...targetGroups.map((targetGroup, index) => ({
          id: `requests${index}`,
          metricStat: {
            metric: {
              namespace: "AWS/ApplicationELB",
              metricName: "RequestCountPerTarget",
              dimensions: [
                { name: "LoadBalancer", value: loadBalancer },
                { name: "TargetGroup", value: targetGroup },
              ],
            },
            stat: "Sum",
          },
          returnData: false,
        })),
        {
          id: "per_task",
          expression: ids.map((id) => `FILL(${id}, 0)`).join(" + "),
          label: "Requests a task",
          returnData: true,
        },
      ],
    },
  };
}

/**
 * Messages that wait for each running task. Without Container Insights the tasks are counted by their CPU samples,
 * one a minute and task.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html
 */
export function backlogPerTask({ clusterName, serviceName, queueNames, taskCounts }: BacklogProps): Metric {
  const dimensions = [
    { name: "ClusterName", value: clusterName },
    { name: "ServiceName", value: serviceName },
  ];
  const waiting = queueNames.map((_name, index) => `waiting${index}`).join(" + ");
  return {
    customizedMetricSpecification: {
      metrics: [
        ...queueNames.map((value, index) => ({
          id: `waiting${index}`,
          metricStat: {
            metric: {
              namespace: "AWS/SQS",
              metricName: "ApproximateNumberOfMessagesVisible",
              dimensions: [{ name: "QueueName", value }],
            },
            stat: "Sum",
          },
          returnData: false,
        })),
        {
          id: "tasks",
          metricStat: {
            metric: taskCounts
              ? { namespace: "ECS/ContainerInsights", metricName: "RunningTaskCount", dimensions }
              : { namespace: "AWS/ECS", metricName: "CPUUtilization", dimensions },
            stat: taskCounts ? "Average" : "SampleCount",
          },
          returnData: false,
        },
        {
          id: "per_task",
          expression: `(${waiting}) / IF(FILL(tasks, 1) > 0, FILL(tasks, 1), 1)`,
          label: "Waiting messages a task",
          returnData: true,
        },
      ],
    },
  };
}
