import { DmsReplicationTask } from "@cdktf/provider-aws/lib/dms-replication-task";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface ReplicationTaskProps {
  readonly taskId: string;
  /** End of its ARN, at most 31 characters, which CloudWatch knows it by. */
  readonly resourceIdentifier: string;
  readonly migrationType: string;
  readonly replicationInstanceArn: string;
  readonly sourceEndpointArn: string;
  readonly targetEndpointArn: string;
  /** JSON. */
  readonly tableMappings: string;
  /** JSON. */
  readonly settings: string;
  /** Where it begins to read changes. @default with the load, or as whoever starts it says */
  readonly cdcStart?: { readonly position: string } | { readonly unixTime: string };
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A task that nobody has started: that is for `slipway migrate start`. DMS moves its start on while it runs, and a
 * change of it would stop the task, so that both are written once.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.html
 */
export class ReplicationTask extends Construct {
  constructor(scope: Construct, id: string, props: ReplicationTaskProps) {
    super(scope, id);
    const { cdcStart } = props;
    new DmsReplicationTask(this, "task", {
      replicationTaskId: props.taskId,
      resourceIdentifier: props.resourceIdentifier,
      migrationType: props.migrationType,
      replicationInstanceArn: props.replicationInstanceArn,
      sourceEndpointArn: props.sourceEndpointArn,
      targetEndpointArn: props.targetEndpointArn,
      tableMappings: props.tableMappings,
      replicationTaskSettings: props.settings,
      ...(cdcStart === undefined
        ? {}
        : "position" in cdcStart
          ? { cdcStartPosition: cdcStart.position }
          : { cdcStartTime: cdcStart.unixTime }),
      startReplicationTask: false,
      dependsOn: props.dependsOn,
      lifecycle: { ignoreChanges: ["start_replication_task", "cdc_start_position", "cdc_start_time"] },
    });
  }
}
