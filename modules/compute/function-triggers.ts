import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { stringEquals, trustService } from "../identity/policy";
import { Role } from "../identity/role";

/** An event that is not taken for six hours goes to the failures' queue, as Lambda itself has it. */
const RETRIES = { maximumEventAgeInSeconds: 21_600, maximumRetryAttempts: 185 };

export interface ObjectTriggerProps {
  readonly lambda: LambdaFunction;
  readonly functionName: string;
  readonly bucketName: string;
  /** Queue for events that could not be delivered. */
  readonly failuresArn: string;
}

/**
 * Runs a function for each new object of a bucket that tells EventBridge of them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export class ObjectTrigger extends Construct {
  constructor(scope: Construct, id: string, props: ObjectTriggerProps) {
    super(scope, id);
    const rule = new CloudwatchEventRule(this, "rule", {
      name: props.functionName,
      description: `New objects, for function ${props.functionName}`,
      eventPattern: Fn.jsonencode({
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [props.bucketName] } },
      }),
    });
    const permission = new LambdaPermission(this, "permission", {
      statementId: "NewObjects",
      action: "lambda:InvokeFunction",
      functionName: props.lambda.functionName,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      targetId: "function",
      arn: props.lambda.arn,
      retryPolicy: RETRIES,
      deadLetterConfig: { arn: props.failuresArn },
      dependsOn: [permission],
    });
  }
}

export interface ScheduleTriggerProps {
  readonly lambda: LambdaFunction;
  readonly functionName: string;
  /** rate(...) or cron(...), in UTC. */
  readonly expression: string;
  readonly failuresArn: string;
  readonly dataKeyArn: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
}

/** Runs a function at its times. https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets.html */
export class ScheduleTrigger extends Construct {
  constructor(scope: Construct, id: string, props: ScheduleTriggerProps) {
    super(scope, id);
    const { accountId, region } = props;
    const { role, permissions } = new Role(this, "identity", {
      roleName: `${props.functionName}-schedule`,
      path: props.rolePath,
      description: `Lets EventBridge Scheduler run function ${props.functionName}`,
      boundaryArn: props.boundaryArn,
      trust: [
        trustService(
          "scheduler.amazonaws.com",
          accountId,
          `arn:aws:scheduler:${region}:${accountId}:schedule-group/default`,
        ),
      ],
      statements: [
        { sid: "RunFunction", actions: ["lambda:InvokeFunction"], resources: [props.lambda.arn] },
        { sid: "KeepFailures", actions: ["sqs:SendMessage"], resources: [props.failuresArn] },
        {
          sid: "EncryptFailures",
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: [props.dataKeyArn],
          condition: [stringEquals("kms:ViaService", `sqs.${region}.amazonaws.com`)],
        },
      ],
    });
    new SchedulerSchedule(this, "schedule", {
      name: props.functionName,
      description: `Runs function ${props.functionName}`,
      scheduleExpression: props.expression,
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: props.lambda.arn,
        roleArn: role.arn,
        retryPolicy: RETRIES,
        deadLetterConfig: { arn: props.failuresArn },
      },
      dependsOn: permissions,
    });
  }
}
