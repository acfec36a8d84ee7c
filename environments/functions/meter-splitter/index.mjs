import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";

const s3 = new S3Client({});
const sqs = new SQSClient({});
/** SQS takes ten messages at a time. */
const BATCH = 10;

/** Splits a grid operator's file, a meter reading a line, into a message each. */
export async function handler(event) {
  const { bucket, object } = event.detail;
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: object.key }));
  const lines = (await body.transformToString()).split("\n").filter((line) => line.trim() !== "");
  for (let start = 0; start < lines.length; start += BATCH) {
    const Entries = lines
      .slice(start, start + BATCH)
      .map((line, index) => ({ Id: String(index), MessageBody: line }));
    const { Failed: failed = [] } = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: process.env.QUEUE_METER_READINGS_URL, Entries }),
    );
    // Thrown, so that the whole file is tried again: whoever reads must bear a reading twice.
    if (failed.length > 0) throw new Error(`${failed.length} readings of ${object.key} were not taken`);
  }
  return { readings: lines.length };
}
