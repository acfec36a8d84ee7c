import * as names from "../../environments/schema/names";
import { EventNotice } from "../../modules/observability/event-notice";
import type { PlatformStack } from "../platform-stack";

/** https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-dms.html */
const DETAIL_TYPES = [
  "DMS Replication Endpoint State Change",
  "DMS Replication Instance Class State Change",
  "DMS Replication Instance Failover State",
  "DMS Replication Instance Multi-AZ State Change",
  "DMS Replication Instance Patch State",
  "DMS Replication Instance State Change",
  "DMS Replication Instance Storage State Change",
  "DMS Replication State Change",
  "DMS Replication Task State Change",
];

/**
 * What DMS tells of tasks, instances and serverless replications: failures wake somebody, the rest can be read.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_EventBridge.html
 */
export function addMigrationNotices(
  stack: PlatformStack,
  topics: { readonly criticalTopicArn: string; readonly warningTopicArn: string },
): void {
  const { account } = stack;
  const notice = (id: string, description: string, title: string, category: unknown, topicArn: string) =>
    new EventNotice(stack, id, {
      ruleName: names.eventRule(account, id.replaceAll("_", "-")),
      description,
      pattern: { source: ["aws.dms"], "detail-type": DETAIL_TYPES, detail: { category } },
      topicArn,
      title,
      paths: { what: "$.resources[0]", message: "$.detail.detailMessage", event: "$.detail.eventType" },
      text: "*<event>*: <message> <what>. slipway migrate status says how it stands.",
    });
  notice(
    "migration_failed",
    "A task, an instance or a serverless replication of DMS failed",
    "A migration failed",
    ["Failure"],
    topics.criticalTopicArn,
  );
  notice(
    "migration_changed",
    "A task, an instance or a serverless replication of DMS changed its state",
    "A migration goes on",
    [{ "anything-but": ["Failure"] }],
    topics.warningTopicArn,
  );
}
