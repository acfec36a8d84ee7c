import type { Construct } from "constructs";
import { isAurora } from "../../environments/schema/data/database";
import { databasePort } from "../../environments/schema/database-engines";
import * as names from "../../environments/schema/names";
import { StoreGroups } from "../../modules/network/store-groups";
import { publish, read } from "../contract";
import { databaseContract, replicasContract, vpcContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { addAurora } from "./aurora";
import { addRdsInstance } from "./rds-instance";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/** One relational database with its instances, alarms, and the group that its clients join. */
export class DatabaseStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"databases">) {
    super(scope, { ...props, concern: "data" });
    const port = databasePort(definition);
    const vpc = read(this, vpcContract);
    const groups = new StoreGroups(this, "groups", {
      name: names.store(this.account, props.name),
      vpcId: vpc.vpcId,
      port,
    });
    const place = {
      stack: this,
      name: props.name,
      subnetIds: vpc.isolatedSubnetIds,
      securityGroupId: groups.server.id,
    };
    const databaseName = definition.databaseName ?? names.databaseName(props.name);
    const { replicas = [], ...found } = isAurora(definition)
      ? addAurora(place, definition, databaseName)
      : addRdsInstance(place, definition, databaseName);
    publish(this, databaseContract(props.name), {
      ...found,
      port: String(port),
      databaseName,
      clientGroupId: groups.client.id,
    });
    if (replicas.length > 0)
      publish(this, replicasContract(props.name), {
        endpoints: replicas.map(({ endpoint }) => endpoint),
        resourceIds: replicas.map(({ resourceId }) => resourceId),
      });
  }
}

export const databaseStacks = storeStacks<"databases">(({ databases }) => databases, DatabaseStack);
