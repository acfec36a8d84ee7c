import { findingIf, type Guardrail } from "../guardrail";
import { block, show } from "../values";

/** Arguments that give something an address on the internet; left out, none is given. */
const PUBLIC_ARGUMENTS: Readonly<Record<string, string>> = {
  aws_db_instance: "publicly_accessible",
  aws_dms_replication_instance: "publicly_accessible",
  aws_ecs_service: "assign_public_ip",
  aws_instance: "associate_public_ip_address",
  aws_mq_broker: "publicly_accessible",
  aws_rds_cluster_instance: "publicly_accessible",
  aws_redshift_cluster: "publicly_accessible",
  aws_subnet: "map_public_ip_on_launch",
};

/** Whatever runs or stores is private; the internet comes in through load balancers. */
export const noPublicAddress: Guardrail = {
  id: "no-public-address",
  controls: [
    "DMS.1",
    "EC2.9",
    "EC2.15",
    "ECS.2",
    "RDS.2",
    "CKV_AWS_17",
    "CKV_AWS_89",
    "CKV_AWS_130",
    "CKV_AWS_333",
  ],
  description: "Tasks, instances, stores and subnets get no public address",
  types: Object.keys(PUBLIC_ARGUMENTS),
  check: ({ type, attributes }) => {
    const argument = PUBLIC_ARGUMENTS[type] ?? "";
    const value =
      type === "aws_ecs_service"
        ? block(attributes["network_configuration"])[argument]
        : attributes[argument];
    return findingIf(
      value !== undefined && value !== false,
      `${argument} ${show(value)}`,
      `${argument} false`,
    );
  },
};
