import { loadCompany, removeFolders } from "../../support/company";
import { frontOf, WITH_APIS } from "../../support/front";
import { object, strings, synthesized, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const fleet = loadCompany(WITH_APIS, []);
const stack = (id: string) => synthesized(fleet).stack(id);
const routes = (id: string) =>
  stack(id)
    .resources("aws_apigatewayv2_route")
    .map(({ values }) => `${String(values["route_key"])}: ${String(values["authorization_type"])}`)
    .sort();

/** The same company, whose orders answer other routes. */
const withRoutes = (apis: readonly object[]) => loadCompany(frontOf({}, { apis }));

describe("an API", () => {
  const api = () => stack("live-api-public");

  it("is a stack of its own, and comes before the services that bring routes", () => {
    const service = synthesized(fleet).platform.stacks.find(({ id }) => id === "live-service-orders");

    expect(service?.dependsOn).toEqual(
      expect.arrayContaining(["live-api-public", "live-api-clicks", "live-data-clicks"]),
    );
  });

  it("has one address: its host, by TLS 1.2, under a certificate of its own", () => {
    expect(api().only("aws_apigatewayv2_api")["disable_execute_api_endpoint"]).toBe(true);
    expect(api().only("aws_acm_certificate")["domain_name"]).toBe("api.live.acme.example");
    const domain = api().only("aws_apigatewayv2_domain_name");
    expect(domain["domain_name"]).toBe("api.live.acme.example");
    expect(object(domain["domain_name_configuration"])).toMatchObject({
      endpoint_type: "REGIONAL",
      security_policy: "TLS_1_2",
    });
    expect(api().at("aws_route53_record.http_name")["name"]).toBe("api.live.acme.example");
  });

  it("deploys by itself, holds each route back, and logs who asked for what", () => {
    const stage = api().only("aws_apigatewayv2_stage");

    expect(stage).toMatchObject({ name: "$default", auto_deploy: true });
    expect(object(stage["default_route_settings"])).toMatchObject({
      throttling_rate_limit: 100,
      throttling_burst_limit: 200,
    });
    const format = String(object(stage["access_log_settings"])["format"]);
    expect(format).toContain("$context.identity.sourceIp");
    expect(format).not.toMatch(/header|body|Authorization/i);
    expect(api().only("aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/vendedlogs/slipway/live/api/public",
      retention_in_days: 365,
    });
  });

  it("takes tokens of the account's user pool, made for the programs that sign in", () => {
    const { issuer, audience } = object(api().only("aws_apigatewayv2_authorizer")["jwt_configuration"]);

    expect(issuer).toBe(
      "https://cognito-idp.eu-central-1.amazonaws.com/${jsondecode(data.aws_ssm_parameter.auth_user_pool.insecure_value).userPoolId}",
    );
    expect(audience).toContain("auth_user_pool_clients");
    expect(stack("live-auth").at("aws_ssm_parameter.contract_user_pool_clients")["insecure_value"]).toContain(
      "aws_cognito_user_pool_client.client_app_client.id",
    );
  });

  it("takes tokens of whoever the account says instead", () => {
    const authorizers = { partners: { issuer: "https://id.partner.example/", audience: ["acme"] } };
    const other = loadCompany(
      frontOf({ apis: { public: { host: "api", authorizers }, clicks: { host: "clicks" } } }),
    );
    const made = synthesizedAlone(other, "live-api-public").only("aws_apigatewayv2_authorizer");

    expect(made).toMatchObject({
      name: "partners",
      jwt_configuration: { issuer: "https://id.partner.example/", audience: ["acme"] },
    });
  });

  it("tells of errors at once, of slowness in the morning", () => {
    const alarms = api().resources("aws_cloudwatch_metric_alarm");

    expect(alarms.map(({ values }) => values["alarm_name"]).sort()).toEqual([
      "live-public-api-http-5xx",
      "live-public-api-integration-latency",
      "live-public-api-latency",
    ]);
    expect(String(api().at("aws_cloudwatch_metric_alarm.alarms_http_5xx")["alarm_actions"])).toContain(
      "criticalTopicArn",
    );
  });

  it("cannot be destroyed by a plan of a protected account", () => {
    expect(object(api().only("aws_apigatewayv2_api")["lifecycle"])["prevent_destroy"]).toBe(true);
  });
});

describe("a service of an API", () => {
  const orders = () => stack("live-service-orders");

  it("answers what its file says, each route for those who may call it", () => {
    expect(routes("live-service-orders")).toEqual([
      "ANY /orders/{proxy+}: JWT",
      "ANY /orders: JWT",
      "GET /orders/{id}/lines: AWS_IAM",
      "POST /clicks: JWT",
    ]);
  });

  it("is asked through the VPC link by TLS, whose certificate is verified", () => {
    const integration = orders().at("aws_apigatewayv2_integration.api_public_private_8001_integration");

    expect(integration).toMatchObject({
      integration_type: "HTTP_PROXY",
      connection_type: "VPC_LINK",
      integration_uri: "${aws_lb_listener.door_private_8001_listener.arn}",
      tls_config: { server_name_to_verify: "orders.internal.live.acme.example" },
      timeout_milliseconds: 30_000,
    });
    expect(orders().only("aws_lb_listener")["protocol"]).toBe("TLS");
  });

  it("is asked whether it is well, not only whether it listens", () => {
    expect(object(orders().only("aws_lb_target_group")["health_check"])).toMatchObject({
      protocol: "HTTP",
      path: "/health",
      port: "traffic-port",
    });
  });

  it("lets nobody but the API reach the load balancer's port, and the load balancer alone its tasks", () => {
    const rules = orders().resources("aws_vpc_security_group_ingress_rule");

    expect(rules.map(({ id }) => id).sort()).toEqual([
      "door_private_8001_clients_of_public",
      "door_private_8001_ingress",
    ]);
    expect(rules.filter(({ values }) => "cidr_ipv4" in values)).toEqual([]);
    expect(
      String(
        orders().at("aws_vpc_security_group_egress_rule.api_public_private_8001_egress")["security_group_id"],
      ),
    ).toContain("vpcLinkGroupId");
  });

  it("has a role that puts records into its stream, and can do nothing else", () => {
    const statements = orders().statements(
      orders().at("aws_iam_role_policy.api_clicks_stream_clicks_identity_policy")["policy"],
    );

    expect(statements.flatMap(({ actions }) => strings(actions))).toEqual([
      "kinesis:PutRecord",
      "kms:GenerateDataKey",
    ]);
    expect(statements.flatMap(({ resources }) => strings(resources))).toEqual([
      "${jsondecode(data.aws_ssm_parameter.data_clicks.insecure_value).streamArn}",
      "${jsondecode(data.aws_ssm_parameter.secrets_keys.insecure_value).dataKeyArn}",
    ]);
    expect(
      object(
        orders().at("aws_apigatewayv2_integration.api_clicks_stream_clicks_integration")[
          "request_parameters"
        ],
      ),
    ).toMatchObject({ Data: "$request.body.data", PartitionKey: "$request.body.partitionKey" });
  });

  it("answers each method at a route of its own where browsers ask first", () => {
    const browsers = withRoutes([{ api: "clicks", path: "/hello" }]);

    expect(
      synthesizedAlone(browsers, "live-service-orders")
        .resources("aws_apigatewayv2_route")
        .map(({ values }) => values["route_key"]),
    ).toEqual(["DELETE /hello", "GET /hello", "HEAD /hello", "PATCH /hello", "POST /hello", "PUT /hello"]);
  });

  it("is found by other tasks only where it says so", () => {
    const found = loadCompany(frontOf({}, { serviceDiscovery: true }));

    expect(orders().resources("aws_service_discovery_service")).toEqual([]);
    expect(
      synthesizedAlone(found, "live-service-orders").resources("aws_service_discovery_service"),
    ).toHaveLength(1);
  });

  it("leaves nothing behind in the API's stack when its file goes", () => {
    const without = loadCompany({ ...WITH_APIS, services: { orders: undefined } });

    expect(synthesizedAlone(without, "live-api-public").json).toEqual(stack("live-api-public").json);
  });
});

it("a route asks for a scope in people's tokens where it says one", () => {
  const scoped = withRoutes([{ api: "public", path: "/orders", scopes: ["orders/read"] }]);

  expect(
    synthesizedAlone(scoped, "live-service-orders").only("aws_apigatewayv2_route")["authorization_scopes"],
  ).toEqual(["orders/read"]);
});
