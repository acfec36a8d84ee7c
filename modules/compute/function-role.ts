import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { arnEquals, stringEquals, forService, type Statement } from "../identity/policy";
import { Role } from "../identity/role";

export interface FunctionRoleProps {
  readonly functionName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly logGroupArn: string;
  readonly failuresArn: string;
  readonly dataKeyArn: string;
  readonly keyUsers: readonly string[];
  readonly statements: readonly Statement[];
}

/** What Lambda itself does with the role to put a function into a VPC. */
const NETWORK_INTERFACE_ACTIONS = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

/**
 * What a function may do. Its network interfaces are made with the same role, on resources that Lambda wants to be
 * `*`: AWS's own policy allows them, and the code is denied them again.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export class FunctionRole extends Construct {
  readonly role: IamRole;
  /** What must be in place before the function, and stay until it is gone. */
  readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: FunctionRoleProps) {
    super(scope, id);
    const { accountId, region } = props;
    const functionArn = `arn:aws:lambda:${region}:${accountId}:function:${props.functionName}`;
    const users = [...new Set([...props.keyUsers, "sqs"])].sort();
    const { role, permissions } = new Role(this, "role", {
      roleName: `${props.functionName}-function`,
      path: props.rolePath,
      description: `What function ${props.functionName} may do in AWS`,
      boundaryArn: props.boundaryArn,
      // Lambda names no source when it takes a role on; who may pass it one is bounded.
      trust: [
        { sid: "TrustLambda", actions: ["sts:AssumeRole"], principals: forService("lambda.amazonaws.com") },
      ],
      managedPolicies: {
        network_interfaces: "arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess",
      },
      statements: [
        {
          sid: "WriteLogs",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${props.logGroupArn}:*`],
        },
        {
          sid: "Trace",
          actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
          resources: ["*"],
        },
        { sid: "LookUpSubnets", actions: ["ec2:DescribeSubnets"], resources: ["*"] },
        {
          sid: "NoNetworkInterfacesForTheCode",
          effect: "Deny",
          actions: NETWORK_INTERFACE_ACTIONS,
          resources: ["*"],
          condition: [arnEquals("lambda:SourceFunctionArn", functionArn)],
        },
        { sid: "KeepFailures", actions: ["sqs:SendMessage"], resources: [props.failuresArn] },
        {
          sid: "ReadSettings",
          actions: ["kms:Decrypt"],
          resources: [props.dataKeyArn],
          condition: [stringEquals("kms:EncryptionContext:aws:lambda:FunctionArn", functionArn)],
        },
        {
          sid: "UseDataKey",
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: [props.dataKeyArn],
          condition: [
            stringEquals("kms:ViaService", ...users.map((service) => `${service}.${region}.amazonaws.com`)),
          ],
        },
        ...props.statements,
      ],
    });
    this.role = role;
    this.permissions = permissions;
  }
}
