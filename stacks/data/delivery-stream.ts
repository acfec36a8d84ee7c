import type { Construct } from "constructs";
import * as names from "../../environments/schema/names";
import { DeliveryStream } from "../../modules/data/delivery-stream";
import { publish, read } from "../contract";
import {
  bucketContract,
  deliveryStreamContract,
  keysContract,
  streamContract,
  topicsContract,
} from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

/** One Firehose stream, from a stream of the account into a bucket of it. */
export class DeliveryStreamStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"deliveryStreams">) {
    super(scope, { ...props, concern: "data" });
    const { account } = this;
    const { stream: source, bucket, ...delivery } = definition;
    const { dataKeyArn, logsKeyArn } = read(this, keysContract);
    const { stream } = new DeliveryStream(this, "store", {
      ...delivery,
      deliveryStreamName: names.store(account, props.name),
      folder: props.name,
      streamArn: read(this, streamContract(source)).streamArn,
      bucketArn: read(this, bucketContract(bucket)).bucketArn,
      kmsKeyArn: dataKeyArn,
      logGroupName: names.deliveryStreamLogGroup(account, props.name),
      logRetentionInDays: account.capabilities.logRetentionDays,
      logsKeyArn,
      roleName: names.deliveryStreamRole(account, props.name),
      rolePath: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      accountId: account.id,
      region: account.region,
      ...read(this, topicsContract),
    });
    publish(this, deliveryStreamContract(props.name), {
      deliveryStreamName: stream.name,
      deliveryStreamArn: stream.arn,
    });
  }
}

export const deliveryStreamStacks = storeStacks<"deliveryStreams">(
  ({ deliveryStreams }) => deliveryStreams,
  DeliveryStreamStack,
);
