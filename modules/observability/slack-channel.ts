import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface SlackChannelProps {
  /** Name of the configuration, in this account. */
  readonly configurationName: string;
  /** The Slack workspace, which somebody let AWS into once, by hand. */
  readonly teamId: string;
  readonly channelId: string;
  /** Topics whose messages the channel shows. */
  readonly topicArns: string[];
  /** Role that Amazon Q takes on to draw the charts of an alarm. */
  readonly roleArn: string;
  readonly dependsOn: ITerraformDependable[];
}

/** The most that anybody may do from the channel, whatever role they bring. */
const READ_ONLY = "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess";

/**
 * A Slack channel that shows what topics say, through Amazon Q Developer in chat applications (AWS Chatbot before).
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html
 */
export class SlackChannel extends Construct {
  constructor(scope: Construct, id: string, props: SlackChannelProps) {
    super(scope, id);
    new ChatbotSlackChannelConfiguration(this, "channel", {
      configurationName: props.configurationName,
      slackTeamId: props.teamId,
      slackChannelId: props.channelId,
      snsTopicArns: props.topicArns,
      iamRoleArn: props.roleArn,
      guardrailPolicyArns: [READ_ONLY],
      // A message that does not arrive is told in AWS's own log group, /aws/chatbot/<name> in us-east-1.
      loggingLevel: "ERROR",
      userAuthorizationRequired: true,
      dependsOn: props.dependsOn,
    });
  }
}
