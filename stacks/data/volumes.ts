import type { Construct } from "constructs";
import { volumeZones } from "../../environments/schema/capacity";
import * as names from "../../environments/schema/names";
import { ZonalVolumes } from "../../modules/data/zonal-volumes";
import { publish, read } from "../contract";
import { keysContract, topicsContract, volumesContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/** EBS volumes of one name, one a zone, for the instances of one capacity provider. */
export class VolumesStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"volumes">) {
    super(scope, { ...props, concern: "data" });
    const { account } = this;
    const zones = volumeZones(account, definition);
    const { volumes } = new ZonalVolumes(this, "store", {
      volumeName: props.name,
      prefix: names.store(account, props.name),
      zones,
      accountId: account.id,
      region: account.region,
      rolePath: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      size: definition.size,
      iops: definition.iops,
      throughput: definition.throughput,
      kmsKeyArn: read(this, keysContract).dataKeyArn,
      snapshots: account.capabilities.deletionProtection ? 35 : 7,
      criticalTopicArn: read(this, topicsContract).criticalTopicArn,
      protection: this.protection,
      finalSnapshot: this.finalSnapshot,
    });
    publish(this, volumesContract(props.name), {
      volumeArns: volumes.map(({ arn }) => arn),
      availabilityZones: zones.map((zone) => `${account.region}${zone}`),
    });
  }
}

export const volumeStacks = storeStacks<"volumes">(({ volumes }) => volumes, VolumesStack);
