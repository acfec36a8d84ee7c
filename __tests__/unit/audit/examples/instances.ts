import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { LaunchConfiguration } from "@cdktf/provider-aws/lib/launch-configuration";
import { LaunchTemplate, type LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import { Fn, type TerraformStack } from "cdktf";
import { confusedDeputy } from "../../../../modules/audit/guardrails/confused-deputy";
import { fileSystemAccess } from "../../../../modules/audit/guardrails/file-system-access";
import { instanceHardening } from "../../../../modules/audit/guardrails/instance-hardening";
import { noSecretInUserData } from "../../../../modules/audit/guardrails/no-secret-in-user-data";
import { noWildcardResource } from "../../../../modules/audit/guardrails/no-wildcard-resource";
import { volumeEncryption } from "../../../../modules/audit/guardrails/volume-encryption";
import { instanceUserData } from "../../../../modules/compute/instance-user-data";
import { InstanceTemplate } from "../../../../modules/compute/instance-template";
import { FileSystem } from "../../../../modules/data/file-system";
import { ZonalVolumes } from "../../../../modules/data/zonal-volumes";
import { InstanceRole } from "../../../../modules/identity/instance-role";
import { ACCOUNT, BOUNDARY, type Example, type Fault } from "../audited";

const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/data`;
const root = { deviceName: "/dev/xvda", ebs: { encrypted: "true" } };
const template = (config: LaunchTemplateConfig) => (stack: TerraformStack) =>
  new LaunchTemplate(stack, "template", {
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [root],
    ...config,
  });
const userData = (text: string) => template({ userData: Fn.base64encode(Fn.rawString(text)) });
const mounting = (efs: object) => (stack: TerraformStack) =>
  new EcsTaskDefinition(stack, "task", {
    family: "reports",
    containerDefinitions: "[]",
    volume: [{ name: "files", efsVolumeConfiguration: { fileSystemId: "fs-1", ...efs } }],
  });
const entered = (config: object) => (stack: TerraformStack) =>
  new EfsAccessPoint(stack, "point", { fileSystemId: "fs-1", ...config });

const hardening: readonly (readonly [shows: string, config: LaunchTemplateConfig, given: string])[] = [
  ["IMDSv1", { metadataOptions: { httpTokens: "optional" } }, "http_tokens optional"],
  ["no word of metadata", { metadataOptions: undefined }, "http_tokens nothing"],
  [
    "credentials that containers reach",
    { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } },
    "http_put_response_hop_limit 2",
  ],
  ["a root that the image decides on", { blockDeviceMappings: [] }, "no block_device_mappings"],
  [
    "a second volume in clear",
    { blockDeviceMappings: [root, { deviceName: "/dev/sdf", ebs: { volumeSize: 10 } }] },
    "volume /dev/sdf: encrypted nothing",
  ],
  [
    "a public address",
    { networkInterfaces: [{ associatePublicIpAddress: "true" }] },
    "associate_public_ip_address true",
  ],
];

const secrets: readonly (readonly [shows: string, text: string])[] = [
  ["a password in user data", "#!/bin/bash\nexport DB_PASSWORD=hunter2\n"],
  ["an access key in user data", "#!/bin/bash\nAWS=AKIAIOSFODNN7EXAMPLE\n"],
  ["an address with a password in user data", "#!/bin/bash\ncurl https://me:hunter2@example.com\n"],
];

const mounts: readonly (readonly [shows: string, efs: object, given: string])[] = [
  ["a mount without access point", { transitEncryption: "ENABLED" }, "no access_point_id"],
  [
    "a mount that anybody may make",
    { transitEncryption: "ENABLED", authorizationConfig: { accessPointId: "fsap-1" } },
    "iam nothing",
  ],
  [
    "a mount in clear",
    { authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" } },
    "transit_encryption nothing",
  ],
];

export const INSTANCE_FAULTS: readonly Fault[] = [
  ...hardening.map(([shows, config, given]): Fault => ({
    guardrail: instanceHardening,
    shows,
    build: template(config),
    address: "aws_launch_template.template",
    given,
  })),
  {
    guardrail: instanceHardening,
    shows: "a launch configuration",
    build: (stack) => new LaunchConfiguration(stack, "old", { imageId: "ami-1", instanceType: "m5.large" }),
    address: "aws_launch_configuration.old",
    given: "a launch configuration",
  },
  ...secrets.map(([shows, text]): Fault => ({
    guardrail: noSecretInUserData,
    shows,
    build: userData(text),
    address: "aws_launch_template.template",
    given: "user_data with what looks like a secret",
  })),
  {
    guardrail: noSecretInUserData,
    shows: "a password in user data that is encoded",
    build: template({ userData: Buffer.from("#!/bin/bash\nTOKEN=hunter2\n").toString("base64") }),
    address: "aws_launch_template.template",
    given: "user_data with what looks like a secret",
  },
  {
    guardrail: volumeEncryption,
    shows: "a volume in clear",
    build: (stack) => new EbsVolume(stack, "volume", { availabilityZone: "eu-central-1a", size: 10 }),
    address: "aws_ebs_volume.volume",
    given: "encrypted nothing",
  },
  {
    guardrail: volumeEncryption,
    shows: "a file system under AWS's own key",
    build: (stack) => new EfsFileSystem(stack, "files", { encrypted: true }),
    address: "aws_efs_file_system.files",
    given: "no kms_key_id",
  },
  ...mounts.map(([shows, efs, given]): Fault => ({
    guardrail: fileSystemAccess,
    shows,
    build: mounting(efs),
    address: "aws_ecs_task_definition.task",
    given,
  })),
  {
    guardrail: fileSystemAccess,
    shows: "an access point to all of the file system",
    build: entered({ posixUser: { uid: 1000, gid: 1000 } }),
    address: "aws_efs_access_point.point",
    given: "root_directory /",
  },
  {
    guardrail: fileSystemAccess,
    shows: "an access point for root",
    build: entered({ rootDirectory: { path: "/a" }, posixUser: { uid: 0, gid: 0 } }),
    address: "aws_efs_access_point.point",
    given: "posix_user 0",
  },
  {
    guardrail: fileSystemAccess,
    shows: "a file system without policy",
    build: (stack) => new EfsFileSystem(stack, "files", { encrypted: true, kmsKeyId: KEY }),
    address: "aws_efs_file_system.files",
    given: "no aws_efs_file_system_policy",
  },
];

const ours = (stack: TerraformStack) =>
  new InstanceTemplate(stack, "launch", {
    name: "live-search",
    cpuArchitecture: "ARM64",
    vpcId: "vpc-1",
    clientGroupIds: [],
    profileArn: `arn:aws:iam::${ACCOUNT}:instance-profile/search`,
    userData: instanceUserData({
      clusterName: "live-cluster",
      region: "eu-central-1",
      reservedMemory: 256,
      volume: { name: "index", path: "/volumes/index" },
    }),
    rootVolumeSize: 50,
    dataKeyArn: KEY,
    tags: {},
  });
const files = (stack: TerraformStack) =>
  new FileSystem(stack, "store", {
    fileSystemName: "live-shared",
    kmsKeyArn: KEY,
    subnets: [],
    securityGroupId: "sg-1",
    accessPoints: { sites: { path: "/sites", uid: 1000, gid: 1000 } },
    warningTopicArn: `arn:aws:sns:eu-central-1:${ACCOUNT}:warning`,
    protection: true,
  });
const volumes = (stack: TerraformStack) =>
  new ZonalVolumes(stack, "store", {
    volumeName: "index",
    prefix: "live-index",
    zones: ["a"],
    accountId: ACCOUNT,
    region: "eu-central-1",
    rolePath: "/slipway/",
    boundaryArn: BOUNDARY,
    size: 10,
    iops: 3000,
    throughput: 125,
    kmsKeyArn: KEY,
    snapshots: 7,
    criticalTopicArn: `arn:aws:sns:eu-central-1:${ACCOUNT}:critical`,
    protection: true,
    finalSnapshot: true,
  });

const role = (stack: TerraformStack) =>
  new InstanceRole(stack, "role", {
    roleName: "live-search-instance",
    path: "/slipway/",
    boundaryArn: BOUNDARY,
    accountId: ACCOUNT,
    region: "eu-central-1",
    clusterName: "live-cluster",
    dataKeyArn: KEY,
    volume: "index",
  });

export const INSTANCE_SOUND: readonly Example[] = [
  { guardrail: confusedDeputy, shows: "EC2's trust, which names no source and needs none", build: role },
  { guardrail: noWildcardResource, shows: "what the platform's own instances may do", build: role },
  { guardrail: instanceHardening, shows: "the platform's own instances", build: ours },
  { guardrail: noSecretInUserData, shows: "the platform's own user data", build: ours },
  { guardrail: volumeEncryption, shows: "the platform's own file systems", build: files },
  { guardrail: volumeEncryption, shows: "the platform's own volumes", build: volumes },
  { guardrail: fileSystemAccess, shows: "the platform's own file systems", build: files },
  {
    guardrail: fileSystemAccess,
    shows: "a mount by an access point",
    build: mounting({
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" },
    }),
  },
];
