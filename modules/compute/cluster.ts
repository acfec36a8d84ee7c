import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Construct } from "constructs";

export interface ClusterProps {
  readonly clusterName: string;
  readonly containerInsights: "enhanced" | "enabled" | "disabled";
  /** Key of ECS Exec sessions and their log. */
  readonly dataKeyArn: string;
  readonly logsKeyArn: string;
  readonly execLogGroupName: string;
  readonly execLogRetentionInDays: number;
  /** Whether services run on Spot unless they say otherwise. */
  readonly fargateSpot: boolean;
}

/** An ECS cluster on Fargate, every shell session logged. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
export class Cluster extends Construct {
  readonly cluster: EcsCluster;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const execLog = new CloudwatchLogGroup(this, "exec_log", {
      name: props.execLogGroupName,
      retentionInDays: props.execLogRetentionInDays,
      kmsKeyId: props.logsKeyArn,
    });
    this.cluster = new EcsCluster(this, "cluster", {
      name: props.clusterName,
      setting: [{ name: "containerInsights", value: props.containerInsights }],
      configuration: {
        executeCommandConfiguration: {
          kmsKeyId: props.dataKeyArn,
          logging: "OVERRIDE",
          logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: execLog.name },
        },
      },
    });
    new EcsClusterCapacityProviders(this, "capacity", {
      clusterName: this.cluster.name,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategy: [
        { capacityProvider: props.fargateSpot ? "FARGATE_SPOT" : "FARGATE", weight: 1 },
      ],
    });
  }
}
