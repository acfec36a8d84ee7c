import { Construct } from "constructs";
import { trustService } from "../identity/policy";
import { Role } from "../identity/role";

export interface MonitoringRoleProps {
  /** Identifier that its instances' identifiers begin with. */
  readonly identifier: string;
  /** Patterns of the instances' identifiers. */
  readonly instances: readonly string[];
  readonly accountId: string;
  readonly region: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
}

/**
 * The role by which RDS writes the metrics of instances to CloudWatch Logs.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
 */
export function monitoringRole(scope: Construct, props: MonitoringRoleProps): Role {
  const { accountId, region } = props;
  return new Role(scope, "monitoring", {
    roleName: props.roleName,
    path: props.rolePath,
    description: `Lets RDS record the metrics of ${props.identifier}'s instances`,
    boundaryArn: props.boundaryArn,
    trust: [
      trustService(
        "monitoring.rds.amazonaws.com",
        accountId,
        ...props.instances.map((instance) => `arn:aws:rds:${region}:${accountId}:db:${instance}`),
      ),
    ],
    managedPolicies: {
      metrics: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
    },
  });
}
