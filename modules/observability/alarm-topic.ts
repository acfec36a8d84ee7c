import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { arnLike, denyInsecureTransport, forService, policyDocument, stringEquals } from "../identity/policy";

export interface AlarmTopicProps {
  readonly topicName: string;
  readonly accountId: string;
  readonly region: string;
  /** Key of the account's data, which lets CloudWatch use it. */
  readonly dataKeyArn: string;
  /** Addresses that are written to; each must confirm once. */
  readonly emails: readonly string[];
  /** Whether rules of EventBridge publish to it. @default false */
  readonly eventsPublish?: boolean;
}

/** A topic that the alarms and the events of one account publish to, and people read. https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html */
export class AlarmTopic extends Construct {
  readonly topic: SnsTopic;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const { accountId, region } = props;
    this.topic = new SnsTopic(this, "topic", { name: props.topicName, kmsMasterKeyId: props.dataKeyArn });
    const { arn } = this.topic;
    new SnsTopicPolicy(this, "policy", {
      arn,
      policy: policyDocument(this, "policy_document", [
        denyInsecureTransport([arn], "sns:Publish"),
        {
          sid: "AlarmsPublish",
          actions: ["sns:Publish"],
          resources: [arn],
          principals: forService("cloudwatch.amazonaws.com"),
          condition: [
            stringEquals("aws:SourceAccount", accountId),
            arnLike("aws:SourceArn", `arn:aws:cloudwatch:${region}:${accountId}:alarm:*`),
          ],
        },
        ...(props.eventsPublish === true
          ? [
              {
                // Without a condition: EventBridge tells topics no source, and none would ever hold.
                // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
                sid: "EventsPublish",
                actions: ["sns:Publish"],
                resources: [arn],
                principals: forService("events.amazonaws.com"),
              },
            ]
          : []),
      ]).json,
    });
    for (const email of props.emails) {
      new SnsTopicSubscription(this, `email_${email.replaceAll(/[^A-Za-z0-9]+/g, "_")}`, {
        topicArn: arn,
        protocol: "email",
        endpoint: email,
      });
    }
  }
}
