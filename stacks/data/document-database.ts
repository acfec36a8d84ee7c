import type { Construct } from "constructs";
import { DOCUMENT_CLASSES } from "../../environments/schema/document-classes";
import * as names from "../../environments/schema/names";
import { DocumentAlarms } from "../../modules/data/document-alarms";
import { DOCUMENT_PORT, DocumentCluster } from "../../modules/data/document-cluster";
import { StoreGroups } from "../../modules/network/store-groups";
import { publish, read } from "../contract";
import { documentDatabaseContract, keysContract, topicsContract, vpcContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/** One Amazon DocumentDB cluster with its instances, alarms, and the group that its clients join. */
export class DocumentDatabaseStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"documentDatabases">) {
    super(scope, { ...props, concern: "data" });
    const { capabilities } = this.account;
    const clusterIdentifier = names.store(this.account, props.name);
    const vpc = read(this, vpcContract);
    const groups = new StoreGroups(this, "groups", {
      name: clusterIdentifier,
      vpcId: vpc.vpcId,
      port: DOCUMENT_PORT,
    });
    const replicas = definition.replicas ?? (capabilities.multiAz ? 1 : 0);
    const { cluster } = new DocumentCluster(this, "store", {
      clusterIdentifier,
      engineVersion: definition.engineVersion,
      instanceClass: definition.instanceClass,
      replicas,
      storageType: definition.storageType,
      backupRetentionPeriod: definition.backupRetentionDays ?? (capabilities.deletionProtection ? 35 : 7),
      parameters: definition.parameters,
      subnetIds: vpc.isolatedSubnetIds,
      securityGroupId: groups.server.id,
      ...read(this, keysContract),
      logRetentionInDays: capabilities.logRetentionDays,
      protection: this.protection,
      finalSnapshot: this.finalSnapshot,
    });
    new DocumentAlarms(this, "alarms", {
      clusterIdentifier,
      memory: DOCUMENT_CLASSES.get(definition.instanceClass) ?? 4,
      replicas: replicas > 0,
      ...read(this, topicsContract),
    });
    publish(this, documentDatabaseContract(props.name), {
      clusterArn: cluster.arn,
      endpoint: cluster.endpoint,
      readerEndpoint: cluster.readerEndpoint,
      port: String(DOCUMENT_PORT),
      clientGroupId: groups.client.id,
    });
  }
}

export const documentDatabaseStacks = storeStacks<"documentDatabases">(
  ({ documentDatabases }) => documentDatabases,
  DocumentDatabaseStack,
);
