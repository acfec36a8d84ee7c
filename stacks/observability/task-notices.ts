import type { Account } from "../../environments/schema/account";
import * as names from "../../environments/schema/names";
import { EventNotice } from "../../modules/observability/event-notice";
import type { PlatformStack } from "../platform-stack";

interface TaskNotice {
  /** Last part of the rule's name. */
  readonly name: string;
  readonly severity: "critical" | "warning";
  readonly description: string;
  readonly pattern: (account: Account) => Readonly<Record<string, unknown>>;
  readonly title: string;
  readonly paths: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * What ECS tells of by events and by no metric.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html
 */
const TASK_NOTICES: readonly TaskNotice[] = [
  {
    name: "deployment-failed",
    severity: "critical",
    description: "A deployment of a service failed; ECS returns to the one before",
    pattern: (account) => ({
      source: ["aws.ecs"],
      "detail-type": ["ECS Deployment State Change"],
      resources: [
        { prefix: `arn:aws:ecs:${account.region}:${account.id}:service/${names.cluster(account)}/` },
      ],
      detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
    }),
    title: "A deployment failed",
    paths: { service: "$.resources[0]", reason: "$.detail.reason", deployment: "$.detail.deploymentId" },
    text: "*<service>*: <reason> Deployment <deployment>. slipway plan shows what runs.",
  },
  {
    name: "scheduled-task-failed",
    severity: "critical",
    description: "A scheduled task ended with an error, or could not start",
    pattern: (account) => ({
      source: ["aws.ecs"],
      "detail-type": ["ECS Task State Change"],
      detail: {
        clusterArn: [`arn:aws:ecs:${account.region}:${account.id}:cluster/${names.cluster(account)}`],
        lastStatus: ["STOPPED"],
        // Tasks of services belong to the group of their service.
        group: [{ prefix: "family:" }],
        $or: [
          { containers: { exitCode: [{ "anything-but": [0] }] } },
          { stopCode: ["SpotInterruption", "TaskFailedToStart", "TerminationNotice"] },
        ],
      },
    }),
    title: "A scheduled task failed",
    paths: { group: "$.detail.group", reason: "$.detail.stoppedReason", task: "$.resources[0]" },
    text: "*<group>*: <reason> Task <task>; its log says more. Run it again with aws ecs run-task once mended.",
  },
  {
    name: "out-of-memory",
    severity: "warning",
    description: "A task was stopped because a container used more memory than it has",
    pattern: (account) => ({
      source: ["aws.ecs"],
      "detail-type": ["ECS Task State Change"],
      detail: {
        clusterArn: [`arn:aws:ecs:${account.region}:${account.id}:cluster/${names.cluster(account)}`],
        lastStatus: ["STOPPED"],
        containers: { reason: [{ prefix: "OutOfMemory" }] },
      },
    }),
    title: "Out of memory",
    paths: { group: "$.detail.group", task: "$.resources[0]", memory: "$.detail.memory" },
    text: "*<group>* ran out of its <memory> MiB; raise `memory` in its definition. Task <task>.",
  },
];

const noticesOf = ({ hosting }: Account) => (hosting === undefined ? [] : TASK_NOTICES);

/** Names of the rules that publish to the topic of a severity. */
export const taskRules = (account: Account, severity: TaskNotice["severity"]) =>
  noticesOf(account)
    .filter((notice) => notice.severity === severity)
    .map(({ name }) => names.eventRule(account, name));

/** Tells the account's topics of what happens to its tasks. */
export function addTaskNotices(
  stack: PlatformStack,
  topics: { readonly criticalTopicArn: string; readonly warningTopicArn: string },
): void {
  const { account } = stack;
  for (const { name, severity, pattern, ...notice } of noticesOf(account)) {
    new EventNotice(stack, name.replaceAll("-", "_"), {
      ...notice,
      ruleName: names.eventRule(account, name),
      pattern: pattern(account),
      topicArn: severity === "critical" ? topics.criticalTopicArn : topics.warningTopicArn,
    });
  }
}
