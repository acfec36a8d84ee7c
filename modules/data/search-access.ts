import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { Construct } from "constructs";
import { arnLike, forService, policyDocument, stringEquals } from "../identity/policy";

export interface SearchAccessProps {
  /** Whether the role is made here; AWS has it once in all regions of an account. */
  readonly makesRole: boolean;
  readonly accountId: string;
  readonly region: string;
  readonly policyName: string;
  /** Names of the log groups of all domains, `*` within. */
  readonly logGroups: string;
  /** ARNs of all domains, `*` within. */
  readonly domainArns: string;
}

const OPENSEARCH = "opensearchservice.amazonaws.com";

/**
 * What OpenSearch needs once an account: the role by which it is in a network, and the leave to write logs. CloudWatch
 * Logs takes ten such policies in a region, so that all domains share one.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/slr-aos.html
 */
export class SearchAccess extends Construct {
  readonly roleArn: string;
  readonly logs: CloudwatchLogResourcePolicy;

  constructor(scope: Construct, id: string, props: SearchAccessProps) {
    super(scope, id);
    const { accountId, region } = props;
    this.roleArn = props.makesRole
      ? new IamServiceLinkedRole(this, "role", {
          awsServiceName: OPENSEARCH,
          description: "Lets OpenSearch place domains in the network",
        }).arn
      : `arn:aws:iam::${accountId}:role/aws-service-role/${OPENSEARCH}/AWSServiceRoleForAmazonOpenSearchService`;
    this.logs = new CloudwatchLogResourcePolicy(this, "logs", {
      policyName: props.policyName,
      policyDocument: policyDocument(this, "logs_document", [
        {
          sid: "DomainsWriteLogs",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
          resources: [`arn:aws:logs:${region}:${accountId}:log-group:${props.logGroups}`],
          principals: forService("es.amazonaws.com"),
          condition: [
            stringEquals("aws:SourceAccount", accountId),
            arnLike("aws:SourceArn", props.domainArns),
          ],
        },
      ]).json,
    });
  }
}
