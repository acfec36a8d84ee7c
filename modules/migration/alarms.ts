import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

interface Topics {
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
}

export interface TaskAlarmsProps extends Topics {
  /** The task's name, which begins the alarms'. */
  readonly taskId: string;
  /** End of the task's ARN, which CloudWatch knows it by. */
  readonly resourceIdentifier: string;
  readonly instanceId: string;
  /** Seconds by which it may be behind; five times that wakes somebody. @default it reads no changes */
  readonly maxLatencySeconds?: number;
  /** Whether it must be running, so that silence is a fault. */
  readonly running: boolean;
  /** Rows that may differ. @default it compares nothing */
  readonly maxFailedRecords?: number;
}

const MINUTE = 60;
const LOUD = 5;

/**
 * What goes wrong in one task. Latency of the source reads 0 while nothing is written, so that it proves nothing alone.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html#CHAP_Monitoring.Metrics
 */
export class TaskAlarms extends Construct {
  constructor(scope: Construct, id: string, props: TaskAlarmsProps) {
    super(scope, id);
    const { maxLatencySeconds, maxFailedRecords, taskId } = props;
    const metric = (metricName: string) => ({
      namespace: "AWS/DMS",
      metricName,
      dimensions: {
        ReplicationInstanceIdentifier: props.instanceId,
        ReplicationTaskIdentifier: props.resourceIdentifier,
      },
      statistic: "Maximum",
      period: MINUTE,
      comparisonOperator: "GreaterThanThreshold",
    });
    const alarm = (
      name: string,
      says: string,
      topicArn: string,
      config: Partial<CloudwatchMetricAlarmConfig>,
    ) =>
      watch(this, name, `${taskId}-${name.replaceAll("_", "-")}`, `${taskId} ${says}`, topicArn, {
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: 5,
        ...config,
      });
    if (maxLatencySeconds !== undefined) {
      const treatMissingData = props.running ? "breaching" : "notBreaching";
      for (const [end, metricName] of [
        ["source", "CDCLatencySource"],
        ["target", "CDCLatencyTarget"],
      ] as const) {
        alarm(
          `latency_${end}`,
          `is more than ${maxLatencySeconds} s behind its ${end}`,
          props.warningTopicArn,
          {
            ...metric(metricName),
            threshold: maxLatencySeconds,
            treatMissingData,
          },
        );
      }
      alarm(
        "latency_loud",
        `is more than ${LOUD * maxLatencySeconds} s behind its target, or says nothing although it must run`,
        props.criticalTopicArn,
        { ...metric("CDCLatencyTarget"), threshold: LOUD * maxLatencySeconds, treatMissingData },
      );
    }
    if (maxFailedRecords !== undefined) {
      for (const [name, metricName, says] of [
        ["failed", "ValidationFailedOverallCount", `has more than ${maxFailedRecords} rows that differ`],
        ["suspended", "ValidationSuspendedOverallCount", "has rows that it does not compare any more"],
      ] as const) {
        alarm(name, says, props.criticalTopicArn, {
          ...metric(metricName),
          evaluationPeriods: 1,
          threshold: name === "failed" ? maxFailedRecords : 0,
          treatMissingData: "notBreaching",
        });
      }
    }
  }
}

export interface InstanceAlarmsProps extends Topics {
  readonly instanceId: string;
  /** GiB. */
  readonly allocatedStorage: number;
}

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
/** Memory below which, with swap above, tasks slow down and stop. */
const LEAST_MEMORY = 512 * MIB;
const MOST_SWAP = 256 * MIB;

/** What goes wrong in a replication instance before its tasks stop. */
export class InstanceAlarms extends Construct {
  constructor(scope: Construct, id: string, props: InstanceAlarmsProps) {
    super(scope, id);
    const { instanceId, allocatedStorage } = props;
    const dimensions = { ReplicationInstanceIdentifier: instanceId };
    const instance = { namespace: "AWS/DMS", dimensions, period: 300, treatMissingData: "notBreaching" };
    const alarm = (name: string, says: string, topicArn: string, config: CloudwatchMetricAlarmSettings) =>
      watch(this, name, `${instanceId}-${name}`, `${instanceId} ${says}`, topicArn, config);
    alarm("storage", "has less than a fifth of its disk left", props.criticalTopicArn, {
      ...instance,
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      evaluationPeriods: 1,
      comparisonOperator: "LessThanThreshold",
      threshold: Math.round(0.2 * allocatedStorage * GIB),
    });
    alarm("cpu", "has used more than 80 % of its CPU for a quarter of an hour", props.warningTopicArn, {
      ...instance,
      metricName: "CPUUtilization",
      statistic: "Average",
      evaluationPeriods: 3,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 80,
    });
    const query = (queryId: string, metricName: string, stat: string) => ({
      id: queryId,
      metric: { namespace: "AWS/DMS", metricName, dimensions, period: 300, stat },
    });
    alarm("memory", "has little memory left and swaps", props.warningTopicArn, {
      evaluationPeriods: 3,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      metricQuery: [
        {
          id: "short",
          expression: `IF(free < ${LEAST_MEMORY} AND swap > ${MOST_SWAP}, 1, 0)`,
          label: "Little memory and much swap",
          returnData: true,
        },
        query("free", "FreeableMemory", "Minimum"),
        query("swap", "SwapUsage", "Maximum"),
      ],
    });
  }
}

type CloudwatchMetricAlarmSettings = Omit<CloudwatchMetricAlarmConfig, "alarmName">;

function watch(
  scope: Construct,
  id: string,
  alarmName: string,
  alarmDescription: string,
  topicArn: string,
  config: CloudwatchMetricAlarmSettings,
): void {
  new CloudwatchMetricAlarm(scope, id, {
    ...config,
    alarmName,
    alarmDescription,
    alarmActions: [topicArn],
    okActions: [topicArn],
  });
}
