import { DmsReplicationInstance } from "@cdktf/provider-aws/lib/dms-replication-instance";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface ReplicationInstanceProps {
  readonly instanceId: string;
  readonly engineVersion: string;
  readonly replicationInstanceClass: string;
  /** GiB. */
  readonly allocatedStorage: number;
  readonly multiAz: boolean;
  /** Zone of the only instance. @default AWS chooses */
  readonly availabilityZone?: string;
  readonly subnetGroupId: string;
  readonly securityGroupIds: string[];
  readonly dataKeyArn: string;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * What runs the tasks: private, encrypted, of the version that is written and no other.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html
 */
export class ReplicationInstance extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ReplicationInstanceProps) {
    super(scope, id);
    this.arn = new DmsReplicationInstance(this, "instance", {
      replicationInstanceId: props.instanceId,
      engineVersion: props.engineVersion,
      autoMinorVersionUpgrade: false,
      // Otherwise a change waits for the maintenance window, and every plan until then has it.
      applyImmediately: true,
      replicationInstanceClass: props.replicationInstanceClass,
      allocatedStorage: props.allocatedStorage,
      multiAz: props.multiAz,
      ...(props.availabilityZone === undefined ? {} : { availabilityZone: props.availabilityZone }),
      publiclyAccessible: false,
      replicationSubnetGroupId: props.subnetGroupId,
      vpcSecurityGroupIds: props.securityGroupIds,
      kmsKeyArn: props.dataKeyArn,
      dependsOn: props.dependsOn,
    }).replicationInstanceArn;
  }
}
