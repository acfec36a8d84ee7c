import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { SecureBucket } from "../data/secure-bucket";
import { arnEquals, forService } from "../identity/policy";
import { Certificate } from "./certificate";
import { SiteHeaders } from "./site-headers";

/**
 * AWS's own policy for files: cached as long as their headers say, compressed, whatever cookies and queries say.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";
/** Seconds for which an answer to a path without a file is remembered: a new release brings new files. */
const ERROR_TTL = 10;

export interface SiteProps {
  /** Name in AWS of what only the site has; unique in the account. */
  readonly name: string;
  /** Full host name, within the zone. */
  readonly hostName: string;
  /** Public hosted zone of its name. */
  readonly zoneId: string;
  readonly bucketName: string;
  /** Key of its files; its policy lets CloudFront decrypt for this account's distributions. */
  readonly dataKeyArn: string;
  /** Whether a path without a file is answered by index.html; else by 404.html. */
  readonly singlePage: boolean;
  /** Where it is brought from. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PriceClass.html */
  readonly priceClass: string;
  /** Origins that its pages may call, beside their own. */
  readonly connectTo: readonly string[];
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
}

/**
 * A web site: files in a private bucket that CloudFront alone reads, under a name and a certificate of its own.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export class Site extends Construct {
  readonly distribution: CloudfrontDistribution;
  readonly files: SecureBucket;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    this.files = new SecureBucket(this, "files", {
      bucketName: props.bucketName,
      kmsKeyArn: props.dataKeyArn,
      keepVersionsDays: 30,
      protection: props.protection,
      statements: (bucketArn) => [
        {
          // Files by their names; without the right to list, one that is not there is answered by 403.
          sid: "CloudFrontReads",
          actions: ["s3:GetObject"],
          resources: [`${bucketArn}/*`],
          principals: forService("cloudfront.amazonaws.com"),
          condition: [arnEquals("aws:SourceArn", Lazy.stringValue({ produce: () => this.distribution.arn }))],
        },
      ],
    });
    const access = new CloudfrontOriginAccessControl(this, "access", {
      name: props.name,
      description: `Reads the files of ${props.hostName}`,
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
    const { policy } = new SiteHeaders(this, "headers", {
      name: props.name,
      hostName: props.hostName,
      connectTo: props.connectTo,
    });
    const { validation } = new Certificate(this, "certificate", {
      domainName: props.hostName,
      exact: true,
      zoneId: props.zoneId,
      // CloudFront takes certificates from there only.
      region: "us-east-1",
    });
    this.distribution = new CloudfrontDistribution(this, "distribution", {
      comment: props.hostName,
      enabled: true,
      aliases: [props.hostName],
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass: props.priceClass,
      defaultRootObject: "index.html",
      origin: [
        {
          originId: "files",
          domainName: this.files.bucket.bucketRegionalDomainName,
          originAccessControlId: access.id,
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "files",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        compress: true,
        cachePolicyId: CACHING_OPTIMIZED,
        responseHeadersPolicyId: policy.id,
      },
      customErrorResponse: [403, 404].map((errorCode) => ({
        errorCode,
        responseCode: props.singlePage ? 200 : 404,
        responsePagePath: props.singlePage ? "/index.html" : "/404.html",
        errorCachingMinTtl: ERROR_TTL,
      })),
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: {
        acmCertificateArn: validation.certificateArn,
        minimumProtocolVersion: "TLSv1.2_2021",
        sslSupportMethod: "sni-only",
      },
      waitForDeployment: true,
      lifecycle: { preventDestroy: props.protection },
    });
    for (const type of ["A", "AAAA"]) {
      new Route53Record(this, `name_${type.toLowerCase()}`, {
        zoneId: props.zoneId,
        name: props.hostName,
        type,
        alias: {
          name: this.distribution.domainName,
          zoneId: this.distribution.hostedZoneId,
          evaluateTargetHealth: false,
        },
      });
    }
  }
}
