import type { Service } from "../../environments/schema/service";
import { read } from "../contract";
import { tableContract } from "../contracts";
import type { PlatformStack } from "../platform-stack";
import { pascal, variable, type Contribution, type ServiceFeature } from "./feature";

const READ = [
  "dynamodb:BatchGetItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DescribeTable",
  "dynamodb:DescribeTimeToLive",
  "dynamodb:GetItem",
  "dynamodb:PartiQLSelect",
  "dynamodb:Query",
  "dynamodb:Scan",
];
const WRITE = [
  "dynamodb:BatchWriteItem",
  "dynamodb:DeleteItem",
  "dynamodb:PartiQLDelete",
  "dynamodb:PartiQLInsert",
  "dynamodb:PartiQLUpdate",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
];
const FOLLOW = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];

/** `tables`: the name as `TABLE_<NAME>`, and what the service does with its items, its indexes and its stream. */
export const tables: ServiceFeature = ({ stack, definition }) => tablesOf(stack, definition.tables);

/** The same of any `tables`, be they a task's or a function's. */
export function tablesOf(stack: PlatformStack, used: Service["tables"]) {
  const found = Object.entries(used)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, access]) => ({ name, access, table: read(stack, tableContract(name)) }));
  const streams = (name: string) => stack.account.data?.tables[name]?.streamViewType !== undefined;
  return {
    environment: Object.fromEntries(
      found.map(({ name, table }) => [`TABLE_${variable(name)}`, table.tableName]),
    ),
    statements: found.flatMap(({ name, access, table: { tableArn } }) => [
      {
        sid: `${access === "read" ? "Read" : "ReadAndWrite"}${pascal(name)}`,
        actions: access === "read" ? READ : [...READ, ...WRITE].sort(),
        resources: [tableArn, `${tableArn}/index/*`],
      },
      ...(streams(name)
        ? [{ sid: `Follow${pascal(name)}`, actions: FOLLOW, resources: [`${tableArn}/stream/*`] }]
        : []),
    ]),
    keyUsers: found.length > 0 ? ["dynamodb"] : [],
  } satisfies Contribution;
}
