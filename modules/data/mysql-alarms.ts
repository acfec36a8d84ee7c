import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface MysqlAlarmsProps {
  readonly clusterName: string;
  readonly namespace: string;
  readonly region: string;
  /** By number. */
  readonly members: readonly { readonly instanceId: string; readonly volumeId: string }[];
  /** Who is woken. */
  readonly criticalTopicArn: string;
  /** Who reads it in the morning. */
  readonly warningTopicArn: string;
}

type Alarm = Omit<
  CloudwatchMetricAlarmConfig,
  "alarmName" | "alarmDescription" | "alarmActions" | "okActions"
>;

/** What goes wrong in a MySQL cluster before services notice, by member; and whether exactly one writes. */
export class MysqlAlarms extends Construct {
  constructor(scope: Construct, id: string, props: MysqlAlarmsProps) {
    super(scope, id);
    props.members.forEach((member, index) => this.watchMember(props, member, index + 1));
    const { clusterName, namespace } = props;
    const writing = props.members.map((_, index) => ({
      id: `m${index + 1}`,
      returnData: false,
      metric: {
        namespace,
        metricName: "Writable",
        dimensions: { Cluster: clusterName, Member: String(index + 1) },
        stat: "Minimum",
        period: 60,
      },
    }));
    this.add(props, "writers", "critical", `${clusterName} has none or several members that take writes`, {
      metricQuery: [
        {
          id: "wrong",
          expression: `ABS(SUM([${writing.map((metric) => `FILL(${metric.id}, 0)`).join(", ")}]) - 1)`,
          label: "Members that write, off one",
          returnData: true,
        },
        ...writing,
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 5,
      treatMissingData: "breaching",
    });
    this.add(props, "backup", "critical", `${clusterName} has had no complete dump for 26 hours`, {
      namespace,
      metricName: "Backups",
      dimensions: { Cluster: clusterName },
      statistic: "Sum",
      period: 3600,
      evaluationPeriods: 26,
      datapointsToAlarm: 26,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
    });
  }

  /** EC2 moves an instance whose hardware fails by itself; where it does not, the alarm does. */
  private watchMember(
    props: MysqlAlarmsProps,
    { instanceId, volumeId }: MysqlAlarmsProps["members"][number],
    number: number,
  ): void {
    const { clusterName, namespace } = props;
    const name = `${clusterName}-${number}`;
    const above = { comparisonOperator: "GreaterThanThreshold", statistic: "Maximum" } as const;
    const ec2 = { ...above, namespace: "AWS/EC2", dimensions: { InstanceId: instanceId } };
    const own = { ...above, namespace, dimensions: { Cluster: clusterName, Member: String(number) } };
    this.add(
      props,
      `cpu_${number}`,
      "warning",
      `${name} has used more than 80 % of its CPU for a quarter of an hour`,
      {
        ...ec2,
        metricName: "CPUUtilization",
        statistic: "Average",
        period: 300,
        evaluationPeriods: 3,
        threshold: 80,
        treatMissingData: "breaching",
      },
    );
    this.add(
      props,
      `system_${number}`,
      "critical",
      `${name} is on hardware that fails; EC2 moves it to other hardware`,
      {
        ...ec2,
        metricName: "StatusCheckFailed_System",
        period: 60,
        evaluationPeriods: 2,
        threshold: 0,
        treatMissingData: "notBreaching",
      },
      [`arn:aws:automate:${props.region}:ec2:recover`],
    );
    this.add(props, `instance_${number}`, "critical", `${name} does not answer EC2's checks`, {
      ...ec2,
      metricName: "StatusCheckFailed_Instance",
      period: 60,
      evaluationPeriods: 5,
      threshold: 0,
      treatMissingData: "breaching",
    });
    this.add(
      props,
      `stalled_${number}`,
      "critical",
      `The volume of ${name} does no input and output, although it is asked to`,
      {
        ...above,
        namespace: "AWS/EBS",
        metricName: "VolumeStalledIOCheck",
        dimensions: { VolumeId: volumeId },
        period: 60,
        evaluationPeriods: 5,
        threshold: 0,
        treatMissingData: "notBreaching",
      },
    );
    this.add(props, `disk_${number}`, "critical", `${name} has used more than 80 % of its volume`, {
      ...own,
      metricName: "DiskUsed",
      period: 300,
      evaluationPeriods: 2,
      threshold: 80,
      treatMissingData: "breaching",
    });
    this.add(
      props,
      `lag_${number}`,
      "critical",
      `${name} is more than a minute behind the primary, or does not follow it`,
      {
        ...own,
        metricName: "ReplicationLag",
        period: 60,
        evaluationPeriods: 5,
        threshold: 60,
        treatMissingData: "breaching",
      },
    );
  }

  private add(
    { clusterName, criticalTopicArn, warningTopicArn }: MysqlAlarmsProps,
    name: string,
    severity: "critical" | "warning",
    alarmDescription: string,
    alarm: Alarm,
    actions: readonly string[] = [],
  ): void {
    const topicArn = severity === "critical" ? criticalTopicArn : warningTopicArn;
    new CloudwatchMetricAlarm(this, name, {
      alarmName: `${clusterName}-${name.replaceAll("_", "-")}`,
      alarmDescription,
      ...alarm,
      alarmActions: [topicArn, ...actions],
      okActions: [topicArn],
    });
  }
}
