import { loadCompany, removeFolders } from "../../support/company";
import { list, object, objects, synthesizedAlone } from "../../support/synthesized";
import { estimate } from "../../../cli/cost/estimate";
import { buildPlatform } from "../../../stacks/graph";
import { temporaryFolder } from "../../support/company";

afterAll(removeFolders);

const hosting = (webAcl: object, extra: object = {}) =>
  synthesizedAlone(loadCompany({ accounts: { live: { hosting: { webAcl, ...extra } } } }), "live-hosting");
const acl = (webAcl: object = {}) => hosting(webAcl).only("aws_wafv2_web_acl");
const ruleOf = (of: ReturnType<typeof acl>, name: string) => {
  const rule = objects(of["rule"]).find((each) => each["name"] === name);
  if (rule === undefined) throw new Error(`No rule ${name}`);
  return rule;
};

describe("the firewall in front of public load balancers", () => {
  it("stands before each that faces the internet, and before no internal one", () => {
    const of = synthesizedAlone(
      loadCompany({
        accounts: { live: { hosting: {} } },
        files: { "ledgers/doors/live": "shards public 2\nshards internal 2\n" },
      }),
      "live-hosting",
    );

    expect(of.resources("aws_wafv2_web_acl_association").map(({ values }) => values["resource_arn"])).toEqual(
      ["${aws_lb.door_public_load_balancer.arn}", "${aws_lb.door_public_2_load_balancer.arn}"],
    );
    expect(of.resources("aws_wafv2_web_acl")).toHaveLength(1);
  });

  it("blocks by AWS's groups and by rate, bodies of any size aside", () => {
    expect(objects(acl()["rule"]).map(({ name, priority }) => [name, priority])).toEqual([
      ["RequestsPerAddress", 0],
      ["AWSManagedRulesAmazonIpReputationList", 1],
      ["AWSManagedRulesCommonRuleSet", 2],
      ["AWSManagedRulesKnownBadInputsRuleSet", 3],
      ["AWSManagedRulesAnonymousIpList", 4],
    ]);
    expect(ruleOf(acl(), "AWSManagedRulesAnonymousIpList")["override_action"]).toEqual({ count: {} });
    expect(acl()["default_action"]).toEqual({ allow: {} });
    const common = ruleOf(acl(), "AWSManagedRulesCommonRuleSet");
    expect(common["override_action"]).toEqual({ none: {} });
    expect(common["statement"]).toEqual({
      managed_rule_group_statement: {
        vendor_name: "AWS",
        name: "AWSManagedRulesCommonRuleSet",
        rule_action_override: [{ name: "SizeRestrictions_BODY", action_to_use: { count: {} } }],
      },
    });
    expect(ruleOf(acl({ requestsPerAddress: 90 }), "RequestsPerAddress")).toMatchObject({
      action: { block: {} },
      statement: { rate_based_statement: { limit: 90, aggregate_key_type: "IP" } },
    });
  });

  it("counts only, where it is told to", () => {
    const of = acl({ mode: "count" });

    expect(ruleOf(of, "RequestsPerAddress")["action"]).toEqual({ count: {} });
    expect(ruleOf(of, "AWSManagedRulesCommonRuleSet")["override_action"]).toEqual({ count: {} });
  });

  it("logs what it matched, without passwords, under the account's key", () => {
    const of = hosting({});
    const logging = of.only("aws_wafv2_web_acl_logging_configuration");

    expect(of.at("aws_cloudwatch_log_group.web_acl_logs")).toMatchObject({
      name: "aws-waf-logs-live-public",
      retention_in_days: 365,
      kms_key_id: expect.stringContaining("logsKeyArn"),
    });
    expect(
      list(logging["redacted_fields"]).map((field) => object(object(field)["single_header"])["name"]),
    ).toEqual(["authorization", "cookie"]);
    expect(logging["depends_on"]).toEqual(["aws_cloudwatch_log_resource_policy.web_acl_delivery"]);
    const [delivery] = of.statements(of.only("aws_cloudwatch_log_resource_policy")["policy_document"]);
    expect(JSON.stringify(delivery)).toContain("aws:SourceAccount");
  });

  it("is not there where nothing faces the internet", () =>
    expect(
      synthesizedAlone(
        loadCompany({
          accounts: { live: { hosting: { loadBalancers: { internal: { scheme: "internal" } } } } },
          services: { orders: { loadBalancers: [{ alb: "internal", host: "orders" }] } },
        }),
        "live-hosting",
      ).resources("aws_wafv2_web_acl"),
    ).toEqual([]));

  it("costs its price and that of its rules", () => {
    const { fleet, stacks } = buildPlatform(loadCompany(), { outdir: temporaryFolder() });
    const node = stacks.find(({ id }) => id === "live-hosting");

    expect(node && estimate(fleet, node).lines).toContainEqual({ what: "web ACL", usd: 10 });
  });
});

describe("without a firewall", () => {
  const off = (waivers: object[] = []) =>
    loadCompany({
      organization: { waivers },
      accounts: { live: { hosting: { webAcl: { mode: "off" } } } },
    });

  it("a public load balancer is refused", () =>
    expect(() => buildPlatform(off(), { outdir: temporaryFolder() })).toThrow(
      /live-hosting\/aws_lb\.door_public_load_balancer\n.*public-load-balancer-web-acl/,
    ));

  it("it may be where there is a waiver", () => {
    const waiver = {
      rule: "public-load-balancer-web-acl",
      resource: "live-hosting/*",
      reason: "Another firewall stands before it, until it is retired",
      owner: "security@acme.example",
      expires: "2099-01-01",
    };
    expect(() => buildPlatform(off([waiver]), { outdir: temporaryFolder() })).not.toThrow();
  });
});
