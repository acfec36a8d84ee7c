import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import type { TerraformStack } from "cdktf";
import { databaseHardening } from "../../../../modules/audit/guardrails/database-hardening";
import type { Example, Fault } from "../audited";

const guardrail = databaseHardening;
const cluster =
  (change: object = {}) =>
  (stack: TerraformStack) =>
    new RdsCluster(stack, "cluster", {
      engine: "aurora-postgresql",
      storageEncrypted: true,
      kmsKeyId: "arn:aws:kms:eu-central-1:200000000003:key/data",
      manageMasterUserPassword: true,
      backupRetentionPeriod: 7,
      ...change,
    });
const parameters = (parameter: { name: string; value: string }[]) => (stack: TerraformStack) =>
  new RdsClusterParameterGroup(stack, "parameters", { family: "aurora-postgresql16", parameter });
const instance =
  (change: object = {}) =>
  (stack: TerraformStack) =>
    new DbInstance(stack, "instance", {
      engine: "mysql",
      instanceClass: "db.t4g.medium",
      storageEncrypted: true,
      kmsKeyId: "arn:aws:kms:eu-central-1:200000000003:key/data",
      manageMasterUserPassword: true,
      backupRetentionPeriod: 7,
      ...change,
    });
const group = (family: string, name: string, value: string) => (stack: TerraformStack) =>
  new DbParameterGroup(stack, "group", { family, parameter: [{ name, value }] });
const address = "aws_rds_cluster.cluster";

export const DATABASE_FAULTS: readonly Fault[] = [
  {
    guardrail,
    shows: "an instance's password written down",
    build: instance({ manageMasterUserPassword: undefined, passwordWo: "hunter2" }),
    address: "aws_db_instance.instance",
    given: "a master password of its own",
  },
  {
    guardrail,
    shows: "a replica in clear",
    build: instance({ replicateSourceDb: "orders", storageEncrypted: undefined }),
    address: "aws_db_instance.instance",
    given: "storage_encrypted nothing",
  },
  {
    guardrail,
    shows: "TLS as MySQL's choice",
    build: group("mysql8.4", "require_secure_transport", "0"),
    address: "aws_db_parameter_group.group",
    given: "require_secure_transport 0",
  },
  {
    guardrail,
    shows: "clear storage",
    build: cluster({ storageEncrypted: false }),
    address,
    given: "storage_encrypted false",
  },
  {
    guardrail,
    shows: "AWS's key",
    build: cluster({ kmsKeyId: undefined }),
    address,
    given: "kms_key_id nothing",
  },
  {
    guardrail,
    shows: "a password in the state",
    build: cluster({ manageMasterUserPassword: undefined, masterPassword: "hunter2" }),
    address,
    given: "a master password of its own",
  },
  {
    guardrail,
    shows: "three days of backups",
    build: cluster({ backupRetentionPeriod: 3 }),
    address,
    given: "backup_retention_period 3",
  },
  {
    guardrail,
    shows: "a public instance",
    build: (stack) =>
      new RdsClusterInstance(stack, "instance", {
        clusterIdentifier: "data",
        engine: "aurora-postgresql",
        instanceClass: "db.t4g.medium",
        publiclyAccessible: true,
      }),
    address: "aws_rds_cluster_instance.instance",
    given: "publicly_accessible true",
  },
  {
    guardrail,
    shows: "TLS as a choice",
    build: parameters([{ name: "rds.force_ssl", value: "0" }]),
    address: "aws_rds_cluster_parameter_group.parameters",
    given: "rds.force_ssl 0",
  },
];

export const DATABASE_SOUND: readonly Example[] = [
  {
    guardrail,
    shows: "a password that nobody knows",
    build: instance({ manageMasterUserPassword: undefined, passwordWo: "${uuid()}", passwordWoVersion: 1 }),
  },
  {
    guardrail,
    shows: "a replica, which has its source's key, users and backups",
    build: instance({
      replicateSourceDb: "orders",
      kmsKeyId: undefined,
      manageMasterUserPassword: undefined,
      backupRetentionPeriod: undefined,
    }),
  },
  {
    guardrail,
    shows: "another region's copy, which has the users of its primary",
    build: cluster({
      manageMasterUserPassword: undefined,
      globalClusterIdentifier: "live-orders-global",
      sourceRegion: "eu-west-1",
    }),
  },
  { guardrail, shows: "TLS only, of SQL Server", build: group("sqlserver-se-16.0", "rds.force_ssl", "1") },
  { guardrail, shows: "a cluster that is sound", build: cluster() },
  { guardrail, shows: "TLS only", build: parameters([{ name: "rds.force_ssl", value: "1" }]) },
  {
    guardrail,
    shows: "one day of backups where nothing is protected",
    build: cluster({ backupRetentionPeriod: 1 }),
    facts: { protection: false },
  },
];
