import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface ServiceAlarmsProps {
  /** Beginning of every alarm's name. */
  readonly prefix: string;
  readonly clusterName: string;
  readonly serviceName: string;
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
  /** Per cent of answers that may be 5xx. */
  readonly http5xxPercent: number;
  /** 95th percentile of response time, seconds. */
  readonly latencyP95Seconds: number;
  readonly doors: Readonly<Record<string, { readonly loadBalancer: string; readonly targetGroup: string }>>;
  /** Whether Container Insights counts tasks. */
  readonly taskCounts: boolean;
}

type Definition = Omit<CloudwatchMetricAlarmConfig, "alarmName" | "alarmActions" | "okActions">;

/** What a service's owner is told of. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
export class ServiceAlarms extends Construct {
  /** Alarms that show a bad release; a deployment may roll back on them. */
  readonly releaseAlarms: CloudwatchMetricAlarm[] = [];
  readonly releaseAlarmNames: string[] = [];

  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    const alarm = (name: string, topicArn: string, definition: Definition) => {
      const alarmName = `${props.prefix}-${name.replaceAll("_", "-")}`;
      const created = new CloudwatchMetricAlarm(this, name, {
        ...definition,
        alarmName,
        alarmActions: [topicArn],
        okActions: [topicArn],
      });
      return { created, alarmName };
    };
    for (const [door, { loadBalancer, targetGroup }] of Object.entries(props.doors)) {
      const dimensions = { LoadBalancer: loadBalancer, TargetGroup: targetGroup };
      const metric = (metricName: string, stat: string) => ({
        namespace: "AWS/ApplicationELB",
        metricName,
        stat,
        period: 60,
        dimensions,
      });
      const releaseAlarms = [
        alarm(`${door}_http_5xx`, props.criticalTopicArn, {
          alarmDescription: `${props.serviceName} answers with 5xx behind ${door}`,
          comparisonOperator: "GreaterThanThreshold",
          threshold: props.http5xxPercent,
          evaluationPeriods: 5,
          datapointsToAlarm: 3,
          treatMissingData: "notBreaching",
          metricQuery: [
            { id: "errors", metric: metric("HTTPCode_Target_5XX_Count", "Sum") },
            { id: "requests", metric: metric("RequestCount", "Sum") },
            {
              id: "percent",
              expression: "IF(requests > 0, 100 * FILL(errors, 0) / requests, 0)",
              label: "5xx, per cent",
              returnData: true,
            },
          ],
        }),
        alarm(`${door}_latency`, props.warningTopicArn, {
          alarmDescription: `${props.serviceName} answers slowly behind ${door}`,
          comparisonOperator: "GreaterThanThreshold",
          threshold: props.latencyP95Seconds,
          evaluationPeriods: 5,
          datapointsToAlarm: 3,
          treatMissingData: "notBreaching",
          namespace: "AWS/ApplicationELB",
          metricName: "TargetResponseTime",
          extendedStatistic: "p95",
          period: 60,
          dimensions,
        }),
      ];
      this.releaseAlarms.push(...releaseAlarms.map(({ created }) => created));
      this.releaseAlarmNames.push(...releaseAlarms.map(({ alarmName }) => alarmName));
      alarm(`${door}_unhealthy`, props.warningTopicArn, {
        alarmDescription: `${props.serviceName} has unhealthy targets behind ${door}`,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        evaluationPeriods: 5,
        treatMissingData: "notBreaching",
        namespace: "AWS/ApplicationELB",
        metricName: "UnHealthyHostCount",
        statistic: "Maximum",
        period: 60,
        dimensions,
      });
    }
    if (!props.taskCounts) return;
    const count = (metricName: string) => ({
      namespace: "ECS/ContainerInsights",
      metricName,
      stat: "Average",
      period: 60,
      dimensions: { ClusterName: props.clusterName, ServiceName: props.serviceName },
    });
    alarm("missing_tasks", props.criticalTopicArn, {
      alarmDescription: `${props.serviceName} runs fewer tasks than desired`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 10,
      treatMissingData: "notBreaching",
      metricQuery: [
        { id: "desired", metric: count("DesiredTaskCount") },
        { id: "running", metric: count("RunningTaskCount") },
        { id: "missing", expression: "desired - running", label: "Missing tasks", returnData: true },
      ],
    });
  }
}
