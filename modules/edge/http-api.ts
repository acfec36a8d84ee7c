import {
  Apigatewayv2Api,
  type Apigatewayv2ApiCorsConfiguration,
} from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { Apigatewayv2VpcLink } from "@cdktf/provider-aws/lib/apigatewayv2-vpc-link";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { Certificate } from "./certificate";

export interface HttpApiProps {
  /** Name of the API, of its VPC link and of the link's group. */
  readonly apiName: string;
  /** Fully qualified. */
  readonly hostName: string;
  /** Public hosted zone of the name. */
  readonly zoneId: string;
  readonly vpcId: string;
  /** Private subnets that the VPC link has its network interfaces in. */
  readonly subnetIds: string[];
  /** Requests a second that each route answers, on the average. */
  readonly rateLimit: number;
  /** Requests at once, on top. */
  readonly burstLimit: number;
  /** Pages of which origins may call it. @default none */
  readonly cors?: Apigatewayv2ApiCorsConfiguration;
  readonly logGroupName: string;
  readonly logRetentionInDays: number;
  readonly logsKeyArn: string;
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
}

/** What is kept of each request: who, what, how it ended, and what took how long; no header, no body, no token. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  protocol: "$context.protocol",
  host: "$context.domainName",
  method: "$context.httpMethod",
  path: "$context.path",
  route: "$context.routeKey",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integration.latency",
  integrationError: "$context.integration.error",
  authorizerError: "$context.authorizer.error",
  error: "$context.error.message",
  subject: "$context.authorizer.claims.sub",
};

/**
 * An HTTP API at a host of its own and nowhere else, without a route: services bring theirs, and the stage deploys
 * what comes and goes by itself. It reaches the VPC through its VPC link, which nothing lets in but what names its
 * group.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-private-integration.html
 */
export class HttpApi extends Construct {
  readonly api: Apigatewayv2Api;
  readonly vpcLink: Apigatewayv2VpcLink;
  /** The VPC link's group, without a rule: who stands behind the API adds its own. */
  readonly group: SecurityGroup;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    this.api = new Apigatewayv2Api(this, "api", {
      name: props.apiName,
      description: `What answers at ${props.hostName}`,
      protocolType: "HTTP",
      // Its other address would go past the host's certificate and whatever watches the host.
      disableExecuteApiEndpoint: true,
      ...(props.cors === undefined ? {} : { corsConfiguration: props.cors }),
      lifecycle: { preventDestroy: props.protection },
    });
    this.group = new SecurityGroup(this, "group", {
      namePrefix: `${props.apiName}-api-`,
      description: "What the API reaches in the VPC",
      vpcId: props.vpcId,
      tags: { Name: `${props.apiName}-api` },
      lifecycle: { createBeforeDestroy: true },
    });
    this.vpcLink = new Apigatewayv2VpcLink(this, "vpc_link", {
      name: props.apiName,
      subnetIds: props.subnetIds,
      securityGroupIds: [this.group.id],
    });
    this.addAddress(props, this.addStage(props));
  }

  private addStage(props: HttpApiProps): Apigatewayv2Stage {
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: props.logGroupName,
      retentionInDays: props.logRetentionInDays,
      kmsKeyId: props.logsKeyArn,
    });
    return new Apigatewayv2Stage(this, "stage", {
      apiId: this.api.id,
      // A stage of another name would stand before each path that tasks are asked for.
      name: "$default",
      autoDeploy: true,
      accessLogSettings: { destinationArn: logs.arn, format: Fn.jsonencode(ACCESS_LOG) },
      defaultRouteSettings: {
        throttlingRateLimit: props.rateLimit,
        throttlingBurstLimit: props.burstLimit,
        detailedMetricsEnabled: false,
      },
    });
  }

  private addAddress({ hostName, zoneId }: HttpApiProps, stage: Apigatewayv2Stage): void {
    const { validation } = new Certificate(this, "certificate", {
      domainName: hostName,
      exact: true,
      zoneId,
    });
    const domain = new Apigatewayv2DomainName(this, "domain", {
      domainName: hostName,
      domainNameConfiguration: {
        certificateArn: validation.certificateArn,
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
      },
    });
    new Apigatewayv2ApiMapping(this, "mapping", {
      apiId: this.api.id,
      domainName: domain.domainName,
      stage: stage.name,
    });
    new Route53Record(this, "name", {
      zoneId,
      name: hostName,
      type: "A",
      alias: {
        name: domain.domainNameConfiguration.targetDomainName,
        zoneId: domain.domainNameConfiguration.hostedZoneId,
        evaluateTargetHealth: false,
      },
    });
  }
}
