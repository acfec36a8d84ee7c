import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Construct } from "constructs";
import { addSnapshots } from "./volume-snapshots";

export interface ZonalVolumesProps {
  /** Name of the volumes; their tag `slipway-volume`, by which instances find them. */
  readonly volumeName: string;
  /** Beginning of the names of what belongs to them. */
  readonly prefix: string;
  /** Zone letters, each with a volume. */
  readonly zones: readonly string[];
  readonly accountId: string;
  readonly region: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  /** GiB. */
  readonly size: number;
  readonly iops: number;
  /** MiB/s. */
  readonly throughput: number;
  readonly kmsKeyArn: string;
  /** Daily snapshots that are kept. */
  readonly snapshots: number;
  readonly criticalTopicArn: string;
  /** Whether Terraform refuses to destroy them. */
  readonly protection: boolean;
  /** Whether it takes a last snapshot when it may. */
  readonly finalSnapshot: boolean;
}

/**
 * An EBS volume in each zone, which outlives the instances that mount it, with a snapshot each night.
 * https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html
 */
export class ZonalVolumes extends Construct {
  /** In the order of the zones. */
  readonly volumes: readonly EbsVolume[];

  constructor(scope: Construct, id: string, props: ZonalVolumesProps) {
    super(scope, id);
    const { region } = props;
    this.volumes = props.zones.map(
      (zone) =>
        new EbsVolume(this, `volume_${zone}`, {
          availabilityZone: `${region}${zone}`,
          type: "gp3",
          size: props.size,
          iops: props.iops,
          throughput: props.throughput,
          encrypted: true,
          kmsKeyId: props.kmsKeyArn,
          finalSnapshot: props.finalSnapshot,
          tags: { Name: `${props.prefix}-${zone}`, "slipway-volume": props.volumeName },
          lifecycle: { preventDestroy: props.protection },
        }),
    );
    addSnapshots(this, {
      prefix: props.prefix,
      tag: { key: "slipway-volume", value: props.volumeName },
      volumes: this.volumes,
      snapshots: props.snapshots,
      accountId: props.accountId,
      region,
      rolePath: props.rolePath,
      boundaryArn: props.boundaryArn,
    });
    props.zones.forEach((zone, index) => {
      new CloudwatchMetricAlarm(this, `stalled_${zone}`, {
        alarmName: `${props.prefix}-${zone}-stalled`,
        alarmDescription: `The volume ${props.prefix}-${zone} does no input and output, although it is asked to`,
        namespace: "AWS/EBS",
        metricName: "VolumeStalledIOCheck",
        dimensions: { VolumeId: this.volumes[index]?.id ?? "" },
        statistic: "Maximum",
        period: 60,
        evaluationPeriods: 5,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        // It is told of attached volumes only.
        treatMissingData: "notBreaching",
        alarmActions: [props.criticalTopicArn],
        okActions: [props.criticalTopicArn],
      });
    });
  }
}
