import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { forService, trustService } from "../identity/policy";
import { Role } from "../identity/role";

export interface DmsRolesProps {
  /** Name that DMS looks for the role of its network interfaces under. */
  readonly vpcRoleName: string;
  /** Name that DMS looks for the role of its logs under. */
  readonly logsRoleName: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
}

const MANAGED = "arn:aws:iam::aws:policy/service-role";

/**
 * The two roles that DMS itself takes on, once an account: it knows them by name, and by no path.
 * https://docs.aws.amazon.com/dms/latest/userguide/security-iam.html#CHAP_Security.APIRole
 */
export class DmsRoles extends Construct {
  /** Without these, DMS makes neither subnet groups nor logs. */
  readonly permissions: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DmsRolesProps) {
    super(scope, id);
    const { accountId, region, boundaryArn } = props;
    // https://docs.aws.amazon.com/dms/latest/userguide/cross-service-confused-deputy-prevention.html
    const trust = [trustService("dms.amazonaws.com", accountId, `arn:aws:dms:${region}:${accountId}:*`)];
    const vpc = new Role(this, "vpc", {
      roleName: props.vpcRoleName,
      description: "Lets DMS place its network interfaces",
      boundaryArn,
      trust,
      managedPolicies: { management: `${MANAGED}/AmazonDMSVPCManagementRole` },
    });
    const logs = new Role(this, "logs", {
      roleName: props.logsRoleName,
      description: "Lets DMS write the logs of its tasks",
      boundaryArn,
      // DMS names no source when it writes logs: with a condition there are none, and it says nothing of it.
      // https://repost.aws/knowledge-center/dms-cloudwatch-logs-not-appearing
      trust: [
        {
          sid: "TrustService",
          actions: ["sts:AssumeRole"],
          principals: forService("dms.amazonaws.com"),
        },
      ],
      managedPolicies: { logs: `${MANAGED}/AmazonDMSCloudWatchLogsRole` },
    });
    this.permissions = [...vpc.permissions, ...logs.permissions];
  }
}
