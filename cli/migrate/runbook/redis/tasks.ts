import type { RedisMigration } from "../../../../environments/schema/migration/redis";
import * as names from "../../../../environments/schema/names";
import type { Context } from "../context";
import { sh } from "../text";

type Redis = Context<RedisMigration>;

/** Where a task of the migration runs: subnets and groups as they are there. */
const place = ({ account, migration: { id, target } }: Redis): readonly string[] => {
  const group = (name: string) =>
    `$(aws ec2 describe-security-groups --region ${account.region} --filters Name=tag:Name,Values=${name} --query 'SecurityGroups[0].GroupId' --output text)`;
  const store = names.store(account, target.cache ?? target.memoryDatabase ?? "");
  return [
    `SUBNETS=$(aws ssm get-parameter --region ${account.region} --name ${names.contractParameter(account, "network", "vpc")} --query Parameter.Value --output text | jq -r '.privateSubnetIds | join(",")')`,
    `GROUPS_OF_TASK=${group(names.migrationTool(account, id, "tools"))},${group(`${store}-client`)}`,
  ];
};

/** Runs a part of RIOT's work once, a task a database, and shows its log. */
export function runOnce(context: Redis, part: "scan" | "compare" | "reverse"): string {
  const { account, migration } = context;
  return sh(
    ...place(context),
    ...migration.databases.map(
      (number) =>
        `aws ecs run-task --region ${account.region} --cluster ${names.cluster(account)} --launch-type FARGATE --task-definition ${names.migrationTool(account, migration.id, `${part}-${number}`)} --network-configuration "awsvpcConfiguration={subnets=[$SUBNETS],securityGroups=[$GROUPS_OF_TASK],assignPublicIp=DISABLED}"`,
    ),
    `aws logs tail ${names.migrationToolLogGroup(account, migration.id)} --region ${account.region} --follow --since 10m`,
  );
}

/** Ends what follows the source: it would bring back what the source lets expire. */
export const endLive = ({ account, migration }: Redis): string =>
  sh(
    ...migration.databases.map(
      (number) =>
        `aws ecs update-service --region ${account.region} --cluster ${names.cluster(account)} --service ${names.migrationTool(account, migration.id, `live-${number}`)} --desired-count 0`,
    ),
  );
