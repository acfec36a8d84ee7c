import type { Construct } from "constructs";
import * as names from "../../environments/schema/names";
import { DynamodbTable } from "../../modules/data/dynamodb-table";
import { TableAlarms } from "../../modules/data/table-alarms";
import { publish, read } from "../contract";
import { keysContract, tableContract, topicsContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/** One DynamoDB table with its indexes and alarms; services reach it through the network's gateway endpoint. */
export class TableStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"tables">) {
    super(scope, { ...props, concern: "data" });
    const { account, protection } = this;
    const { recoveryPeriodInDays, ...described } = definition;
    const tableName = names.store(account, props.name);
    const { table } = new DynamodbTable(this, "store", {
      ...described,
      tableName,
      recoveryPeriodInDays: recoveryPeriodInDays ?? (account.capabilities.deletionProtection ? 35 : 7),
      kmsKeyArn: read(this, keysContract).dataKeyArn,
      protection,
    });
    new TableAlarms(this, "alarms", {
      tableName,
      globalSecondaryIndexes: Object.keys(definition.globalSecondaryIndexes),
      ...read(this, topicsContract),
    });
    publish(this, tableContract(props.name), { tableName: table.name, tableArn: table.arn });
  }
}

export const tableStacks = storeStacks<"tables">(({ tables }) => tables, TableStack);
