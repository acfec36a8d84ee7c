import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const files = { "functions/collector/index.mjs": "export const handler = async () => 1;\n" };
const live = (streams: object, service: object = {}): Change => ({
  accounts: { live: { data: { streams } } },
  services: { orders: { accounts: ["live"], ...service } },
  files,
});
const reads = (stream: object, values: object = {}) => ({
  functions: { collector: { stream: { name: "clicks", ...stream }, ...values } },
});

const delivery = (values: object): Change => ({
  accounts: {
    live: {
      data: {
        streams: { clicks: {} },
        buckets: { pages: {} },
        deliveryStreams: { archive: { stream: "clicks", bucket: "pages", ...values } },
      },
    },
  },
});

const REFUSED: readonly (readonly [shows: string, change: Change, path: string, words: string])[] = [
  [
    "a stream that its account lacks",
    live({ clicks: {} }, { streams: { click: "produce" } }),
    "streams.click (in live)",
    "write ",
  ],
  [
    "a function on a stream that its account lacks",
    live({}, reads({})),
    "functions.collector.stream.name (in live)",
    "declare it in data.streams of live",
  ],
  [
    "an alarm on a lag at which records are as good as lost",
    live({ clicks: { retentionHours: 24, alarmAgeSeconds: 43_200 } }),
    "data.streams.clicks.alarmAgeSeconds",
    "less than 43200",
  ],
  [
    "records given up when the stream has them no longer",
    live({ clicks: { retentionHours: 24 } }, reads({ maximumRecordAgeInSeconds: 86_400 })),
    "functions.collector.stream.maximumRecordAgeInSeconds (in live)",
    "less than 86400",
  ],
  [
    "fewer executions than the stream's shards take",
    live({ clicks: { shardCount: 6 } }, reads({ parallelizationFactor: 2 })),
    "functions.collector.reservedConcurrency (in live)",
    "at least 12",
  ],
  [
    "a filter beside the record's data",
    live({ clicks: {} }, reads({ filters: [{ page: ["home"] }] })),
    "functions.collector.stream.filters[0].page (in live)",
    "{ data: { page: ... } }",
  ],
  [
    "a function with a bucket that its account lacks",
    live({ clicks: {} }, reads({}, { buckets: { pages: "readWrite" } })),
    "functions.collector.buckets.pages (in live)",
    "a bucket of live",
  ],
  [
    "a delivery from a stream that its account lacks",
    delivery({ stream: "click" }),
    "data.deliveryStreams.archive.stream",
    "write ",
  ],
  [
    "a delivery into a bucket that its account lacks",
    delivery({ bucket: "attic" }),
    "data.deliveryStreams.archive.bucket",
    "declare it in data.buckets of live",
  ],
  [
    "folders by what records say, of less than Firehose gathers for them",
    delivery({ dynamicPartitioning: { kind: ".kind" }, bufferingSize: 16 }),
    "data.deliveryStreams.archive.bufferingSize",
    "at least 64",
  ],
  [
    "folders by what records say, sooner than Firehose writes them",
    delivery({ dynamicPartitioning: { kind: ".kind" }, bufferingInterval: 10 }),
    "data.deliveryStreams.archive.bufferingInterval",
    "at least 60",
  ],
  [
    "a stream and a bucket of one name, one stack",
    { accounts: { live: { data: { streams: { clicks: {} }, buckets: { clicks: {} } } } } },
    "data.streams.clicks",
    "data.buckets.clicks has this one",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(change));
  const violation = found.find((candidate) => candidate.path === path);
  expect(found.map((candidate) => candidate.path)).toContain(path);
  expect(JSON.stringify([violation?.allowed, violation?.mend])).toContain(words);
});
