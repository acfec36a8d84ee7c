import type { Account } from "../../environments/schema/account";
import type { Migration } from "../../environments/schema/migration";
import * as names from "../../environments/schema/names";
import type { Statement } from "../../modules/identity/policy";
import { ReplicationGroup, type Reached } from "../../modules/migration/replication-group";
import { ToolTasks } from "../../modules/migration/tool-tasks";
import { EventNotice } from "../../modules/observability/event-notice";
import { read } from "../contract";
import { clusterContract, keysContract, secretContract, topicsContract, vpcContract } from "../contracts";
import type { PlatformStack } from "../platform-stack";

export interface ToolPlace {
  readonly images: readonly string[];
  /** Names of secrets of the account. */
  readonly secrets: readonly string[];
  readonly reached: readonly Reached[];
  /** Groups of the clients of stores that a tool reaches. */
  readonly clientGroupIds: readonly string[];
  readonly statements?: Statement[];
  /** Exit codes of a tool that has done what it was to do. */
  readonly good: readonly number[];
}

const ANYWHERE = "0.0.0.0/0";

/** Where the tools of a migration run, which somebody hears of when one fails. */
export function addToolTasks(
  stack: PlatformStack,
  { id }: Pick<Migration, "id">,
  place: ToolPlace,
): ToolTasks {
  const { account } = stack;
  const vpc = read(stack, vpcContract);
  const { clusterArn } = read(stack, clusterContract);
  const group = new ReplicationGroup(stack, "group", {
    name: names.migrationTool(account, id, "tools"),
    vpcId: vpc.vpcId,
    reached: place.reached,
    // Images and their layers are not within the VPC in every account.
    servicesCidrBlock: ANYWHERE,
  });
  notice(stack, id, clusterArn, place.good);
  return new ToolTasks(stack, "tools", {
    clusterArn,
    subnetIds: vpc.privateSubnetIds,
    securityGroupIds: [group.id, ...place.clientGroupIds],
    executionRoleName: names.migrationAccessRole(account, id),
    taskRoleName: names.migrationTaskRole(account, id),
    path: names.WORKLOAD_ROLE_PATH,
    boundaryArn: names.boundaryArn(account),
    accountId: account.id,
    region: account.region,
    repositoryArns: [...new Set(place.images.flatMap((image) => names.repositoryArnOf(image) ?? []))].sort(),
    secretArns: [...new Set(place.secrets)].sort().map((name) => read(stack, secretContract(name)).arn),
    ...read(stack, keysContract),
    logGroupName: names.migrationToolLogGroup(account, id),
    logRetentionInDays: account.capabilities.logRetentionDays,
    ...(place.statements === undefined ? {} : { statements: place.statements }),
  });
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html */
function notice(stack: PlatformStack, id: string, clusterArn: string, good: readonly number[]): void {
  const { account } = stack;
  new EventNotice(stack, "failed", {
    ruleName: names.eventRule(account, `migration-${id}-failed`),
    description: `A task of the migration ${id} failed`,
    pattern: {
      source: ["aws.ecs"],
      "detail-type": ["ECS Task State Change"],
      detail: {
        clusterArn: [clusterArn],
        taskDefinitionArn: [{ wildcard: `${families(account, id)}*` }],
        lastStatus: ["STOPPED"],
        containers: { exitCode: [{ "anything-but": [...good] }] },
      },
    },
    topicArn: read(stack, topicsContract).criticalTopicArn,
    title: "A migration failed",
    paths: { task: "$.detail.taskArn", reason: "$.detail.stoppedReason" },
    text: `A task of ${id} failed: <reason> <task>. Its log is ${names.migrationToolLogGroup(account, id)}.`,
  });
}

const families = (account: Account, id: string) =>
  `arn:aws:ecs:${account.region}:${account.id}:task-definition/${names.migrationTool(account, id, "")}`;

/** What ECS resolves: a key of a secret's JSON. */
export const keyOf = (stack: PlatformStack, secret: string, key: string) =>
  `${read(stack, secretContract(secret)).arn}:${key}::`;
