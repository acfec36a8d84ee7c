import type { Account } from "../account";
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

function reading({ stream: source, reservedConcurrency }: ServiceFunction, account: Account): Found[] {
  if (source === undefined) return [];
  const streams = account.data?.streams ?? {};
  const stream = streams[source.name];
  if (stream === undefined) {
    const meant = nearest(source.name, Object.keys(streams));
    return [
      {
        path: "stream.name",
        given: source.name,
        allowed: `a stream of ${account.name}: ${Object.keys(streams).join(", ") || "it has none"}`,
        mend:
          meant === undefined
            ? `declare it in data.streams of ${account.name}`
            : `write ${JSON.stringify(meant)}`,
      },
    ];
  }
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
