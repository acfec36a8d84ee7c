import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DmsReplicationSubnetGroup } from "@cdktf/provider-aws/lib/dms-replication-subnet-group";
import type { Construct } from "constructs";
import type { DmsMigration } from "../../environments/schema/migration/dms";
import * as names from "../../environments/schema/names";
import { Assessments } from "../../modules/migration/assessments";
import { DmsRoles } from "../../modules/migration/dms-roles";
import { publish, read } from "../contract";
import { keysContract, replicationSubnetsContract, topicsContract, vpcContract } from "../contracts";
import { PlatformStack, type PlatformStackProps } from "../platform-stack";
import { addMigrationNotices } from "./notices";
import { replicationTier } from "./placement";

export interface MigrationFoundationProps extends Omit<PlatformStackProps, "concern"> {
  /** The account's migrations by DMS. */
  readonly migrations: readonly DmsMigration[];
}

/**
 * What an account's migrations share, and what stays of them: DMS's own roles, subnet groups, logs, assessments, and who is told
 * what DMS tells.
 */
export class MigrationFoundationStack extends PlatformStack {
  constructor(scope: Construct, props: MigrationFoundationProps) {
    super(scope, { ...props, concern: "migration" });
    const { account, protection } = this;
    const { migrations } = props;
    const roles = new DmsRoles(this, "roles", {
      vpcRoleName: names.DMS_VPC_ROLE,
      logsRoleName: names.DMS_LOGS_ROLE,
      boundaryArn: names.boundaryArn(account),
      accountId: account.id,
      region: account.region,
    });
    const vpc = read(this, vpcContract);
    const subnets = { private: vpc.privateSubnetIds, isolated: vpc.isolatedSubnetIds };
    for (const tier of new Set(migrations.map((one) => replicationTier(one, account)).sort())) {
      const group = new DmsReplicationSubnetGroup(this, `subnets_${tier}`, {
        replicationSubnetGroupId: names.migrationSubnets(account, tier),
        replicationSubnetGroupDescription: `Where replications of ${account.name} are, ${tier}`,
        subnetIds: subnets[tier],
        dependsOn: roles.permissions,
      });
      publish(this, replicationSubnetsContract(tier), { subnetGroupId: group.replicationSubnetGroupId });
    }
    const { logsKeyArn, dataKeyArn } = read(this, keysContract);
    new Assessments(this, "assessments", {
      bucketName: names.migrationAssessments(this.fleet.organization, account),
      roleName: names.migrationAssessmentRole(account),
      rolePath: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      accountId: account.id,
      region: account.region,
      dataKeyArn,
      protection,
    });
    for (const { id, compute } of migrations) {
      if (compute.mode !== "instance") continue;
      // DMS would make it itself, without a key and without an end.
      new CloudwatchLogGroup(this, `logs_${id.replaceAll("-", "_")}`, {
        name: names.migrationLogGroup(account, id),
        retentionInDays: account.capabilities.auditLogRetentionDays,
        kmsKeyId: logsKeyArn,
        lifecycle: { preventDestroy: protection },
      });
    }
    addMigrationNotices(this, read(this, topicsContract));
  }
}
