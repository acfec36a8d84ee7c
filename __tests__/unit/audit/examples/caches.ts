import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { MemorydbCluster } from "@cdktf/provider-aws/lib/memorydb-cluster";
import type { TerraformStack } from "cdktf";
import { cacheHardening } from "../../../../modules/audit/guardrails/cache-hardening";
import type { Example, Fault } from "../audited";

const guardrail = cacheHardening;
const group =
  (change: object = {}) =>
  (stack: TerraformStack) =>
    new ElasticacheReplicationGroup(stack, "group", {
      replicationGroupId: "sessions",
      description: "Sessions",
      atRestEncryptionEnabled: "true",
      kmsKeyId: "arn:aws:kms:eu-central-1:200000000003:key/data",
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      userGroupIds: ["sessions"],
      snapshotRetentionLimit: 7,
      ...change,
    });
const cluster =
  (change: object = {}) =>
  (stack: TerraformStack) =>
    new MemorydbCluster(stack, "cluster", {
      aclName: "profiles",
      nodeType: "db.t4g.small",
      kmsKeyArn: "arn:aws:kms:eu-central-1:200000000003:key/data",
      snapshotRetentionLimit: 7,
      ...change,
    });
const memory = "aws_memorydb_cluster.cluster";
const address = "aws_elasticache_replication_group.group";

export const CACHE_FAULTS: readonly Fault[] = [
  {
    guardrail,
    shows: "clear storage",
    build: group({ atRestEncryptionEnabled: "false" }),
    address,
    given: "at_rest_encryption_enabled false",
  },
  {
    guardrail,
    shows: "AWS's key",
    build: group({ kmsKeyId: undefined }),
    address,
    given: "kms_key_id nothing",
  },
  {
    guardrail,
    shows: "clear text on its way",
    build: group({
      transitEncryptionEnabled: false,
      transitEncryptionMode: undefined,
      userGroupIds: undefined,
    }),
    address,
    given: "transit_encryption_enabled false",
  },
  {
    guardrail,
    shows: "TLS as a choice",
    build: group({ transitEncryptionMode: "preferred" }),
    address,
    given: "transit_encryption_mode preferred",
  },
  {
    guardrail,
    shows: "clients that nobody knows",
    build: group({ userGroupIds: undefined }),
    address,
    given: "no user_group_ids",
  },
  {
    guardrail,
    shows: "a password in the state",
    build: group({ userGroupIds: undefined, authToken: "hunter2hunter2hunter2" }),
    address,
    given: "an auth_token (not shown)",
  },
  {
    guardrail,
    shows: "two days of snapshots",
    build: group({ snapshotRetentionLimit: 2 }),
    address,
    given: "snapshot_retention_limit 2",
  },
  {
    guardrail,
    shows: "AWS's key of a MemoryDB cluster",
    build: cluster({ kmsKeyArn: undefined }),
    address: memory,
    given: "kms_key_arn nothing",
  },
  {
    guardrail,
    shows: "clear text to a MemoryDB cluster",
    build: cluster({ tlsEnabled: false }),
    address: memory,
    given: "tls_enabled false",
  },
  {
    guardrail,
    shows: "a MemoryDB cluster for everybody",
    build: cluster({ aclName: "open-access" }),
    address: memory,
    given: "acl_name open-access",
  },
];

export const CACHE_SOUND: readonly Example[] = [
  { guardrail, shows: "a cache that is sound", build: group() },
  { guardrail, shows: "a MemoryDB cluster that is sound", build: cluster() },
  {
    guardrail,
    shows: "one day of snapshots where nothing is protected",
    build: group({ snapshotRetentionLimit: 1 }),
    facts: { protection: false },
  },
];
