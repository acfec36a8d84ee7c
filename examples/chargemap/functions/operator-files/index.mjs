import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";

const s3 = new S3Client({});
const sqs = new SQSClient({});
/** SQS takes ten messages at a time. */
const BATCH = 10;

/** Splits an operator's file, a station a line after the heading, into a message each. */
export async function handler(event) {
  const { bucket, object } = event.detail;
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: object.key }));
  const [heading = "", ...lines] = (await body.transformToString()).split(/\r?\n/);
  const stations = lines.filter((line) => line.trim() !== "");
  for (let start = 0; start < stations.length; start += BATCH) {
    const Entries = stations.slice(start, start + BATCH).map((station, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify({ file: object.key, heading, station }),
    }));
    const { Failed: failed = [] } = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: process.env.QUEUE_OPERATOR_FILES_URL, Entries }),
    );
    // Thrown, so that the whole file is tried again: whoever reads must bear a station twice.
    if (failed.length > 0) throw new Error(`${failed.length} stations of ${object.key} were not taken`);
  }
  return { stations: stations.length };
}
