import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface SearchAlarmsProps {
  readonly domainName: string;
  readonly accountId: string;
  /** All of its nodes, masters too. */
  readonly nodes: number;
  /** Whether it has dedicated masters. */
  readonly masters: boolean;
  /** GiB of each data node. */
  readonly volumeSize: number;
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
}

interface Watched {
  readonly severity: "critical" | "warning";
  readonly says: string;
  readonly metricName: string;
  readonly statistic: "Average" | "Maximum" | "Minimum";
  readonly comparison: "GreaterThanOrEqualToThreshold" | "LessThanThreshold" | "LessThanOrEqualToThreshold";
  readonly threshold: number;
  readonly period: number;
  readonly times: number;
}

const atLeast = { comparison: "GreaterThanOrEqualToThreshold", statistic: "Maximum" } as const;

/**
 * The alarms that AWS recommends.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cloudwatch-alarms.html
 */
export class SearchAlarms extends Construct {
  constructor(scope: Construct, id: string, props: SearchAlarmsProps) {
    super(scope, id);
    for (const [name, watched] of Object.entries(watch(props))) {
      const topicArn = watched.severity === "critical" ? props.criticalTopicArn : props.warningTopicArn;
      new CloudwatchMetricAlarm(this, name, {
        alarmName: `${props.domainName}-${name.replaceAll("_", "-")}`,
        alarmDescription: `${props.domainName} ${watched.says}`,
        namespace: "AWS/ES",
        metricName: watched.metricName,
        dimensions: { ClientId: props.accountId, DomainName: props.domainName },
        statistic: watched.statistic,
        period: watched.period,
        evaluationPeriods: watched.times,
        comparisonOperator: watched.comparison,
        threshold: watched.threshold,
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
      });
    }
  }
}

function watch({ nodes, masters, volumeSize }: SearchAlarmsProps): Readonly<Record<string, Watched>> {
  const once = { ...atLeast, threshold: 1, period: 60, times: 1 } as const;
  return {
    red: {
      ...once,
      severity: "critical",
      says: "is red: a primary shard is on no node, so that data is missing",
      metricName: "ClusterStatus.red",
    },
    yellow: {
      ...once,
      times: 5,
      severity: "warning",
      says: "is yellow: a replica is on no node",
      metricName: "ClusterStatus.yellow",
    },
    writes_blocked: {
      ...once,
      period: 300,
      severity: "critical",
      says: "takes no writes, for want of storage or memory",
      metricName: "ClusterIndexWritesBlocked",
    },
    storage: {
      severity: "critical",
      says: "has a node with less than a quarter of its storage left",
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      comparison: "LessThanOrEqualToThreshold",
      threshold: 256 * volumeSize,
      period: 60,
      times: 1,
    },
    nodes: {
      severity: "warning",
      says: `has had fewer than its ${nodes} nodes for an hour`,
      metricName: "Nodes",
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      threshold: nodes,
      period: 3600,
      times: 1,
    },
    snapshot: {
      ...once,
      severity: "warning",
      says: "could not take its automated snapshot",
      metricName: "AutomatedSnapshotFailure",
    },
    cpu: {
      ...atLeast,
      severity: "warning",
      says: "has used 80 % of a node's CPU for three quarters of an hour",
      metricName: "CPUUtilization",
      statistic: "Average",
      threshold: 80,
      period: 900,
      times: 3,
    },
    jvm_memory: {
      ...atLeast,
      severity: "critical",
      says: "has a node whose Java heap is 95 % full",
      metricName: "JVMMemoryPressure",
      threshold: 95,
      period: 60,
      times: 3,
    },
    old_generation: {
      ...atLeast,
      severity: "warning",
      says: "has a node whose old generation is 80 % full",
      metricName: "OldGenJVMMemoryPressure",
      threshold: 80,
      period: 60,
      times: 3,
    },
    key_error: {
      ...once,
      severity: "critical",
      says: "cannot use its key: it is disabled",
      metricName: "KMSKeyError",
    },
    key_inaccessible: {
      ...once,
      severity: "critical",
      says: "cannot reach its key: it is deleted, or its grant is revoked",
      metricName: "KMSKeyInaccessible",
    },
    ...(masters
      ? {
          master_cpu: {
            ...atLeast,
            severity: "warning" as const,
            says: "has masters that use half of their CPU",
            metricName: "MasterCPUUtilization",
            threshold: 50,
            period: 900,
            times: 3,
          },
          master_memory: {
            ...atLeast,
            severity: "critical" as const,
            says: "has a master whose Java heap is 95 % full",
            metricName: "MasterJVMMemoryPressure",
            threshold: 95,
            period: 60,
            times: 3,
          },
        }
      : {}),
  };
}
