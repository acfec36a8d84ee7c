import type { Construct } from "constructs";
import * as names from "../../environments/schema/names";
import { PrivateDatabase, PublicDatabase } from "../../modules/data/external-database";
import { publish, read } from "../contract";
import { externalDatabaseContract, topicsContract, vpcContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/** The way to one database that somebody else runs, and the group that its clients join. */
export class ExternalDatabaseStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"externalDatabases">) {
    super(scope, { ...props, concern: "data" });
    const name = names.store(this.account, props.name);
    const { vpcId, isolatedSubnetIds } = read(this, vpcContract);
    const { privateLink } = definition;
    if (privateLink === undefined) {
      const { clientGroup } = new PublicDatabase(this, "store", { name, vpcId });
      publish(this, externalDatabaseContract(props.name), { clientGroupId: clientGroup.id, endpointId: "" });
      return;
    }
    const { clientGroup, endpoint } = new PrivateDatabase(this, "store", {
      name,
      vpcId,
      subnetIds: isolatedSubnetIds,
      serviceName: privateLink.serviceName,
      warningTopicArn: read(this, topicsContract).warningTopicArn,
      protection: this.protection,
    });
    publish(this, externalDatabaseContract(props.name), {
      clientGroupId: clientGroup.id,
      endpointId: endpoint.id,
    });
  }
}

export const externalDatabaseStacks = storeStacks<"externalDatabases">(
  ({ externalDatabases }) => externalDatabases,
  ExternalDatabaseStack,
);
