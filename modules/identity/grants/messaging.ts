import { brokerPasswords } from "../broker-passwords";
import { actions, anywhere, here, inRegions, type Grant } from "./grant";

/** Topics, queues, streams and brokers; never their messages. */
export const messaging: Grant = {
  concern: "messaging",
  description: "Topics, queues, streams and brokers; no messages",
  types: ["aws_kinesis", "aws_mq", "aws_sns", "aws_sqs"],
  statements: (scope) => {
    const own = `${scope.accountName}-*`;
    return [
      {
        sid: "ManageQueues",
        actions: actions(
          "sqs",
          "AddPermission",
          "CreateQueue",
          "DeleteQueue",
          "RemovePermission",
          "SetQueueAttributes",
          "TagQueue",
          "UntagQueue",
        ),
        resources: [here(scope, "sqs", own)],
      },
      {
        sid: "ManageTopics",
        actions: actions(
          "sns",
          "AddPermission",
          "CreateTopic",
          "DeleteTopic",
          "RemovePermission",
          "SetTopicAttributes",
          "Subscribe",
          "TagResource",
          "UntagResource",
        ),
        resources: [anywhere(scope, "sns", own)],
      },
      {
        // Nor these. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
        sid: "ManageSubscriptions",
        actions: actions("sns", "SetSubscriptionAttributes", "Unsubscribe"),
        resources: ["*"],
        condition: [inRegions(scope)],
      },
      {
        sid: "ManageStreams",
        actions: actions(
          "kinesis",
          "*StreamEncryption",
          "*StreamRetentionPeriod",
          "*TagsToStream",
          "*TagsFromStream",
          "CreateStream",
          "DeleteStream",
          "DeregisterStreamConsumer",
          "TagResource",
          "UntagResource",
          "Update*",
        ),
        resources: [here(scope, "kinesis", `stream/${own}`)],
      },
      {
        // IAM knows these by no resource. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html
        sid: "ScaleStreams",
        actions: actions(
          "kinesis",
          "DisableEnhancedMonitoring",
          "EnableEnhancedMonitoring",
          "UpdateShardCount",
          "UpdateStreamMode",
        ),
        resources: ["*"],
        condition: [inRegions(scope)],
      },
      {
        sid: "ManageDeliveryStreams",
        actions: actions(
          "firehose",
          "CreateDeliveryStream",
          "DeleteDeliveryStream",
          "TagDeliveryStream",
          "UntagDeliveryStream",
          "UpdateDestination",
        ),
        resources: [here(scope, "firehose", `deliverystream/${own}`)],
      },
      {
        sid: "MakeBrokers",
        actions: actions("mq", "CreateBroker", "CreateConfiguration"),
        resources: ["*"],
        condition: [inRegions(scope)],
      },
      {
        sid: "ManageBrokers",
        actions: actions("mq", "CreateTags", "CreateUser", "Delete*", "RebootBroker", "Update*"),
        resources: [here(scope, "mq", "*")],
      },
      ...brokerPasswords(scope, "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"),
    ];
  },
};
