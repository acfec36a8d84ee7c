import { actions, anywhere, here, inRegions, type Grant } from "./grant";

/** What holds data; never the data itself. */
export const data: Grant = {
  concern: "data",
  description: "Databases, buckets, file systems, volumes and their snapshots",
  types: [
    "aws_db",
    "aws_dlm",
    "aws_docdb",
    "aws_dynamodb",
    "aws_ebs",
    "aws_efs",
    "aws_instance",
    "aws_elasticache",
    "aws_memorydb",
    "aws_opensearch",
    "aws_rds",
    "aws_s3",
    "aws_ssm_association",
    "aws_ssm_document",
    "aws_ssm_patch",
    "aws_volume_attachment",
  ],
  statements: (scope) => {
    const { accountId, organizationPrefix, accountName } = scope;
    const buckets = (purpose: string) =>
      `arn:aws:s3:::${organizationPrefix}${accountName}-${purpose}-${accountId}`;
    return [
      {
        sid: "ManageDatabases",
        actions: actions(
          "rds",
          "Add*",
          "Create*",
          "Delete*",
          "Failover*",
          "Modify*",
          "Promote*",
          "Reboot*",
          "Remove*",
          "Reset*",
          "Restore*",
          "Start*",
          "Stop*",
        ),
        // The last ones are of global databases, which have no region.
        resources: [here(scope, "rds", "*"), `arn:aws:rds::${accountId}:global-cluster:*`],
      },
      {
        // AWS asks the region of an encrypted cluster whether it may be copied into another.
        // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
        sid: "CopyClustersBetweenRegions",
        actions: ["rds:CreateDBCluster"],
        resources: [anywhere(scope, "rds", "*")],
        condition: [inRegions(scope)],
      },
      {
        sid: "ManageCaches",
        actions: actions(
          "elasticache",
          "*ReplicaCount",
          "*TagsToResource",
          "*TagsFromResource",
          "CompleteMigration",
          "Create*",
          "Delete*",
          "Modify*",
          "ResetCacheParameterGroup",
          "StartMigration",
          "TestMigration",
        ),
        resources: [here(scope, "elasticache", "*")],
      },
      {
        sid: "ManageMemoryDatabases",
        actions: actions(
          "memorydb",
          "Create*",
          "Delete*",
          "ResetParameterGroup",
          "TagResource",
          "UntagResource",
          "Update*",
        ),
        resources: [here(scope, "memorydb", "*")],
      },
      {
        sid: "ManageSearchDomains",
        actions: actions(
          "es",
          "AddTags",
          "CreateDomain",
          "DeleteDomain",
          "RemoveTags",
          "UpdateDomainConfig",
          "UpgradeDomain",
        ),
        resources: [here(scope, "es", "domain/*")],
      },
      {
        sid: "ManageBuckets",
        actions: actions(
          "s3",
          "CreateBucket",
          "DeleteBucket*",
          "PutAnalyticsConfiguration",
          "PutBucket*",
          "PutEncryptionConfiguration",
          "PutIntelligentTieringConfiguration",
          "PutInventoryConfiguration",
          "PutLifecycleConfiguration",
          "PutMetricsConfiguration",
          "PutReplicationConfiguration",
          "TagResource",
          "UntagResource",
        ),
        resources: [buckets("*")],
      },
      {
        sid: "ManageTables",
        actions: actions(
          "dynamodb",
          "CreateTable",
          "DeleteTable",
          "TagResource",
          "UntagResource",
          "UpdateContinuousBackups",
          "UpdateContributorInsights",
          "UpdateTable",
          "UpdateTimeToLive",
        ),
        resources: [here(scope, "dynamodb", "table/*")],
      },
      {
        // Of buckets that may be destroyed with what is in them.
        sid: "EmptyBuckets",
        actions: actions(
          "s3",
          ...(scope.emptiesLockedBuckets ? ["BypassGovernanceRetention"] : []),
          "DeleteObject",
          "DeleteObjectVersion",
        ),
        resources: [`${buckets("*")}/*`],
      },
      {
        sid: "ManageFileSystems",
        actions: actions(
          "elasticfilesystem",
          "Create*",
          "Delete*",
          "ModifyMountTargetSecurityGroups",
          "Put*",
          "TagResource",
          "UntagResource",
          "Update*",
        ),
        resources: [
          here(scope, "elasticfilesystem", "access-point/*"),
          here(scope, "elasticfilesystem", "file-system/*"),
        ],
      },
      {
        sid: "ManageVolumes",
        actions: actions("ec2", "*Volume*", "CreateSnapshot", "CreateTags", "DeleteTags"),
        resources: [
          here(scope, "ec2", "instance/*"),
          here(scope, "ec2", "volume/*"),
          `arn:aws:ec2:${scope.region}::snapshot/*`,
        ],
      },
      {
        sid: "ManageDatabaseInstances",
        actions: actions(
          "ec2",
          "ModifyInstance*",
          "MonitorInstances",
          "RunInstances",
          "StartInstances",
          "StopInstances",
          "TerminateInstances",
          "UnmonitorInstances",
        ),
        resources: [here(scope, "ec2", "*"), `arn:aws:ec2:${scope.region}::image/*`],
      },
      {
        sid: "ManageCareOfInstances",
        actions: actions(
          "ssm",
          "*Association",
          "*Document*",
          "*PatchBaseline*",
          "AddTagsToResource",
          "RemoveTagsFromResource",
        ),
        resources: [
          ...["association", "document", "patchbaseline"].map((kind) => here(scope, "ssm", `${kind}/*`)),
          here(scope, "ec2", "instance/*"),
          `arn:aws:ssm:${scope.region}::document/AWS-RunPatchBaseline`,
        ],
      },
      {
        // IAM knows these by no resource. https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
        sid: "MakeWithoutResource",
        actions: [
          "dlm:CreateLifecyclePolicy",
          "elasticfilesystem:CreateFileSystem",
          ...actions("memorydb", "CreateParameterGroup", "CreateSubnetGroup", "CreateUser"),
          "rds:CrossRegionCommunication",
          "ssm:CreatePatchBaseline",
        ],
        resources: ["*"],
        condition: [inRegions(scope)],
      },
      {
        sid: "ManageSnapshotPolicies",
        actions: actions(
          "dlm",
          "DeleteLifecyclePolicy",
          "TagResource",
          "UntagResource",
          "UpdateLifecyclePolicy",
        ),
        resources: [here(scope, "dlm", "policy/*")],
      },
    ];
  },
};
