import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";

export interface EventNoticeProps {
  /** The rule's name, which the topic's policy knows. */
  readonly ruleName: string;
  readonly description: string;
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly topicArn: string;
  readonly title: string;
  /** Paths into the event, by the name that `text` has for them: `{ reason: "$.detail.reason" }`. */
  readonly paths: Readonly<Record<string, string>>;
  /** What is told, in Slack's Markdown, with `<name>` for a path. */
  readonly text: string;
}

/**
 * Tells a topic of events, in the form that Amazon Q shows in a channel and people can read in an e-mail.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export class EventNotice extends Construct {
  constructor(scope: Construct, id: string, props: EventNoticeProps) {
    super(scope, id);
    const rule = new CloudwatchEventRule(this, "rule", {
      name: props.ruleName,
      description: props.description,
      eventPattern: JSON.stringify(props.pattern),
    });
    new CloudwatchEventTarget(this, "topic", {
      rule: rule.name,
      targetId: "topic",
      arn: props.topicArn,
      inputTransformer: {
        inputPaths: { ...props.paths },
        inputTemplate: JSON.stringify({
          version: "1.0",
          source: "custom",
          content: { textType: "client-markdown", title: props.title, description: props.text },
        }),
      },
    });
  }
}
