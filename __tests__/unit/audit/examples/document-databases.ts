import { DocdbCluster } from "@cdktf/provider-aws/lib/docdb-cluster";
import { DocdbClusterParameterGroup } from "@cdktf/provider-aws/lib/docdb-cluster-parameter-group";
import type { TerraformStack } from "cdktf";
import { databaseHardening } from "../../../../modules/audit/guardrails/database-hardening";
import type { Example, Fault } from "../audited";

const guardrail = databaseHardening;
const cluster =
  (change: object = {}) =>
  (stack: TerraformStack) =>
    new DocdbCluster(stack, "cluster", {
      storageEncrypted: true,
      kmsKeyId: "arn:aws:kms:eu-central-1:200000000003:key/data",
      manageMasterUserPassword: true,
      backupRetentionPeriod: 7,
      ...change,
    });
const parameters = (values: Readonly<Record<string, string>>) => (stack: TerraformStack) =>
  new DocdbClusterParameterGroup(stack, "parameters", {
    family: "docdb5.0",
    parameter: Object.entries(values).map(([name, value]) => ({ name, value })),
  });
const GROUP = "aws_docdb_cluster_parameter_group.parameters";

export const DOCUMENT_FAULTS: readonly Fault[] = [
  {
    guardrail,
    shows: "documents in clear",
    build: cluster({ storageEncrypted: false }),
    address: "aws_docdb_cluster.cluster",
    given: "storage_encrypted false",
  },
  {
    guardrail,
    shows: "documents behind a password in the state",
    build: cluster({ manageMasterUserPassword: undefined, masterPassword: "hunter2" }),
    address: "aws_docdb_cluster.cluster",
    given: "a master password of its own",
  },
  {
    guardrail,
    shows: "documents without TLS",
    build: parameters({ audit_logs: "enabled", tls: "disabled" }),
    address: GROUP,
    given: "tls disabled",
  },
  {
    guardrail,
    shows: "documents that nobody audits",
    build: parameters({ tls: "tls1.2+" }),
    address: GROUP,
    given: "audit_logs nothing",
  },
];

export const DOCUMENT_SOUND: readonly Example[] = [
  { guardrail, shows: "a sound DocumentDB cluster", build: cluster() },
  {
    guardrail,
    shows: "documents over TLS, audited",
    build: parameters({ audit_logs: "ddl", tls: "tls1.3+" }),
  },
];
