import type { Construct } from "constructs";
import * as names from "../../environments/schema/names";
import { streamRetention } from "../../environments/schema/data/stream";
import { DataStream } from "../../modules/data/data-stream";
import { publish, read } from "../contract";
import { keysContract, streamContract, topicsContract } from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/** One Kinesis data stream, and its alarms. */
export class StreamStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"streams">) {
    super(scope, { ...props, concern: "data" });
    const { account, protection } = this;
    const { stream } = new DataStream(this, "store", {
      streamName: names.store(account, props.name),
      ...(definition.shardCount === undefined ? {} : { shardCount: definition.shardCount }),
      retentionHours: streamRetention(definition, account.capabilities.deletionProtection),
      shardLevelMetrics: definition.shardLevelMetrics,
      kmsKeyArn: read(this, keysContract).dataKeyArn,
      alarmAgeSeconds: definition.alarmAgeSeconds,
      ...read(this, topicsContract),
      protection,
    });
    publish(this, streamContract(props.name), { streamName: stream.name, streamArn: stream.arn });
  }
}

export const streamStacks = storeStacks<"streams">(({ streams }) => streams, StreamStack);
