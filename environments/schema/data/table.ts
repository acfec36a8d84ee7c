import { z } from "zod";

const attribute = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[A-Za-z0-9_.-]+$/, "an attribute of letters, digits, _, - and .");

const projection = {
  projectionType: z
    .enum(["ALL", "KEYS_ONLY", "INCLUDE"])
    .default("ALL")
    .describe("What of each item is in the index; INCLUDE takes `nonKeyAttributes`. Default: ALL."),
  nonKeyAttributes: z
    .array(attribute)
    .min(1)
    .max(100)
    .optional()
    .describe("Attributes in the index beside keys, with INCLUDE only. Default: none."),
};

const units = z.number().int().min(1).max(40_000);

/** An index with a key of its own, which may be added and removed at any time. */
const globalSecondaryIndex = z.strictObject({
  hashKey: attribute.describe("Attribute by which its items are spread."),
  rangeKey: attribute
    .optional()
    .describe("Attribute by which items of one hash key are sorted. Default: none."),
  ...projection,
  readCapacity: units
    .optional()
    .describe(
      "Read units a second of an index of a provisioned table, which stay. Default: none, on demand.",
    ),
  writeCapacity: units
    .optional()
    .describe(
      "Write units a second of an index of a provisioned table, which stay. Default: none, on demand.",
    ),
});

/** An index within one hash key; only a new table gets one. */
const localSecondaryIndex = z.strictObject({
  rangeKey: attribute.describe("Attribute by which items of one hash key are sorted instead."),
  ...projection,
});

const capacity = z.strictObject({
  min: units.describe("Fewest units a second."),
  max: units.describe("Most units a second."),
  target: z.number().int().min(20).max(90).default(70).describe("Used part to hold, per cent. Default: 70."),
});

/** A DynamoDB table: encrypted under the account's key, restorable to any second of its recovery period. */
export const table = z.strictObject({
  hashKey: attribute.describe("Attribute by which items are spread: its partition key."),
  rangeKey: attribute
    .optional()
    .describe("Attribute by which items of one hash key are sorted. Default: none."),
  attributes: z
    .record(attribute, z.enum(["S", "N", "B"]))
    .describe("Type of each attribute that is a key of the table or of an index: S, N or B; of no other."),
  globalSecondaryIndexes: z
    .record(
      z.string().regex(/^[A-Za-z0-9_.-]{3,255}$/, "3 to 255 letters, digits, _, - and ."),
      globalSecondaryIndex,
    )
    .default({})
    .describe("Indexes with keys of their own, by name, 20 at most. Default: none."),
  localSecondaryIndexes: z
    .record(
      z.string().regex(/^[A-Za-z0-9_.-]{3,255}$/, "3 to 255 letters, digits, _, - and ."),
      localSecondaryIndex,
    )
    .default({})
    .describe("Indexes within a hash key, by name, 5 at most; they cannot be added later. Default: none."),
  capacity: z
    .strictObject({ read: capacity.describe("Reads."), write: capacity.describe("Writes.") })
    .optional()
    .describe(
      "Provisioned units, scaled between a least and a most. Default: none; each request is paid for.",
    ),
  timeToLive: attribute
    .optional()
    .describe("Attribute with the second (Unix time) after which an item may go. Default: none; items stay."),
  streamViewType: z
    .enum(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"])
    .optional()
    .describe("What its stream of changes says of each. Default: none; there is no stream."),
  contributorInsights: z
    .boolean()
    .default(false)
    .describe("Whether CloudWatch counts the keys that are asked for most, by event. Default: false."),
  tableClass: z
    .enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"])
    .default("STANDARD")
    .describe("What storage and requests cost. Default: STANDARD."),
  recoveryPeriodInDays: z
    .number()
    .int()
    .min(1)
    .max(35)
    .optional()
    .describe("Days to which it can be restored. Default: 35 in protected accounts, else 7."),
});

export type Table = z.output<typeof table>;
