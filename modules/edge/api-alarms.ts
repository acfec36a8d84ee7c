import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface ApiAlarmsProps {
  /** Beginning of every alarm's name. */
  readonly prefix: string;
  readonly apiId: string;
  /** Fully qualified, for whoever reads the alarm. */
  readonly hostName: string;
  /** Per cent of answers that may be 5xx. */
  readonly http5xxPercent: number;
  /** 95th percentile of the time that an answer takes, seconds. */
  readonly latencyP95Seconds: number;
  /** 95th percentile of what of it is spent behind the API, seconds. */
  readonly integrationLatencyP95Seconds: number;
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
}

/** What is told of an API. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export class ApiAlarms extends Construct {
  constructor(scope: Construct, id: string, props: ApiAlarmsProps) {
    super(scope, id);
    const { prefix, apiId, hostName, criticalTopicArn, warningTopicArn } = props;
    const namespace = "AWS/ApiGateway";
    const dimensions = { ApiId: apiId };
    const shared = {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: "notBreaching",
    };
    const sum = (metricName: string) => ({ namespace, metricName, stat: "Sum", period: 60, dimensions });
    new CloudwatchMetricAlarm(this, "http_5xx", {
      ...shared,
      alarmName: `${prefix}-api-http-5xx`,
      alarmDescription: `${hostName} answers with 5xx`,
      threshold: props.http5xxPercent,
      metricQuery: [
        { id: "errors", metric: sum("5xx") },
        { id: "requests", metric: sum("Count") },
        {
          id: "percent",
          expression: "IF(requests > 0, 100 * FILL(errors, 0) / requests, 0)",
          label: "5xx, per cent",
          returnData: true,
        },
      ],
      alarmActions: [criticalTopicArn],
      okActions: [criticalTopicArn],
    });
    const latency = (name: string, metricName: string, seconds: number, description: string) =>
      new CloudwatchMetricAlarm(this, name, {
        ...shared,
        alarmName: `${prefix}-api-${name.replaceAll("_", "-")}`,
        alarmDescription: description,
        threshold: Math.round(seconds * 1000),
        namespace,
        metricName,
        extendedStatistic: "p95",
        period: 60,
        dimensions,
        alarmActions: [warningTopicArn],
        okActions: [warningTopicArn],
      });
    latency("latency", "Latency", props.latencyP95Seconds, `${hostName} answers slowly`);
    latency(
      "integration_latency",
      "IntegrationLatency",
      props.integrationLatencyP95Seconds,
      `What is behind ${hostName} answers slowly`,
    );
  }
}
