import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { EcsCapacityProvider } from "@cdktf/provider-aws/lib/ecs-capacity-provider";
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
  /** What runs what names no provider: FARGATE, FARGATE_SPOT, or the name of a provider of instances. */
  readonly defaultCapacityProvider: string;
  /** Makes the providers of instances, which belong to the cluster. @default none */
  readonly instances?: (cluster: EcsCluster) => readonly EcsCapacityProvider[];
}

/** An ECS cluster on Fargate, and on instances where it has them; every shell session is logged. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
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
    const instances = props.instances?.(this.cluster) ?? [];
    new EcsClusterCapacityProviders(this, "capacity", {
      clusterName: this.cluster.name,
      capacityProviders: ["FARGATE", "FARGATE_SPOT", ...instances.map(({ name }) => name)],
      defaultCapacityProviderStrategy: [{ capacityProvider: props.defaultCapacityProvider, weight: 1 }],
    });
  }
}
