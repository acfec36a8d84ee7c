import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { arnLike, forService, policyDocument, stringEquals } from "../identity/policy";

export interface WebAclProps {
  /** Name of the web ACL, and the end of its log group's. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** `block` refuses what a rule matches; `count` lets it through and logs it. */
  readonly mode: "block" | "count";
  /** Rules of AWS's groups that count in either mode, by name. */
  readonly countedRules: readonly string[];
  /** Requests that one address may make in five minutes. */
  readonly requestsPerAddress: number;
  readonly logRetentionInDays: number;
  readonly logsKeyArn: string;
}

/**
 * Groups that AWS keeps up to date, and the rules each has that `countedRules` may name: 975 of 1,500 capacity units.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const GROUPS = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesAnonymousIpList",
] as const;

/** Counts in either mode: partners' machines are in others' clouds, which it takes for hiding places. */
const COUNTED_GROUP = "AWSManagedRulesAnonymousIpList";

/** What nobody may read in a log. */
const REDACTED = ["authorization", "cookie"];

/** A web application firewall for load balancers that face the internet, and its log of what it matched. */
export class WebAcl extends Construct {
  private readonly acl: Wafv2WebAcl;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    this.acl = new Wafv2WebAcl(this, "acl", {
      name: props.name,
      description: "What reaches load balancers from the internet",
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rule: rules(props),
      visibilityConfig: visibility(props.name),
    });
    this.addLog(props);
  }

  /** Puts it in front of a load balancer. */
  protect(id: string, loadBalancerArn: string): void {
    new Wafv2WebAclAssociation(this, id, { resourceArn: loadBalancerArn, webAclArn: this.acl.arn });
  }

  /** https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
  private addLog(props: WebAclProps): void {
    const { name, accountId, region } = props;
    const logs = new CloudwatchLogGroup(this, "logs", {
      // WAF writes to groups that begin so, and to no other.
      name: `aws-waf-logs-${name}`,
      retentionInDays: props.logRetentionInDays,
      kmsKeyId: props.logsKeyArn,
    });
    const delivery = new CloudwatchLogResourcePolicy(this, "delivery", {
      policyName: `${name}-waf`,
      policyDocument: policyDocument(this, "delivery_policy", [
        {
          sid: "FirewallLogs",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${logs.arn}:*`],
          principals: forService("delivery.logs.amazonaws.com"),
          condition: [
            stringEquals("aws:SourceAccount", accountId),
            arnLike("aws:SourceArn", `arn:aws:logs:${region}:${accountId}:*`),
          ],
        },
      ]).json,
    });
    new Wafv2WebAclLoggingConfiguration(this, "logging", {
      resourceArn: this.acl.arn,
      logDestinationConfigs: [logs.arn],
      redactedFields: REDACTED.map((header) => ({ singleHeader: { name: header } })),
      // What was let through is in the load balancers' own logs.
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({
              actionCondition: { action },
            })),
          },
        ],
      },
      dependsOn: [delivery],
    });
  }
}

function rules({ mode, countedRules, requestsPerAddress }: WebAclProps): Wafv2WebAclRule[] {
  const groups = GROUPS.map((name, index): Wafv2WebAclRule => ({
    name,
    priority: index + 1,
    overrideAction: mode === "count" || name === COUNTED_GROUP ? { count: {} } : { none: {} },
    // The provider's type of a statement is open, so that its fields have Terraform's names.
    statement: {
      managed_rule_group_statement: {
        vendor_name: "AWS",
        name,
        ...(name === "AWSManagedRulesCommonRuleSet" && countedRules.length > 0
          ? {
              rule_action_override: countedRules.map((rule) => ({
                name: rule,
                action_to_use: { count: {} },
              })),
            }
          : {}),
      },
    },
    visibilityConfig: visibility(name),
  }));
  return [
    {
      name: "RequestsPerAddress",
      priority: 0,
      action: mode === "count" ? { count: {} } : { block: {} },
      statement: {
        rate_based_statement: {
          aggregate_key_type: "IP",
          evaluation_window_sec: 300,
          limit: requestsPerAddress,
        },
      },
      visibilityConfig: visibility("RequestsPerAddress"),
    },
    ...groups,
  ];
}

/** No samples: they would show headers that the log leaves out. */
const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});
