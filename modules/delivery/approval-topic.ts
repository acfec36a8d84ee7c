import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { denyInsecureTransport, policyDocument } from "../identity/policy";

export interface ApprovalTopicProps {
  readonly topicName: string;
  readonly kmsKeyArn: string;
  /** Addresses that are asked; each must confirm once. */
  readonly emails: readonly string[];
}

/** Asks people for an approval. https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html */
export class ApprovalTopic extends Construct {
  readonly topic: SnsTopic;

  constructor(scope: Construct, id: string, props: ApprovalTopicProps) {
    super(scope, id);
    this.topic = new SnsTopic(this, "topic", { name: props.topicName, kmsMasterKeyId: props.kmsKeyArn });
    const { arn } = this.topic;
    new SnsTopicPolicy(this, "policy", {
      arn,
      policy: policyDocument(this, "policy_document", [denyInsecureTransport([arn], "sns:Publish")]).json,
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
