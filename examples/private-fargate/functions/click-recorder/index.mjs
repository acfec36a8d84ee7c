import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const dynamodb = new DynamoDBClient({});
/** Visits are kept for ninety days. */
const KEPT_SECONDS = 90 * 24 * 3600;
const LONGEST = 200;

/** Keeps the clicks of a batch; says which records it could not keep, so that the others are not tried again. */
export async function handler({ Records: records }) {
  const results = await Promise.allSettled(records.map(keep));
  const failed = records.filter((_record, index) => results[index].status === "rejected");
  return {
    batchItemFailures: failed.map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })),
  };
}

async function keep({ kinesis }) {
  const click = parse(kinesis.data);
  // Anybody may leave a record: one that is none is dropped, since it will never be another.
  if (click === undefined) return;
  const at = `${new Date(kinesis.approximateArrivalTimestamp * 1000).toISOString()}#${kinesis.sequenceNumber}`;
  await dynamodb.send(
    new PutItemCommand({
      TableName: process.env.TABLE_VISITS,
      Item: {
        session: { S: kinesis.partitionKey.slice(0, LONGEST) },
        at: { S: at },
        page: { S: click.page },
        target: { S: click.target },
        expires: { N: String(Math.floor(kinesis.approximateArrivalTimestamp) + KEPT_SECONDS) },
      },
    }),
  );
}

function parse(data) {
  try {
    const { page, target = "" } = JSON.parse(Buffer.from(data, "base64").toString());
    return typeof page === "string" && typeof target === "string"
      ? { page: page.slice(0, LONGEST), target: target.slice(0, LONGEST) }
      : undefined;
  } catch {
    return undefined;
  }
}
