import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { Construct } from "constructs";
import { denyInsecureTransport, policyDocument } from "../identity/policy";

export interface TopicProps {
  /** Name in AWS; a FIFO topic's ends in `.fifo`. */
  readonly topicName: string;
  /** Whether messages keep their order within a group. */
  readonly fifo: boolean;
  /** Key of the account's data, which lets SNS use it for encrypted queues. */
  readonly dataKeyArn: string;
  /** Who is woken when a message reached nobody. */
  readonly criticalTopicArn: string;
}

/**
 * A topic that services of this account publish to, by their own permissions; nobody else can.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
 */
export class Topic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    const { topicName, fifo } = props;
    this.arn = new SnsTopic(this, "topic", {
      name: topicName,
      // Publishers that give no deduplication id are told apart by what they say.
      ...(fifo ? { fifoTopic: true, contentBasedDeduplication: true } : {}),
      kmsMasterKeyId: props.dataKeyArn,
    }).arn;
    new SnsTopicPolicy(this, "policy", {
      arn: this.arn,
      policy: policyDocument(this, "policy_document", [denyInsecureTransport([this.arn], "sns:Publish")])
        .json,
    });
    // SNS gives up on a queue that refuses it, such as one whose key or policy forbids, and drops the message.
    new CloudwatchMetricAlarm(this, "undelivered", {
      alarmName: `${topicName}-undelivered`,
      alarmDescription: `Messages of ${topicName} did not reach a subscriber`,
      namespace: "AWS/SNS",
      metricName: "NumberOfNotificationsFailed",
      dimensions: { TopicName: topicName },
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      alarmActions: [props.criticalTopicArn],
      okActions: [props.criticalTopicArn],
    });
  }
}
