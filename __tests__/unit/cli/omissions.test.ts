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
  it("is left out of policies' use too: a policy that speaks of it, and whatever has that policy", () => {
    const policies = omit(
      JSON.stringify({
        data: {
          aws_iam_policy_document: {
            gone: { statement: [{ resources: ["${aws_opensearch_domain.search.arn}"] }] },
            kept: { statement: [{ resources: ["*"] }] },
          },
        },
        resource: {
          aws_opensearch_domain: { search: {} },
          aws_s3_bucket_policy: {
            gone: { policy: "${data.aws_iam_policy_document.gone.json}" },
            kept: { policy: "${data.aws_iam_policy_document.kept.json}" },
          },
        },
      }),
    );
    const { data, resource } = JSON.parse(policies.json);
    expect(Object.keys(data.aws_iam_policy_document)).toEqual(["kept"]);
    expect(Object.keys(resource.aws_s3_bucket_policy)).toEqual(["kept"]);
  });
  it("is told of where a contract has to have it, so that what reads the contract is played", () => {
    const contract = {
      resource: {
        aws_codeconnections_connection: { repositories: { name: "acme" } },
        aws_ssm_parameter: {
          contract: {
            insecure_value:
              '${jsonencode({"connectionArn" = aws_codeconnections_connection.repositories.arn})}',
          },
        },
      },
    };
    const told = omit(JSON.stringify(contract));

    expect(told.omissions.map(({ address }) => address)).toEqual([
      "aws_codeconnections_connection.repositories",
    ]);
    expect(JSON.parse(told.json)).toEqual({
      resource: {
        aws_ssm_parameter: {
          contract: {
            insecure_value: expect.stringMatching(
              /^\$\{jsonencode\(\{"connectionArn" = "arn:aws:codeconnections:[^"]+"\}\)\}$/,
            ) as string,
          },
        },
      },
    });
  });
  it("counts all that there was", () => expect(total).toBe(5));
  it("keeps what only came after it", () =>
    expect(left.resource.aws_sqs_queue.later.depends_on).toEqual(["aws_vpc.v"]));
  it("keeps its siblings", () => expect(Object.keys(left.resource.aws_route53_record)).toEqual(["other"]));
  it("leaves a stack alone that has none of it", () =>
    expect(omit(JSON.stringify({ resource: { aws_vpc: { v: {} } } })).omissions).toEqual([]));
});
