import { Apigatewayv2Api, type Apigatewayv2ApiConfig } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route, type Apigatewayv2RouteConfig } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Apigatewayv2Stage, type Apigatewayv2StageConfig } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import type { TerraformStack } from "cdktf";
import { apiHardening } from "../../../../modules/audit/guardrails/api-hardening";
import { apiRouteAuthorizer } from "../../../../modules/audit/guardrails/api-route-authorizer";
import { privateAccount } from "../../../../modules/audit/guardrails/private-account";
import type { Example, Fault } from "../audited";

const route = (config: Partial<Apigatewayv2RouteConfig>) => (stack: TerraformStack) =>
  new Apigatewayv2Route(stack, "route", { apiId: "a", routeKey: "GET /orders", ...config });
const api = (config: Partial<Apigatewayv2ApiConfig>) => (stack: TerraformStack) =>
  new Apigatewayv2Api(stack, "api", {
    name: "public",
    protocolType: "HTTP",
    disableExecuteApiEndpoint: true,
    ...config,
  });
const stage = (config: Partial<Apigatewayv2StageConfig>) => (stack: TerraformStack) =>
  new Apigatewayv2Stage(stack, "stage", {
    apiId: "a",
    name: "$default",
    accessLogSettings: { destinationArn: "arn", format: "$context.requestId" },
    defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
    ...config,
  });
const domain = (securityPolicy: string) => (stack: TerraformStack) =>
  new Apigatewayv2DomainName(stack, "domain", {
    domainName: "api.live.acme.example",
    domainNameConfiguration: { certificateArn: "arn", endpointType: "REGIONAL", securityPolicy },
  });
const integration = (serverNameToVerify?: string) => (stack: TerraformStack) =>
  new Apigatewayv2Integration(stack, "integration", {
    apiId: "a",
    integrationType: "HTTP_PROXY",
    integrationMethod: "ANY",
    connectionType: "VPC_LINK",
    connectionId: "v",
    integrationUri: "arn",
    ...(serverNameToVerify === undefined ? {} : { tlsConfig: { serverNameToVerify } }),
  });
const balancer = (internal: boolean) => (stack: TerraformStack) =>
  new Lb(stack, "door", { name: "door", loadBalancerType: "network", internal });

export const API_FAULTS: readonly Fault[] = [
  {
    guardrail: apiRouteAuthorizer,
    shows: "a route that anybody may call",
    build: route({ authorizationType: "NONE" }),
    address: "aws_apigatewayv2_route.route",
    given: "authorization_type NONE",
  },
  {
    guardrail: apiRouteAuthorizer,
    shows: "a route that does not say who may call it",
    build: route({}),
    address: "aws_apigatewayv2_route.route",
    given: "authorization_type",
  },
  {
    guardrail: apiRouteAuthorizer,
    shows: "a route for tokens of nobody in particular",
    build: route({ authorizationType: "JWT" }),
    address: "aws_apigatewayv2_route.route",
    given: "without an authorizer",
  },
  {
    guardrail: apiHardening,
    shows: "an API with a second address",
    build: api({ disableExecuteApiEndpoint: false }),
    address: "aws_apigatewayv2_api.api",
    given: "disable_execute_api_endpoint false",
  },
  {
    guardrail: apiHardening,
    shows: "an API that pages of every origin may call",
    build: api({ corsConfiguration: { allowOrigins: ["*"] } }),
    address: "aws_apigatewayv2_api.api",
    given: "every origin",
  },
  {
    guardrail: apiHardening,
    shows: "a stage without access logs",
    build: (stack) =>
      new Apigatewayv2Stage(stack, "stage", {
        apiId: "a",
        name: "$default",
        defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
      }),
    address: "aws_apigatewayv2_stage.stage",
    given: "access_log_settings",
  },
  {
    guardrail: apiHardening,
    shows: "a stage that holds nothing back",
    build: stage({ defaultRouteSettings: { detailedMetricsEnabled: true } }),
    address: "aws_apigatewayv2_stage.stage",
    given: "throttling",
  },
  {
    guardrail: apiHardening,
    shows: "a host that speaks TLS 1.0",
    build: domain("TLS_1_0"),
    address: "aws_apigatewayv2_domain_name.domain",
    given: "TLS_1_0",
  },
  {
    guardrail: apiHardening,
    shows: "a VPC link in clear",
    build: integration(),
    address: "aws_apigatewayv2_integration.integration",
    given: "in clear",
  },
  {
    guardrail: privateAccount,
    shows: "a load balancer on the internet in an account that has none",
    build: balancer(false),
    facts: { publicLoadBalancers: false },
    address: "aws_lb.door",
    given: "internal false",
  },
];

export const API_SOUND: readonly Example[] = [
  {
    guardrail: apiRouteAuthorizer,
    shows: "a route for tokens of an authorizer",
    build: route({ authorizationType: "JWT", authorizerId: "z" }),
  },
  {
    guardrail: apiRouteAuthorizer,
    shows: "a route for signed requests",
    build: route({ authorizationType: "AWS_IAM" }),
  },
  {
    guardrail: apiHardening,
    shows: "an API at one host, logged, held back, by TLS on both sides",
    build: (stack) => {
      api({ corsConfiguration: { allowOrigins: ["https://www.acme.example"] } })(stack);
      stage({})(stack);
      domain("TLS_1_2")(stack);
      integration("orders.internal.live.acme.example")(stack);
    },
  },
  {
    guardrail: privateAccount,
    shows: "an internal load balancer there",
    build: balancer(true),
    facts: { publicLoadBalancers: false },
  },
  {
    guardrail: privateAccount,
    shows: "a public one where accounts have them",
    build: balancer(false),
  },
];
