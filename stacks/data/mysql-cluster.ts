import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { networkZones } from "../../environments/schema/capacity";
import { INSTANCE_TYPES } from "../../environments/schema/instance-types";
import { mysqlReplicas, OWN_MYSQL_VARIABLES } from "../../environments/schema/mysql";
import * as names from "../../environments/schema/names";
import { MysqlAlarms } from "../../modules/data/mysql-alarms";
import { MysqlCare } from "../../modules/data/mysql-care";
import { MysqlMemberRole } from "../../modules/data/mysql-member-role";
import { MysqlMembers } from "../../modules/data/mysql-members";
import { mysqlProgram } from "../../modules/data/mysql-program";
import { SecureBucket } from "../../modules/data/secure-bucket";
import { MemberRules } from "../../modules/network/member-rules";
import { StoreGroups } from "../../modules/network/store-groups";
import { publish, read } from "../contract";
import {
  bucketContract,
  keysContract,
  mysqlClusterContract,
  secretContract,
  topicsContract,
  vpcContract,
  zonesContract,
} from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

const MYSQL_PORT = 3306;

/** Days for which a dump that somebody overwrote can be had back. */
const OVERWRITTEN_DAYS = 7;

/** One MySQL cluster on EC2 instances: its members, their care, their backups, and the group that clients join. */
export class MysqlClusterStack extends PlatformStack {
  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"mysqlClusters">) {
    super(scope, { ...props, concern: "data" });
    const { account, fleet, protection, finalSnapshot } = this;
    const clusterName = names.store(account, props.name);
    const vpc = read(this, vpcContract);
    const keys = read(this, keysContract);
    const zones = read(this, zonesContract);
    const groups = new StoreGroups(this, "groups", { name: clusterName, vpcId: vpc.vpcId, port: MYSQL_PORT });
    new MemberRules(this, "members", { securityGroupId: groups.server.id, port: MYSQL_PORT });
    const backups = new SecureBucket(this, "backups", {
      bucketName: names.bucket(fleet.organization, account, names.mysqlBackups(props.name)),
      kmsKeyArn: keys.dataKeyArn,
      expireAfterDays: definition.backupRetentionDays,
      keepVersionsDays: OVERWRITTEN_DAYS,
      protection,
    });
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: names.storeLogGroup(account, props.name, "mysql"),
      retentionInDays: account.capabilities.logRetentionDays,
      kmsKeyId: keys.logsKeyArn,
    });
    const packages = read(this, bucketContract(definition.packages.bucket));
    const role = new MysqlMemberRole(this, "role", {
      roleName: names.mysqlMemberRole(account, props.name),
      path: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      accountId: account.id,
      region: account.region,
      packageArn: `${packages.bucketArn}/${definition.packages.key}`,
      backupBucketArn: backups.bucket.arn,
      secretArn: read(this, secretContract(definition.replicationSecret)).arn,
      logGroupArn: logs.arn,
      namespace: names.mysqlNamespace(account),
      dataKeyArn: keys.dataKeyArn,
    });
    const numbers = Array.from({ length: 1 + mysqlReplicas(account, definition) }, (_, index) => index + 1);
    const zone = names.privateZone(account.network?.publicZone ?? "");
    const hosts = {
      primaryHost: names.mysqlHost(props.name, zone),
      readerHost: names.mysqlHost(`${props.name}-reader`, zone),
      memberHosts: numbers.map((number) => names.mysqlHost(`${props.name}-${number}`, zone)),
    };
    const networked = networkZones(account);
    const { members: instances } = new MysqlMembers(this, "store", {
      clusterName,
      ...hosts,
      zoneId: zones.privateZoneId,
      places: numbers.map((number) => {
        const position = (number - 1) % networked.length;
        return {
          availabilityZone: `${account.region}${networked[position] ?? ""}`,
          subnetId: Fn.element(vpc.isolatedSubnetIds, position) as string,
        };
      }),
      instanceType: definition.instanceType,
      cpuArchitecture: INSTANCE_TYPES.get(definition.instanceType)?.cpuArchitecture ?? "ARM64",
      securityGroupIds: [groups.server.id],
      profileName: role.profileName,
      patchGroup: clusterName,
      size: definition.size,
      iops: definition.iops,
      throughput: definition.throughput,
      snapshots: account.capabilities.deletionProtection ? 35 : 7,
      dataKeyArn: keys.dataKeyArn,
      primary: definition.primary,
      accountId: account.id,
      region: account.region,
      rolePath: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      protection,
      finalSnapshot,
      dependsOn: role.permissions,
    });
    const members = instances.map(({ instance, volume }) => ({
      instanceId: instance.id,
      volumeId: volume.id,
    }));
    const databaseName = definition.databaseName ?? names.databaseName(props.name);
    new MysqlCare(this, "care", {
      clusterName,
      patchGroup: clusterName,
      primary: definition.primary,
      members,
      program: mysqlProgram({
        clusterName,
        region: account.region,
        namespace: names.mysqlNamespace(account),
        primaryHost: hosts.primaryHost,
        memberHosts: hosts.memberHosts,
        databaseName,
        variables: Object.entries({ ...definition.parameters, ...OWN_MYSQL_VARIABLES }).sort(([a], [b]) =>
          a < b ? -1 : 1,
        ),
        packages: {
          bucketName: names.bucket(fleet.organization, account, definition.packages.bucket),
          key: definition.packages.key,
          sha256: definition.packages.sha256,
        },
        backupBucketName: names.bucket(fleet.organization, account, names.mysqlBackups(props.name)),
        replicationSecret: names.secretName(account, definition.replicationSecret),
        logGroupName: names.storeLogGroup(account, props.name, "mysql"),
      }),
      dependsOn: [...role.permissions, backups.policy],
    });
    new MysqlAlarms(this, "alarms", {
      clusterName,
      namespace: names.mysqlNamespace(account),
      region: account.region,
      members,
      ...read(this, topicsContract),
    });
    publish(this, mysqlClusterContract(props.name), {
      endpoint: hosts.primaryHost,
      readerEndpoint: hosts.readerHost,
      port: String(MYSQL_PORT),
      databaseName,
      clientGroupId: groups.client.id,
      serverGroupId: groups.server.id,
    });
  }
}

export const mysqlClusterStacks = storeStacks<"mysqlClusters">(
  ({ mysqlClusters }) => mysqlClusters,
  MysqlClusterStack,
);
