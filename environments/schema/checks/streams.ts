import type { Account } from "../account";
import type { DeliveryStream } from "../data/delivery-stream";
import { FIRST_SHARDS, streamRetention, type Stream } from "../data/stream";
import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { ServiceFunction } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** Streams keep records for longer than readers may lag, and functions read them in time and side by side. */
export function checkStreams(fleet: Fleet): Violation[] {
  return [
    ...fleet.accounts.flatMap((account) =>
      Object.entries(account.data?.streams ?? {}).flatMap(([name, stream]) =>
        alarmAge(stream, account).map((found) => ({
          ...found,
          file: fleet.sources.accounts[account.name] ?? account.name,
          path: `${formatPath(["data", "streams", name])}.${found.path}`,
        })),
      ),
    ),
    ...fleet.accounts.flatMap((account) =>
      Object.entries(account.data?.deliveryStreams ?? {}).flatMap(([name, delivery]) =>
        deliveryFaults(delivery, account).map((found) => ({
          ...found,
          file: fleet.sources.accounts[account.name] ?? account.name,
          path: `${formatPath(["data", "deliveryStreams", name])}.${found.path}`,
        })),
      ),
    ),
    ...perService(fleet, (service, account) =>
      Object.entries(service.functions).flatMap(([name, definition]) =>
        reading(definition, account).map((found) => ({ ...found, path: `functions.${name}.${found.path}` })),
      ),
    ),
  ];
}

function alarmAge(stream: Stream, { capabilities }: Account): Found[] {
  const kept = streamRetention(stream, capabilities.deletionProtection);
  return stream.alarmAgeSeconds < (kept * 3600) / 2
    ? []
    : [
        {
          path: "alarmAgeSeconds",
          given: stream.alarmAgeSeconds,
          allowed: `less than ${(kept * 3600) / 2}, half of the ${kept} hours that records are kept: then it is an emergency`,
        },
      ];
}

/** Fewest MiB that Firehose gathers for each folder. https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html */
const LEAST_PARTITIONED = 64;

function deliveryFaults(delivery: DeliveryStream, account: Account): Found[] {
  const { stream, bucket, bufferingInterval, bufferingSize, dynamicPartitioning } = delivery;
  const { streams = {}, buckets = {} } = account.data ?? {};
  const found: Found[] = [];
  if (!(stream in streams)) found.push(unknown("stream", stream, "streams", Object.keys(streams), account));
  if (!(bucket in buckets)) found.push(unknown("bucket", bucket, "buckets", Object.keys(buckets), account));
  if (dynamicPartitioning === undefined) return found;
  const folders = Object.keys(dynamicPartitioning).length;
  if (folders === 0 || folders > 50)
    found.push({
      path: "dynamicPartitioning",
      given: folders,
      allowed: "1 to 50 folders; leave it out for folders by time",
    });
  if (bufferingSize < LEAST_PARTITIONED)
    found.push({
      path: "bufferingSize",
      given: bufferingSize,
      allowed: `at least ${LEAST_PARTITIONED} with dynamicPartitioning`,
    });
  if (bufferingInterval < 60)
    found.push({
      path: "bufferingInterval",
      given: bufferingInterval,
      allowed: "at least 60 with dynamicPartitioning",
    });
  return found;
}

function unknown(
  path: string,
  given: string,
  kind: "buckets" | "streams",
  known: readonly string[],
  account: Account,
): Found {
  const meant = nearest(given, known);
  return {
    path,
    given,
    allowed: `one of data.${kind} of ${account.name}: ${known.join(", ") || "it has none"}`,
    mend:
      meant === undefined
        ? `declare it in data.${kind} of ${account.name}`
        : `write ${JSON.stringify(meant)}`,
  };
}

function reading({ stream: source, reservedConcurrency }: ServiceFunction, account: Account): Found[] {
  if (source === undefined) return [];
  const streams = account.data?.streams ?? {};
  const stream = streams[source.name];
  if (stream === undefined)
    return [unknown("stream.name", source.name, "streams", Object.keys(streams), account)];
  const kept = streamRetention(stream, account.capabilities.deletionProtection) * 3600;
  const shards = stream.shardCount ?? FIRST_SHARDS;
  const executions = shards * source.parallelizationFactor;
  return [
    ...(source.maximumRecordAgeInSeconds < kept
      ? []
      : [
          {
            path: "stream.maximumRecordAgeInSeconds",
            given: source.maximumRecordAgeInSeconds,
            allowed: `less than ${kept}, the seconds that the stream keeps records: what is given up then could not be found any more`,
          },
        ]),
    ...(executions <= reservedConcurrency
      ? []
      : [
          {
            path: "reservedConcurrency",
            given: reservedConcurrency,
            allowed: `at least ${executions}: the stream has ${shards} shards${stream.shardCount === undefined ? " to begin with" : ""}, each with ${source.parallelizationFactor} at a time`,
            mend: `write ${executions}, or a smaller parallelizationFactor`,
          },
        ]),
    ...filterFaults(source.filters),
  ];
}

/** Of a record of Kinesis, Lambda matches `data` and these. https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html */
const MATCHED = [
  "data",
  "kinesisSchemaVersion",
  "partitionKey",
  "sequenceNumber",
  "approximateArrivalTimestamp",
];

function filterFaults(filters: readonly Readonly<Record<string, unknown>>[]): Found[] {
  return filters.flatMap((filter, index) =>
    Object.keys(filter)
      .filter((key) => !MATCHED.includes(key))
      .map((key) => ({
        path: `stream.filters[${index}].${key}`,
        given: key,
        allowed: `one of ${MATCHED.join(", ")}: what a record says is within data`,
        mend: `write { data: { ${key}: ... } }`,
      })),
  );
}
