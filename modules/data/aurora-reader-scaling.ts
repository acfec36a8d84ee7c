import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface AuroraReaderScalingProps {
  readonly clusterIdentifier: string;
  /** Readers that are always there. */
  readonly minReaders: number;
  readonly maxReaders: number;
  /** Per cent of CPU that readers are kept at. */
  readonly targetCpu: number;
  /** The instances that are always there. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * Readers that come and go with the load. They are Application Auto Scaling's own and in no state.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 */
export class AuroraReaderScaling extends Construct {
  constructor(scope: Construct, id: string, props: AuroraReaderScalingProps) {
    super(scope, id);
    const target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "rds",
      scalableDimension: "rds:cluster:ReadReplicaCount",
      resourceId: `cluster:${props.clusterIdentifier}`,
      minCapacity: props.minReaders,
      maxCapacity: props.maxReaders,
      dependsOn: props.dependsOn,
    });
    new AppautoscalingPolicy(this, "cpu", {
      name: `${props.clusterIdentifier}-readers`,
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "RDSReaderAverageCPUUtilization" },
        targetValue: props.targetCpu,
        scaleInCooldown: 300,
        // A reader takes minutes until it helps.
        scaleOutCooldown: 300,
      },
    });
  }
}
