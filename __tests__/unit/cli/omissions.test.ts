import { omit } from "../../../cli/sandbox/omissions";

const stack = {
  resource: {
    aws_opensearch_domain: { search: { domain_name: "x" } },
    aws_route53_record: {
      name: { records: ["${aws_opensearch_domain.search.endpoint}"] },
      other: { records: ["x"] },
    },
    aws_ssm_parameter: { chain: { value: "${aws_route53_record.name.fqdn}" } },
    aws_sqs_queue: { later: { depends_on: ["aws_opensearch_domain.search", "aws_vpc.v"] } },
  },
  output: { endpoint: { value: "${aws_opensearch_domain.search.endpoint}" } },
};

describe("what an emulator cannot play", () => {
  const { json, omissions, total } = omit(JSON.stringify(stack));
  const left = JSON.parse(json) as typeof stack;

  it("is left out by type, and whatever rests on it too, each with its reason", () =>
    expect(omissions).toEqual([
      {
        address: "aws_opensearch_domain.search",
        type: "aws_opensearch_domain",
        reason: expect.stringMatching(/never becomes ready/),
      },
      {
        address: "aws_route53_record.name",
        type: "aws_route53_record",
        reason: "rests on aws_opensearch_domain.search",
      },
      {
        address: "aws_ssm_parameter.chain",
        type: "aws_ssm_parameter",
        reason: "rests on aws_route53_record.name",
      },
      { address: "output.endpoint", type: "output", reason: "rests on aws_opensearch_domain.search" },
    ]));
  it("counts all that there was", () => expect(total).toBe(5));
  it("keeps what only came after it", () =>
    expect(left.resource.aws_sqs_queue.later.depends_on).toEqual(["aws_vpc.v"]));
  it("keeps its siblings", () => expect(Object.keys(left.resource.aws_route53_record)).toEqual(["other"]));
  it("leaves a stack alone that has none of it", () =>
    expect(omit(JSON.stringify({ resource: { aws_vpc: { v: {} } } })).omissions).toEqual([]));
});
