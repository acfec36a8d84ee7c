import type { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import { Construct } from "constructs";
import { SecureBucket } from "../data/secure-bucket";
import { arnLike, forService, stringEquals } from "../identity/policy";

/** Where CloudFront's logs are delivered from, wherever they go to. */
const REGION = "us-east-1";

export interface SiteLogsProps {
  readonly bucketName: string;
  readonly accountId: string;
  /** Name in AWS of the delivery's destination. */
  readonly name: string;
  readonly expireAfterDays: number;
  readonly protection: boolean;
}

/**
 * The bucket that sites' access logs go to, and their deliveries.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export class SiteLogs extends Construct {
  private readonly bucket: SecureBucket;
  private readonly destination: CloudwatchLogDeliveryDestination;
  private latest: CloudwatchLogDelivery | undefined;

  constructor(scope: Construct, id: string, props: SiteLogsProps) {
    super(scope, id);
    this.bucket = new SecureBucket(this, "bucket", {
      bucketName: props.bucketName,
      expireAfterDays: props.expireAfterDays,
      keepVersionsDays: 30,
      protection: props.protection,
      statements: (bucketArn) => [
        {
          sid: "LogsDeliver",
          actions: ["s3:PutObject"],
          resources: [`${bucketArn}/AWSLogs/${props.accountId}/*`],
          principals: forService("delivery.logs.amazonaws.com"),
          condition: [
            stringEquals("s3:x-amz-acl", "bucket-owner-full-control"),
            stringEquals("aws:SourceAccount", props.accountId),
            arnLike("aws:SourceArn", `arn:aws:logs:${REGION}:${props.accountId}:delivery-source:*`),
          ],
        },
      ],
    });
    this.destination = new CloudwatchLogDeliveryDestination(this, "destination", {
      region: REGION,
      name: props.name,
      outputFormat: "json",
      deliveryDestinationConfiguration: [{ destinationResourceArn: this.bucket.bucket.arn }],
    });
  }

  /** Delivers the access logs of a site's distribution; `name` is the delivery source's, unique in the account. */
  deliver(site: string, name: string, distribution: CloudfrontDistribution): void {
    const source = new CloudwatchLogDeliverySource(this, `${site}_source`, {
      region: REGION,
      name,
      logType: "ACCESS_LOGS",
      resourceArn: distribution.arn,
    });
    this.latest = new CloudwatchLogDelivery(this, `${site}_delivery`, {
      region: REGION,
      deliverySourceName: source.name,
      deliveryDestinationArn: this.destination.arn,
      // CloudWatch Logs would write a policy of its own onto a bucket that does not let it in; and it takes one
      // delivery to a destination after the other.
      dependsOn: [this.bucket.policy, ...(this.latest === undefined ? [] : [this.latest])],
    });
  }
}
