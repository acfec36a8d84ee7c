import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";
import type { Statement } from "../identity/policy";
import { FunctionAlarms } from "./function-alarms";
import { FunctionPackage, type FunctionPackageProps } from "./function-package";
import { FunctionRole } from "./function-role";

export interface FunctionProps {
  /** Name in AWS; its role's has `-function` after it. */
  readonly functionName: string;
  readonly description: string;
  readonly code: FunctionPackageProps;
  /** Lambda runtime such as nodejs22.x. */
  readonly runtime: string;
  /** `<file>.<function>`. */
  readonly handler: string;
  /** MiB. */
  readonly memory: number;
  /** Seconds that an execution may take. */
  readonly timeout: number;
  /** Most executions at a time; they are taken from what the account has. */
  readonly reservedConcurrency: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroupName: string;
  readonly logRetentionInDays: number;
  readonly logsKeyArn: string;
  /** Key of its settings, and of the account's stores. */
  readonly dataKeyArn: string;
  /** AWS services through which its code uses that key, such as `s3`. */
  readonly keyUsers: readonly string[];
  /** What its code may do. */
  readonly statements: readonly Statement[];
  /** Queue for the events that it failed on. */
  readonly failuresArn: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  /** Private subnets that it runs in. */
  readonly subnetIds: string[];
  /** Who is woken when it fails. */
  readonly criticalTopicArn: string;
  /** Who reads in the morning that it was held back. */
  readonly warningTopicArn: string;
}

/**
 * A Lambda function on Graviton, in private subnets, with logs, alarms and a queue for what it failed on.
 * https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
 */
export class Function extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id);
    const code = new FunctionPackage(this, "code", props.code);
    const logGroup = new CloudwatchLogGroup(this, "logs", {
      name: props.logGroupName,
      retentionInDays: props.logRetentionInDays,
      kmsKeyId: props.logsKeyArn,
    });
    const { role, permissions } = new FunctionRole(this, "identity", { ...props, logGroupArn: logGroup.arn });
    const group = new SecurityGroup(this, "group", {
      namePrefix: `${props.functionName}-`,
      description: `Function ${props.functionName}`,
      vpcId: props.vpcId,
      tags: { Name: props.functionName },
      lifecycle: { createBeforeDestroy: true },
      // Lambda keeps a function's network interfaces for a while after it is gone.
      timeouts: { delete: "45m" },
    });
    const egress = new VpcSecurityGroupEgressRule(this, "group_https", {
      securityGroupId: group.id,
      description: "HTTPS to AWS",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
    });
    this.lambda = new LambdaFunction(this, "function", {
      functionName: props.functionName,
      description: props.description,
      role: role.arn,
      filename: code.path,
      sourceCodeHash: code.hash,
      runtime: props.runtime,
      handler: props.handler,
      architectures: ["arm64"],
      memorySize: props.memory,
      timeout: props.timeout,
      reservedConcurrentExecutions: props.reservedConcurrency,
      ...(Object.keys(props.environment).length === 0
        ? {}
        : { environment: { variables: { ...props.environment } }, kmsKeyArn: props.dataKeyArn }),
      vpcConfig: { subnetIds: props.subnetIds, securityGroupIds: [group.id] },
      deadLetterConfig: { targetArn: props.failuresArn },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: logGroup.name,
        applicationLogLevel: "INFO",
        systemLogLevel: "INFO",
      },
      tracingConfig: { mode: "Active" },
      dependsOn: [...permissions, egress],
    });
    new FunctionAlarms(this, "alarms", props);
  }
}
