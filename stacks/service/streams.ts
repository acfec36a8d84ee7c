import type { Statement } from "../../modules/identity/policy";
import { read } from "../contract";
import { streamContract } from "../contracts";
import { pascal, variable, type ServiceFeature } from "./feature";

const FIND = ["kinesis:DescribeStreamSummary", "kinesis:ListShards"];

/** `STREAM_CLICKS`. */
export const streamVariable = (stream: string) => `STREAM_${variable(stream)}`;

/** `streams`: the name as `STREAM_<NAME>`, and what the service does with its records. */
export const streams: ServiceFeature = ({ stack, definition }) => {
  const found = Object.entries(definition.streams)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, use]) => ({ name, use, stream: read(stack, streamContract(name)) }));
  return {
    environment: Object.fromEntries(
      found.map(({ name, stream }) => [streamVariable(name), stream.streamName]),
    ),
    statements: found.map(({ name, use, stream }) =>
      (use === "produce" ? produceTo : consumeFrom)(stream.streamArn, name),
    ),
    keyUsers: found.length > 0 ? ["kinesis"] : [],
  };
};

/** What whoever puts records needs, be it a task or a function. */
export const produceTo = (streamArn: string, name: string): Statement => ({
  sid: `ProduceTo${pascal(name)}`,
  actions: [...FIND, "kinesis:PutRecord", "kinesis:PutRecords"],
  resources: [streamArn],
});

/** https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html */
const consumeFrom = (streamArn: string, name: string): Statement => ({
  sid: `ConsumeFrom${pascal(name)}`,
  actions: ["kinesis:DescribeStream", ...FIND, "kinesis:GetRecords", "kinesis:GetShardIterator"].sort(),
  resources: [streamArn],
});
