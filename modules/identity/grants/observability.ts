import { stringEquals } from "../policy";
import { actions, anywhere, global, inRegions, type Grant } from "./grant";

/** Regions in which chat notifications are administered; what they tell of is anywhere. */
const CHAT_REGIONS = ["ap-southeast-1", "eu-west-1", "us-east-2", "us-west-2"];

/** Logs, metrics, alarms and dashboards; never what a log says. */
export const observability: Grant = {
  concern: "observability",
  description: "Log groups, deliveries, alarms, dashboards, notifications",
  types: ["aws_chatbot", "aws_cloudwatch"],
  statements: (scope) => [
    {
      sid: "ManageLogs",
      actions: actions(
        "logs",
        "AssociateKmsKey",
        "CreateLogGroup",
        "CreateLogStream",
        "DeleteLogGroup",
        "DeleteLogStream",
        "DeleteMetricFilter",
        "DeleteRetentionPolicy",
        "DeleteSubscriptionFilter",
        "DisassociateKmsKey",
        "PutMetricFilter",
        "PutRetentionPolicy",
        "PutSubscriptionFilter",
        "TagLogGroup",
        "TagResource",
        "UntagLogGroup",
        "UntagResource",
      ),
      resources: [anywhere(scope, "logs", "delivery*"), anywhere(scope, "logs", "log-group:*")],
    },
    {
      sid: "DeliverLogs",
      actions: actions(
        "logs",
        "*Delivery",
        "*DeliveryDestination",
        "*DeliveryDestinationPolicy",
        "*DeliverySource",
        "*QueryDefinition",
        "*ResourcePolicy",
        "UpdateDeliveryConfiguration",
      ),
      resources: ["*"],
      condition: [inRegions(scope)],
    },
    {
      sid: "ManageAlarms",
      actions: actions(
        "cloudwatch",
        "DeleteAlarms",
        "DeleteDashboards",
        "DisableAlarmActions",
        "EnableAlarmActions",
        "PutCompositeAlarm",
        "PutDashboard",
        "PutMetricAlarm",
        "TagResource",
        "UntagResource",
      ),
      resources: [anywhere(scope, "cloudwatch", "alarm:*"), global(scope, "cloudwatch", "dashboard/*")],
    },
    {
      sid: "ManageChat",
      actions: actions("chatbot", "Create*", "Delete*", "TagResource", "UntagResource", "Update*"),
      resources: ["*"],
      condition: [
        stringEquals("aws:RequestedRegion", ...new Set([...scope.allowedRegions, ...CHAT_REGIONS])),
      ],
    },
  ],
};
