import { z } from "zod";

/** Lower-case words joined by single dashes; the form AWS accepts in every kind of name. */
export const slug = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .regex(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      "lower-case letters, digits and single dashes, beginning with a letter",
    );

/** A twelve-digit AWS account id, as a string because leading zeros count. */
export const accountId = z.string().regex(/^\d{12}$/, "twelve digits, as a string");

/** A fully qualified DNS name in lower case, without a trailing dot (RFC 1035). */
export const domainName = z
  .string()
  .max(253)
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "a DNS name such as example.com, in lower case",
  );

/** The regions of AWS's commercial partition. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const REGIONS = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
] as const;

/** An AWS region code such as `eu-central-1`. */
export const region = z.enum(REGIONS);

/** Words for people, which Terraform must not take for an expression. */
export const plainText = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .regex(/^(?!.*[$%]\{)[^\n]*$/, "one line without ${ or %{");

/** A clock time, 24 hours, `HH:MM`. */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM, 00:00 to 23:59");

/** Whether a name is one of the IANA time zone database. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** An e-mail address; owners become tags, which take no apostrophe. */
export const email = z.email().regex(/^[^']*$/, "an e-mail address without an apostrophe");

/**
 * The retention periods, in days, that CloudWatch Logs accepts.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const logRetentionDays = z.literal([...LOG_RETENTION_DAYS]);

/** A cost centre, which becomes a tag. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const costCentre = z
  .string()
  .min(1)
  .max(40)
  .regex(
    /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
    "letters, digits, spaces and _ . : / = + - @, which is what every tag takes",
  );
