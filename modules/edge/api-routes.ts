import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Construct } from "constructs";
import { Role } from "../identity/role";
import { forService, stringEquals } from "../identity/policy";

/** Who may call a route. */
export type RouteAuthorization =
  | { readonly type: "JWT"; readonly authorizerId: string; readonly scopes: readonly string[] }
  | { readonly type: "AWS_IAM" }
  | { readonly type: "NONE" };

export interface ApiRouteProps {
  readonly apiId: string;
  /** `POST /orders/{id}`. */
  readonly routeKey: string;
  readonly integrationId: string;
  readonly authorization: RouteAuthorization;
}

/** A route of an HTTP API, which leads to an integration. */
export function apiRoute(scope: Construct, id: string, props: ApiRouteProps): Apigatewayv2Route {
  const { authorization } = props;
  return new Apigatewayv2Route(scope, id, {
    apiId: props.apiId,
    routeKey: props.routeKey,
    target: `integrations/${props.integrationId}`,
    authorizationType: authorization.type,
    ...(authorization.type === "JWT"
      ? {
          authorizerId: authorization.authorizerId,
          ...(authorization.scopes.length === 0 ? {} : { authorizationScopes: [...authorization.scopes] }),
        }
      : {}),
  });
}

export interface LoadBalancerIntegrationProps {
  readonly apiId: string;
  readonly vpcLinkId: string;
  readonly description: string;
  /** The TLS listener of a private Network Load Balancer. */
  readonly listenerArn: string;
  /** Name that the listener's certificate is for. */
  readonly serverName: string;
  /** Seconds that an answer may take. */
  readonly timeout: number;
}

/**
 * Leads requests as they are through a VPC link to a listener, by TLS.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function loadBalancerIntegration(
  scope: Construct,
  id: string,
  props: LoadBalancerIntegrationProps,
): Apigatewayv2Integration {
  return new Apigatewayv2Integration(scope, id, {
    apiId: props.apiId,
    description: props.description,
    integrationType: "HTTP_PROXY",
    integrationMethod: "ANY",
    integrationUri: props.listenerArn,
    connectionType: "VPC_LINK",
    connectionId: props.vpcLinkId,
    payloadFormatVersion: "1.0",
    timeoutMilliseconds: props.timeout * 1000,
    tlsConfig: { serverNameToVerify: props.serverName },
  });
}

export interface StreamIntegrationProps {
  readonly apiId: string;
  readonly description: string;
  readonly streamName: string;
  readonly streamArn: string;
  /** Key of the stream. */
  readonly dataKeyArn: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly region: string;
}

/**
 * Puts what requests bring into a stream, with nothing between: of a JSON body, `data`, which is the record in Base64
 * as Kinesis takes it, under the key `partitionKey`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html#Kinesis-PutRecord
 */
export class StreamIntegration extends Construct {
  readonly integration: Apigatewayv2Integration;

  constructor(scope: Construct, id: string, props: StreamIntegrationProps) {
    super(scope, id);
    const { role, permissions } = new Role(this, "identity", {
      roleName: props.roleName,
      path: props.rolePath,
      description: `Lets API Gateway put records into ${props.streamName}, and nothing else`,
      boundaryArn: props.boundaryArn,
      // API Gateway names no source when it takes the role of an integration on; who may pass it one is bounded.
      trust: [
        {
          sid: "TrustApiGateway",
          actions: ["sts:AssumeRole"],
          principals: forService("apigateway.amazonaws.com"),
        },
      ],
      statements: [
        { sid: "PutRecords", actions: ["kinesis:PutRecord"], resources: [props.streamArn] },
        {
          sid: "EncryptRecords",
          actions: ["kms:GenerateDataKey"],
          resources: [props.dataKeyArn],
          condition: [stringEquals("kms:ViaService", `kinesis.${props.region}.amazonaws.com`)],
        },
      ],
    });
    this.integration = new Apigatewayv2Integration(this, "integration", {
      apiId: props.apiId,
      description: props.description,
      integrationType: "AWS_PROXY",
      integrationSubtype: "Kinesis-PutRecord",
      credentialsArn: role.arn,
      payloadFormatVersion: "1.0",
      timeoutMilliseconds: 30_000,
      requestParameters: {
        StreamName: props.streamName,
        Data: "$request.body.data",
        PartitionKey: "$request.body.partitionKey",
      },
      dependsOn: permissions,
    });
  }
}
