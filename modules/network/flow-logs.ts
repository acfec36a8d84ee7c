import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { trustService } from "../identity/policy";
import { Role } from "../identity/role";

export interface FlowLogsProps {
  readonly vpcId: string;
  readonly logGroupName: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly kmsKeyArn: string;
  readonly retentionInDays: number;
  /** Whether Terraform refuses to destroy the log group. */
  readonly protection: boolean;
}

/** Who spoke to whom in the VPC. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, "group", {
      name: props.logGroupName,
      retentionInDays: props.retentionInDays,
      kmsKeyId: props.kmsKeyArn,
      lifecycle: { preventDestroy: props.protection },
    });
    const { role, permissions } = new Role(this, "writer", {
      roleName: props.roleName,
      path: props.rolePath,
      description: "Lets VPC flow logs write their log group",
      boundaryArn: props.boundaryArn,
      trust: [
        trustService(
          "vpc-flow-logs.amazonaws.com",
          props.accountId,
          `arn:aws:ec2:${props.region}:${props.accountId}:vpc-flow-log/*`,
        ),
      ],
      statements: [
        {
          sid: "WriteLogs",
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [group.arn, `${group.arn}:*`],
        },
      ],
    });
    new FlowLog(this, "flow_log", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      dependsOn: permissions,
    });
  }
}
