import { loadFleet } from "../../environments/schema/load";
import { removeFolders } from "../support/company";
import { object, strings, synthesized, type Block } from "../support/synthesized";

afterAll(removeFolders);

/** The fifth case: only API Gateway faces the internet. */
const fleet = loadFleet("examples/private-fargate");
const { stacks } = synthesized(fleet);
const every = [...stacks.values()].flatMap((stack) => stack.resources());
const of = (...types: readonly string[]) => every.filter(({ type }) => types.includes(type));
const addresses = (found: readonly Block[]) => found.map(({ stack, address }) => `${stack}: ${address}`);
const open = (value: unknown) => /^(0\.0\.0\.0\/0|::\/0)$/.test(String(value));
const ENVIRONMENTS = ["live", "qa", "development"];

describe("no way in but the APIs", () => {
  it("no load balancer faces the internet, and none is anything but a Network Load Balancer", () => {
    const balancers = of("aws_lb");

    expect(balancers).toHaveLength(ENVIRONMENTS.length);
    expect(addresses(balancers.filter(({ values }) => values["internal"] !== true))).toEqual([]);
    expect(balancers.filter(({ values }) => values["load_balancer_type"] !== "network")).toEqual([]);
    expect(
      addresses(balancers.filter(({ values }) => !String(values["subnets"]).includes("privateSubnetIds"))),
    ).toEqual([]);
  });

  it("no group lets the internet in", () => {
    const rules = of("aws_vpc_security_group_ingress_rule");

    expect(rules.length).toBeGreaterThan(20);
    expect(
      addresses(rules.filter(({ values }) => open(values["cidr_ipv4"]) || open(values["cidr_ipv6"]))),
    ).toEqual([]);
  });

  it("tasks and functions are in private subnets, without a public address", () => {
    const services = of("aws_ecs_service").map((block) => ({
      block,
      network: object(block.values["network_configuration"]),
    }));

    expect(services).toHaveLength(7 * ENVIRONMENTS.length);
    const exposed = services.filter(
      ({ network }) =>
        network["assign_public_ip"] !== false || !String(network["subnets"]).includes("privateSubnetIds"),
    );
    expect(addresses(exposed.map(({ block }) => block))).toEqual([]);
    expect(
      addresses(
        of("aws_lambda_function").filter(
          ({ values }) => !String(object(values["vpc_config"])["subnet_ids"]).includes("privateSubnetIds"),
        ),
      ),
    ).toEqual([]);
  });

  it("nothing has an address of its own on the internet but NAT gateways, which let nobody in", () => {
    const used = new Set(of("aws_nat_gateway").map(({ values }) => String(values["allocation_id"])));
    const strange = of("aws_eip").filter(({ address }) => !used.has(`\${${address}.allocation_id}`));

    expect(addresses(strange.filter(({ address }) => !used.has(`\${${address}.id}`)))).toEqual([]);
    expect(
      addresses(
        of(
          "aws_cloudfront_distribution",
          "aws_lambda_function_url",
          "aws_globalaccelerator_accelerator",
          "aws_api_gateway_rest_api",
          "aws_instance",
        ),
      ),
    ).toEqual([]);
  });
});

describe("from the API to the tasks", () => {
  it("a load balancer lets in the VPC links of APIs, and nobody else", () => {
    const rules = of("aws_vpc_security_group_ingress_rule").filter(({ values }) =>
      String(values["security_group_id"]).includes("hosting_network_load_balancer"),
    );

    expect(rules.length).toBeGreaterThanOrEqual(18);
    expect(
      addresses(
        rules.filter(
          ({ values }) =>
            !/api_\w+\.insecure_value\)\.vpcLinkGroupId/.test(String(values["referenced_security_group_id"])),
        ),
      ),
    ).toEqual([]);
  });

  it("tasks let in the load balancer, and nobody else", () => {
    const rules = of("aws_vpc_security_group_ingress_rule").filter(({ values }) =>
      /aws_security_group\.group_group\.id/.test(String(values["security_group_id"])),
    );

    expect(rules.length).toBeGreaterThanOrEqual(18);
    expect(
      addresses(
        rules.filter(
          ({ values }) =>
            !String(values["referenced_security_group_id"]).includes("hosting_network_load_balancer"),
        ),
      ),
    ).toEqual([]);
  });

  it("it is TLS all the way to the load balancer, verified by name", () => {
    const integrations = of("aws_apigatewayv2_integration").filter(
      ({ values }) => values["connection_type"] === "VPC_LINK",
    );

    expect(integrations.length).toBeGreaterThanOrEqual(18);
    expect(
      addresses(
        integrations.filter(
          ({ values }) => object(values["tls_config"])["server_name_to_verify"] === undefined,
        ),
      ),
    ).toEqual([]);
    expect(addresses(of("aws_lb_listener").filter(({ values }) => values["protocol"] !== "TLS"))).toEqual([]);
  });

  it("every route asks who calls, but the one that takes visitors' clicks", () => {
    const routes = of("aws_apigatewayv2_route");
    const anybodys = routes.filter(({ values }) => values["authorization_type"] === "NONE");

    expect(routes.length).toBeGreaterThan(100);
    expect(anybodys.map(({ values }) => values["route_key"])).toEqual(ENVIRONMENTS.map(() => "POST /clicks"));
  });
});

describe("clicks", () => {
  const service = () => {
    const found = stacks.get("live-service-click-stream");
    if (found === undefined) throw new Error("live-service-click-stream is not there");
    return found;
  };

  it("go from the API into the stream, from there to a function, and from it into a table", () => {
    const put = service().at("aws_apigatewayv2_integration.api_clicks_stream_clicks_integration");
    const mapping = service().only("aws_lambda_event_source_mapping");

    expect(put["integration_subtype"]).toBe("Kinesis-PutRecord");
    expect(String(object(put["request_parameters"])["StreamName"])).toContain("data_clicks");
    expect(String(mapping["event_source_arn"])).toContain("data_clicks");
    expect(
      String(
        object(object(service().only("aws_lambda_function")["environment"])["variables"])["TABLE_VISITS"],
      ),
    ).toContain("data_visits");
  });

  it("that nobody could keep are told of in a queue, which wakes somebody", () => {
    const mapping = service().only("aws_lambda_event_source_mapping");

    expect(JSON.stringify(mapping["destination_config"])).toContain("function_click_recorder_failures");
    expect(mapping).toMatchObject({ bisect_batch_on_function_error: true });
    expect(strings(mapping["function_response_types"])).toEqual(["ReportBatchItemFailures"]);
  });
});
