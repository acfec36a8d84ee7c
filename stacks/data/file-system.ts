import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { networkZones } from "../../environments/schema/capacity";
import * as names from "../../environments/schema/names";
import { FileSystem } from "../../modules/data/file-system";
import { StoreGroups } from "../../modules/network/store-groups";
import { publish, read } from "../contract";
import { accessPointContract, keysContract, topicsContract, vpcContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

const NFS = 2049;

/** One EFS file system: a mount target in each zone, and its access points for services. */
export class FileSystemStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"fileSystems">) {
    super(scope, { ...props, concern: "data" });
    const { account } = this;
    const fileSystemName = names.store(account, props.name);
    const vpc = read(this, vpcContract);
    const groups = new StoreGroups(this, "groups", { name: fileSystemName, vpcId: vpc.vpcId, port: NFS });
    const { fileSystem, accessPoints } = new FileSystem(this, "store", {
      fileSystemName,
      kmsKeyArn: read(this, keysContract).dataKeyArn,
      subnets: networkZones(account).map((zone, position) => ({
        zone,
        subnetId: Fn.element(vpc.isolatedSubnetIds, position) as string,
      })),
      securityGroupId: groups.server.id,
      accessPoints: definition.accessPoints,
      warningTopicArn: read(this, topicsContract).warningTopicArn,
      protection: this.protection,
    });
    for (const [name, accessPoint] of accessPoints) {
      publish(this, accessPointContract(props.name, name), {
        fileSystemId: fileSystem.id,
        fileSystemArn: fileSystem.arn,
        accessPointId: accessPoint.id,
        accessPointArn: accessPoint.arn,
        clientGroupId: groups.client.id,
      });
    }
  }
}

export const fileSystemStacks = storeStacks<"fileSystems">(({ fileSystems }) => fileSystems, FileSystemStack);
