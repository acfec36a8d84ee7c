import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesizedAlone, type SynthesizedStack } from "../../support/synthesized";
import { KINDS } from "../../../stacks/graph";

afterAll(removeFolders);

const LONG = `v=DKIM1; p=${"k".repeat(400)}`;
const fleet = (site: Record<string, unknown> = {}) =>
  loadCompany({
    accounts: {
      live: {
        edge: {
          sites: { office: { host: "office", ...site } },
          records: {
            key: { name: "k._domainkey.live.acme.example", type: "TXT", values: [LONG] },
            spf: { name: "live.acme.example", type: "TXT", values: ["v=spf1 exists:%{i}.acme.example -all"] },
          },
        },
      },
    },
  });
const edge = (site?: Record<string, unknown>) => synthesizedAlone(fleet(site), "live-edge");

describe("a web site", () => {
  let stack: SynthesizedStack;
  beforeAll(() => (stack = edge()));
  const distribution = () => stack.only("aws_cloudfront_distribution");

  it("is reached by its name, over both kinds of address, through HTTPS of TLS 1.2 at least", () => {
    expect(distribution()["aliases"]).toEqual(["office.live.acme.example"]);
    const records = stack
      .resources("aws_route53_record")
      .filter(({ id }) => id.startsWith("site_office_name"));
    expect(records.map(({ values }) => values["type"])).toEqual(["A", "AAAA"]);
    expect(distribution()["viewer_certificate"]).toMatchObject({ minimum_protocol_version: "TLSv1.2_2021" });
    expect(distribution()["default_cache_behavior"]).toMatchObject({
      viewer_protocol_policy: "redirect-to-https",
      compress: true,
    });
    expect(distribution()).toMatchObject({ http_version: "http2and3", is_ipv6_enabled: true });
  });

  it("has a certificate of its own name where CloudFront looks for it", () => {
    expect(stack.only("aws_acm_certificate")).toMatchObject({
      region: "us-east-1",
      domain_name: "office.live.acme.example",
    });
    expect(stack.only("aws_acm_certificate_validation")["region"]).toBe("us-east-1");
  });

  it("lets its distribution, and nothing else of CloudFront, read its files", () => {
    const [policy] = stack
      .resources("aws_s3_bucket_policy")
      .filter(({ id }) => id.startsWith("site_office"))
      .map(({ values }) => stack.statements(values["policy"]));
    const reads = policy?.find(({ sid }) => sid === "CloudFrontReads");
    expect(strings(reads?.["actions"])).toEqual(["s3:GetObject"]);
    expect(objects(reads?.["condition"])).toEqual([
      {
        test: "ArnEquals",
        variable: "aws:SourceArn",
        values: ["${aws_cloudfront_distribution.site_office_distribution.arn}"],
      },
    ]);
    const [origin] = objects(distribution()["origin"]);
    expect(origin?.["origin_access_control_id"]).toBe(
      "${aws_cloudfront_origin_access_control.site_office_access.id}",
    );
  });

  it("tells browsers to keep to HTTPS, and to call its zone alone", () => {
    const { strict_transport_security: hsts, content_security_policy: csp } = object(
      stack.only("aws_cloudfront_response_headers_policy")["security_headers_config"],
    );
    expect(object(hsts)["access_control_max_age_sec"]).toBeGreaterThanOrEqual(31_536_000);
    expect(object(csp)["content_security_policy"]).toContain(
      "connect-src 'self' https://*.live.acme.example wss://*.live.acme.example;",
    );
  });

  it("delivers its access logs, from us-east-1, into a bucket that takes them from this account", () => {
    expect(stack.only("aws_cloudwatch_log_delivery_source")).toMatchObject({
      region: "us-east-1",
      log_type: "ACCESS_LOGS",
      resource_arn: "${aws_cloudfront_distribution.site_office_distribution.arn}",
    });
    expect(stack.only("aws_cloudwatch_log_delivery")["depends_on"]).toEqual([
      "aws_s3_bucket_policy.logs_bucket_policy",
    ]);
  });

  it("refuses destruction where the account protects what people use", () =>
    expect(distribution()["lifecycle"]).toEqual({ prevent_destroy: true }));
});

it("a site of one page answers every path with it; another says that there is none", () => {
  const answers = (stack: SynthesizedStack) =>
    objects(stack.only("aws_cloudfront_distribution")["custom_error_response"]).map(
      ({ response_code: code, response_page_path: page }) => `${String(code)} ${String(page)}`,
    );
  expect(answers(edge())).toEqual(["200 /index.html", "200 /index.html"]);
  expect(answers(edge({ singlePage: false }))).toEqual(["404 /404.html", "404 /404.html"]);
});

describe("a record", () => {
  it("of a long text is made of strings that DNS takes", () => {
    const [value = ""] = strings(edge().at("aws_route53_record.record_key")["records"]);
    const parts = value.split('""');
    expect(parts.map(({ length }) => length)).toEqual([255, LONG.length - 255]);
    expect(parts.join("")).toBe(LONG);
  });

  it("keeps what looks like Terraform's templates as it is", () =>
    expect(strings(edge().at("aws_route53_record.record_spf")["records"])).toEqual([
      "v=spf1 exists:%%{i}.acme.example -all",
    ]));
});

it("sites wait for their zone to be delegated, as load balancers do", () => {
  const company = fleet();
  const lacks = company.accounts
    .flatMap((account) => KINDS.flatMap((kind) => kind(company, account)))
    .filter(({ concern }) => concern === "edge")
    .flatMap(({ lacks: facts = [] }) => facts);
  expect(lacks).toEqual([expect.objectContaining({ fact: "publicZone", blocksApply: true })]);
});

it("the data key lets CloudFront read for this account's distributions", () => {
  const secrets = synthesizedAlone(fleet(), "live-secrets");
  const statement = secrets
    .statements(secrets.at("aws_kms_key.data_key")["policy"])
    .find(({ sid }) => sid === "SitesAreRead");
  expect(statement).toMatchObject({
    actions: ["kms:Decrypt"],
    condition: [{ values: ["arn:aws:cloudfront::200000000003:distribution/*"] }],
  });
});
