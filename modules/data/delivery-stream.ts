import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogStream } from "@cdktf/provider-aws/lib/cloudwatch-log-stream";
import {
  KinesisFirehoseDeliveryStream,
  type KinesisFirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessors as Processor,
} from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { Construct } from "constructs";
import { stringEquals, trustService, type Statement } from "../identity/policy";
import { Role } from "../identity/role";
import { DeliveryStreamAlarms } from "./delivery-stream-alarms";

export interface DeliveryStreamProps {
  /** Name in AWS; its objects' first folder is `folder`. */
  readonly deliveryStreamName: string;
  /** First folder of its objects, and below `errors/` of those that could not be delivered. */
  readonly folder: string;
  readonly streamArn: string;
  readonly bucketArn: string;
  /** Seconds, and MiB, after which what was gathered is written. */
  readonly bufferingInterval: number;
  readonly bufferingSize: number;
  readonly compressionFormat: string;
  /** Whether each record ends its line. */
  readonly newLines: boolean;
  /** Name of a folder to the jq expression of what it is called. @default folders by time only */
  readonly dynamicPartitioning?: Readonly<Record<string, string>>;
  readonly kmsKeyArn: string;
  readonly logGroupName: string;
  readonly logRetentionInDays: number;
  readonly logsKeyArn: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly criticalTopicArn: string;
  readonly warningTopicArn: string;
}

/** Hive's way to name folders, which Athena and Glue know. */
const BY_TIME = "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/";

/**
 * A Firehose stream from a Kinesis stream into a bucket, both under one customer key. It has no encryption of its own:
 * Firehose keeps nothing of a source that does.
 * https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
 */
export class DeliveryStream extends Construct {
  readonly stream: KinesisFirehoseDeliveryStream;

  constructor(scope: Construct, id: string, props: DeliveryStreamProps) {
    super(scope, id);
    const logGroup = new CloudwatchLogGroup(this, "logs", {
      name: props.logGroupName,
      retentionInDays: props.logRetentionInDays,
      kmsKeyId: props.logsKeyArn,
    });
    const logStream = new CloudwatchLogStream(this, "log_stream", {
      name: "delivery",
      logGroupName: logGroup.name,
    });
    const { role, permissions } = new Role(this, "identity", {
      roleName: props.roleName,
      path: props.rolePath,
      description: `Lets Firehose deliver ${props.deliveryStreamName}`,
      boundaryArn: props.boundaryArn,
      // Firehose names the account that it works for, and no delivery stream.
      trust: [trustService("firehose.amazonaws.com", props.accountId)],
      statements: [...this.statements(props), writeLogs(logGroup.arn)],
    });
    const processors = processorsOf(props);
    const folders = Object.keys(props.dynamicPartitioning ?? {}).sort();
    this.stream = new KinesisFirehoseDeliveryStream(this, "stream", {
      name: props.deliveryStreamName,
      destination: "extended_s3",
      kinesisSourceConfiguration: { kinesisStreamArn: props.streamArn, roleArn: role.arn },
      extendedS3Configuration: {
        roleArn: role.arn,
        bucketArn: props.bucketArn,
        kmsKeyArn: props.kmsKeyArn,
        prefix: [
          `${props.folder}/`,
          ...folders.map((name) => `${name}=!{partitionKeyFromQuery:${name}}/`),
          BY_TIME,
        ].join(""),
        errorOutputPrefix: `errors/${props.folder}/!{firehose:error-output-type}/${BY_TIME}`,
        bufferingInterval: props.bufferingInterval,
        bufferingSize: props.bufferingSize,
        compressionFormat: props.compressionFormat,
        cloudwatchLoggingOptions: {
          enabled: true,
          logGroupName: logGroup.name,
          logStreamName: logStream.name,
        },
        ...(folders.length === 0
          ? {}
          : { dynamicPartitioningConfiguration: { enabled: true, retryDuration: 300 } }),
        ...(processors.length === 0 ? {} : { processingConfiguration: { enabled: true, processors } }),
      },
      dependsOn: permissions,
    });
    new DeliveryStreamAlarms(this, "alarms", { ...props, partitioned: folders.length > 0 });
  }

  /** https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3 */
  private statements({ bucketArn, streamArn, kmsKeyArn, region, folder }: DeliveryStreamProps): Statement[] {
    return [
      {
        sid: "FindBucket",
        actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
        resources: [bucketArn],
      },
      {
        sid: "WriteObjects",
        actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
        resources: [`${bucketArn}/${folder}/*`, `${bucketArn}/errors/${folder}/*`],
      },
      {
        sid: "ReadStream",
        actions: [
          "kinesis:DescribeStream",
          "kinesis:DescribeStreamSummary",
          "kinesis:GetRecords",
          "kinesis:GetShardIterator",
          "kinesis:ListShards",
        ],
        resources: [streamArn],
      },
      {
        sid: "UseDataKey",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [kmsKeyArn],
        condition: [
          stringEquals(
            "kms:ViaService",
            ...["kinesis", "s3"].map((each) => `${each}.${region}.amazonaws.com`),
          ),
        ],
      },
    ];
  }
}

const writeLogs = (logGroupArn: string): Statement => ({
  sid: "WriteLogs",
  actions: ["logs:PutLogEvents"],
  resources: [`${logGroupArn}:log-stream:*`],
});

/** https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html */
function processorsOf({ newLines, dynamicPartitioning = {} }: DeliveryStreamProps): Processor[] {
  const keys = Object.entries(dynamicPartitioning).sort(([a], [b]) => (a < b ? -1 : 1));
  const query = `{${keys.map(([name, expression]) => `${name}:${expression}`).join(",")}}`;
  return [
    ...(keys.length === 0
      ? []
      : [
          {
            type: "MetadataExtraction",
            parameters: [
              { parameterName: "MetadataExtractionQuery", parameterValue: query },
              { parameterName: "JsonParsingEngine", parameterValue: "JQ-1.6" },
            ],
          },
        ]),
    ...(newLines ? [{ type: "AppendDelimiterToRecord" }] : []),
  ];
}
