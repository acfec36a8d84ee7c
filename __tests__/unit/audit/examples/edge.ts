import {
  CloudfrontDistribution,
  type CloudfrontDistributionConfig,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction, type LambdaFunctionConfig } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionUrl } from "@cdktf/provider-aws/lib/lambda-function-url";
import type { TerraformStack } from "cdktf";
import { distributionTls } from "../../../../modules/audit/guardrails/distribution-tls";
import { functionLogs } from "../../../../modules/audit/guardrails/function-logs";
import { functionRuntime } from "../../../../modules/audit/guardrails/function-runtime";
import { functionUrl } from "../../../../modules/audit/guardrails/function-url";
import { originAccessControl } from "../../../../modules/audit/guardrails/origin-access-control";
import type { Example, Fault } from "../audited";

const BEHAVIOR = {
  targetOriginId: "files",
  allowedMethods: ["GET", "HEAD"],
  cachedMethods: ["GET", "HEAD"],
  viewerProtocolPolicy: "redirect-to-https",
};
const BUCKET = { originId: "files", domainName: "files.s3.eu-central-1.amazonaws.com" };

const distribution = (config: Partial<CloudfrontDistributionConfig>) => (stack: TerraformStack) =>
  new CloudfrontDistribution(stack, "site", {
    enabled: true,
    origin: [{ ...BUCKET, originAccessControlId: "E1" }],
    defaultCacheBehavior: BEHAVIOR,
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021", sslSupportMethod: "sni-only" },
    ...config,
  });

const lambda = (config: Partial<LambdaFunctionConfig>) => (stack: TerraformStack) =>
  new LambdaFunction(stack, "function", {
    functionName: "live-orders-splitter",
    role: "arn:aws:iam::200000000003:role/slipway/splitter",
    runtime: "nodejs22.x",
    ...config,
  });

const url = (authorizationType: string) => (stack: TerraformStack) =>
  new LambdaFunctionUrl(stack, "url", { functionName: "live-orders-splitter", authorizationType });

const SITE = "aws_cloudfront_distribution.site";
const FUNCTION = "aws_lambda_function.function";

export const EDGE_FAULTS: readonly Fault[] = [
  {
    guardrail: distributionTls,
    shows: "a distribution that speaks TLS 1.0",
    build: distribution({ viewerCertificate: { minimumProtocolVersion: "TLSv1" } }),
    address: SITE,
    given: "minimum_protocol_version TLSv1",
  },
  {
    guardrail: distributionTls,
    shows: "a distribution with CloudFront's own certificate, which allows TLS 1.0",
    build: distribution({ viewerCertificate: { cloudfrontDefaultCertificate: true } }),
    address: SITE,
    given: "minimum_protocol_version nothing",
  },
  {
    guardrail: distributionTls,
    shows: "a path that is answered in clear",
    build: distribution({
      orderedCacheBehavior: [{ ...BEHAVIOR, pathPattern: "/old/*", viewerProtocolPolicy: "allow-all" }],
    }),
    address: SITE,
    given: "viewer_protocol_policy allow-all",
  },
  {
    guardrail: originAccessControl,
    shows: "a bucket that is read without a signature",
    build: distribution({ origin: [BUCKET] }),
    address: SITE,
    given: "origin files without origin_access_control_id",
  },
  {
    guardrail: originAccessControl,
    shows: "a bucket in the guise of a web server",
    build: distribution({
      origin: [
        {
          ...BUCKET,
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "http-only",
            originSslProtocols: ["TLSv1.2"],
          },
        },
      ],
    }),
    address: SITE,
    given: "origin files without origin_access_control_id",
  },
  {
    guardrail: functionRuntime,
    shows: "a runtime that AWS has retired",
    build: lambda({ runtime: "nodejs16.x" }),
    address: FUNCTION,
    given: "runtime nodejs16.x",
  },
  {
    guardrail: functionUrl,
    shows: "a function that anyone may call",
    build: url("NONE"),
    address: "aws_lambda_function_url.url",
    given: "authorization_type NONE",
  },
  {
    guardrail: functionLogs,
    shows: "a function whose logs Lambda keeps for ever",
    build: lambda({}),
    address: FUNCTION,
    given: "logging_config.log_group nothing",
  },
  {
    guardrail: functionLogs,
    shows: "a group that the stack does not have",
    build: lambda({ loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/elsewhere" } }),
    address: FUNCTION,
    given: "logging_config.log_group /aws/lambda/elsewhere",
  },
];

const ownServer = {
  originId: "server",
  domainName: "server.acme.example",
  customOriginConfig: {
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "https-only",
    originSslProtocols: ["TLSv1.2"],
  },
};

export const EDGE_SOUND: readonly Example[] = [
  { guardrail: distributionTls, shows: "TLS 1.2 and a redirect", build: distribution({}) },
  {
    guardrail: distributionTls,
    shows: "TLS 1.3 alone",
    build: distribution({ viewerCertificate: { minimumProtocolVersion: "TLSv1.3_2025" } }),
  },
  { guardrail: originAccessControl, shows: "a bucket with origin access control", build: distribution({}) },
  {
    guardrail: originAccessControl,
    shows: "a web server, which has no such control",
    build: distribution({ origin: [ownServer] }),
  },
  { guardrail: functionRuntime, shows: "a runtime that AWS mends", build: lambda({}) },
  {
    guardrail: functionRuntime,
    shows: "an image, which brings its own",
    build: lambda({ runtime: undefined, packageType: "Image" }),
  },
  { guardrail: functionUrl, shows: "a function that wants signed requests", build: url("AWS_IAM") },
  {
    guardrail: functionLogs,
    shows: "a function with a group of its stack",
    build: (stack) => {
      const { name } = new CloudwatchLogGroup(stack, "logs", { name: "/slipway/live", retentionInDays: 30 });
      lambda({ loggingConfig: { logFormat: "JSON", logGroup: name } })(stack);
    },
  },
];
