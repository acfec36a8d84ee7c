import { DmsReplicationConfig } from "@cdktf/provider-aws/lib/dms-replication-config";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface ServerlessReplicationProps {
  readonly configId: string;
  /** End of its ARN, at most 31 characters. */
  readonly resourceIdentifier: string;
  readonly replicationType: string;
  readonly sourceEndpointArn: string;
  readonly targetEndpointArn: string;
  /** JSON. */
  readonly tableMappings: string;
  /** JSON. */
  readonly settings: string;
  /** Units of 2 GB. */
  readonly minCapacityUnits: number;
  /** Units of 2 GB. */
  readonly maxCapacityUnits: number;
  readonly multiAz: boolean;
  readonly subnetGroupId: string;
  readonly securityGroupIds: string[];
  readonly dataKeyArn: string;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A replication of DMS Serverless, which nobody has started. AWS changes none that runs: stop it first.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Serverless.html
 */
export class ServerlessReplication extends Construct {
  constructor(scope: Construct, id: string, props: ServerlessReplicationProps) {
    super(scope, id);
    new DmsReplicationConfig(this, "config", {
      replicationConfigIdentifier: props.configId,
      resourceIdentifier: props.resourceIdentifier,
      replicationType: props.replicationType,
      sourceEndpointArn: props.sourceEndpointArn,
      targetEndpointArn: props.targetEndpointArn,
      tableMappings: props.tableMappings,
      replicationSettings: props.settings,
      computeConfig: {
        replicationSubnetGroupId: props.subnetGroupId,
        minCapacityUnits: props.minCapacityUnits,
        maxCapacityUnits: props.maxCapacityUnits,
        multiAz: props.multiAz,
        vpcSecurityGroupIds: props.securityGroupIds,
        kmsKeyId: props.dataKeyArn,
      },
      startReplication: false,
      dependsOn: props.dependsOn,
      lifecycle: { ignoreChanges: ["start_replication"] },
    });
  }
}
