import type { RedisMigration } from "../../../../environments/schema/migration/redis";
import * as names from "../../../../environments/schema/names";
import type { Context } from "../context";
import { result, sh } from "../text";

type Redis = Context<RedisMigration>;
type Part = "scan" | "live" | "compare" | "reverse";

const family = ({ account, migration }: Redis, part: Part, database: number) =>
  names.migrationTool(account, migration.id, `${part}-${database}`);

/** Shell function that runs one of RIOT's task definitions to its end, where its stack would have it run. */
export function riotClient(context: Redis): string {
  const { account, migration } = context;
  const region = `--region ${account.region}`;
  const ask = (concern: string, name: string, query: string) =>
    `aws ssm get-parameter ${region} --name ${names.contractParameter(account, concern, name)} --query Parameter.Value --output text | jq -r '${query}'`;
  const store = migration.target.cache ?? migration.target.memoryDatabase ?? "";
  const cluster = `${region} --cluster ${names.cluster(account)}`;
  return sh(
    "riot_task() {",
    `  TASK_SUBNETS=$(${ask("network", "vpc", '.privateSubnetIds | join(",")')})`,
    `  TASK_GROUPS=$(aws ec2 describe-security-groups ${region} --filters Name=tag:Name,Values=${names.migrationTool(account, migration.id, "tools")} --query 'SecurityGroups[0].GroupId' --output text),$(${ask("data", store, ".clientGroupId")})`,
    `  TASK=$(aws ecs run-task ${cluster} --launch-type FARGATE --task-definition "$1" --network-configuration "awsvpcConfiguration={subnets=[$TASK_SUBNETS],securityGroups=[$TASK_GROUPS],assignPublicIp=DISABLED}" --query 'tasks[0].taskArn' --output text)`,
    `  until [ "$(aws ecs describe-tasks ${cluster} --tasks "$TASK" --query 'tasks[0].lastStatus' --output text)" = STOPPED ]; do sleep 15; done`,
    `  aws ecs describe-tasks ${cluster} --tasks "$TASK" --query 'tasks[0].[taskDefinitionArn,containers[0].exitCode,stoppedReason]' --output text`,
    `  aws logs tail ${names.migrationToolLogGroup(account, migration.id)} ${region} --since 1h | tail -n 20`,
    "}",
  );
}

/** RIOT runs once for each database. */
export const riotRuns = (context: Redis, part: Exclude<Part, "live">): readonly string[] => [
  sh(...context.migration.databases.map((number) => `riot_task ${family(context, part, number)}`)),
  result(`Exit code of each (0), ${part === "compare" ? "keys that differ" : "keys that were written"}`),
];

/** What follows runs as a service from phase cdc on. */
export const riotFollows = (context: Redis): string =>
  sh(
    `aws ecs describe-services --region ${context.account.region} --cluster ${names.cluster(context.account)} --services ${context.migration.databases.map((number) => family(context, "live", number)).join(" ")} \\`,
    "  --query 'services[].[serviceName,desiredCount,runningCount]' --output text",
    `aws logs tail ${names.migrationToolLogGroup(context.account, context.migration.id)} --region ${context.account.region} --since 10m`,
  );

export const riotEnds = (context: Redis): string =>
  sh(
    ...context.migration.databases.map(
      (number) =>
        `aws ecs update-service --region ${context.account.region} --cluster ${names.cluster(context.account)} --service ${family(context, "live", number)} --desired-count 0 --query 'service.[serviceName,desiredCount]' --output text`,
    ),
    `aws ecs wait services-stable --region ${context.account.region} --cluster ${names.cluster(context.account)} --services ${context.migration.databases.map((number) => family(context, "live", number)).join(" ")}`,
  );
