import { touchedParameters } from "../../../cli/touched-contracts";

const stack = (cidr: string, logs = "a") =>
  JSON.stringify({
    resource: {
      aws_vpc: { vpc: { cidr_block: cidr } },
      aws_subnet: { one: { vpc_id: "${aws_vpc.vpc.id}" } },
      aws_cloudwatch_log_group: { logs: { name: logs } },
      aws_ssm_parameter: {
        contract_network: {
          name: "/slipway/live/network/network",
          insecure_value: '${jsonencode({"subnets" = [aws_subnet.one.id]})}',
        },
      },
    },
  });

describe("the contracts that a change may give another value", () => {
  it("are those that rest on what changed, at whatever distance", () => {
    expect(touchedParameters(stack("10.0.0.0/16"), stack("10.1.0.0/16"))).toEqual([
      "/slipway/live/network/network",
    ]);
  });

  it("are none when something else of the stack changed", () => {
    expect(touchedParameters(stack("10.0.0.0/16"), stack("10.0.0.0/16", "b"))).toEqual([]);
  });

  it("are all of a stack that is new", () => {
    expect(touchedParameters("{}", stack("10.0.0.0/16"))).toHaveLength(1);
  });
});
