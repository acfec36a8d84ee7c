import type { Construct } from "constructs";
import { searchNodes } from "../../environments/schema/data/search-domain";
import * as names from "../../environments/schema/names";
import { SearchAlarms } from "../../modules/data/search-alarms";
import { SEARCH_PORT, SearchDomain } from "../../modules/data/search-domain";
import { SecureBucket } from "../../modules/data/secure-bucket";
import { arnEquals, forArn, stringEquals, trustService } from "../../modules/identity/policy";
import { Role } from "../../modules/identity/role";
import { StoreGroups } from "../../modules/network/store-groups";
import { publish, read } from "../contract";
import {
  keysContract,
  searchContract,
  searchDomainContract,
  topicsContract,
  vpcContract,
} from "../contracts";
import { PlatformStack } from "../platform-stack";
import { storeStacks, type StoreStackProps } from "./store-stacks";

const MASTERS = 3;

/** One OpenSearch domain with its alarms, the role that administers it, and a place for snapshots. */
export class SearchDomainStack extends PlatformStack {
  private readonly domainName: string;
  private readonly domainArn: string;

  constructor(scope: Construct, { definition, ...props }: StoreStackProps<"searchDomains">) {
    super(scope, { ...props, concern: "data" });
    const { account, protection } = this;
    const { capabilities } = account;
    this.domainName = names.store(account, props.name);
    this.domainArn = names.searchDomainArn(account, this.domainName);
    const { domainName, domainArn } = this;
    // What all domains share comes first: AWS refuses one in a network without its role, or with logs it may not write.
    const { serviceLinkedRoleArn } = read(this, searchContract);
    const vpc = read(this, vpcContract);
    const groups = new StoreGroups(this, "groups", { name: domainName, vpcId: vpc.vpcId, port: SEARCH_PORT });
    const { dataKeyArn, logsKeyArn } = read(this, keysContract);
    const { dedicatedMasters, ...nodes } = searchNodes(definition, account);
    const snapshots = this.snapshots(props.name, dataKeyArn);
    const master = this.masterRole(props.name, snapshots.roleArn);
    const { domain } = new SearchDomain(this, "store", {
      domainName,
      domainArn,
      engineVersion: definition.engineVersion,
      ...nodes,
      ...(dedicatedMasters ? { dedicatedMasterType: definition.dedicatedMasterType } : {}),
      volumeSize: definition.volumeSize,
      subnetIds: vpc.isolatedSubnetIds,
      securityGroupId: groups.server.id,
      dataKeyArn,
      logsKeyArn,
      logRetentionInDays: capabilities.logRetentionDays,
      auditLogRetentionInDays: capabilities.auditLogRetentionDays,
      logGroupName: (log) => names.storeLogGroup(account, props.name, log),
      accountRootArn: names.rootArn(account),
      clientArns: [names.roleArn(account, `${names.WORKLOAD_ROLE_PATH.slice(1)}*`)],
      masterRoleArn: master.role.arn,
      dependsOn: master.permissions,
      protection,
    });
    new SearchAlarms(this, "alarms", {
      domainName,
      accountId: account.id,
      nodes: nodes.instanceCount + (dedicatedMasters ? MASTERS : 0),
      masters: dedicatedMasters,
      volumeSize: definition.volumeSize,
      ...read(this, topicsContract),
    });
    publish(this, searchDomainContract(props.name), {
      domainArn: domain.arn,
      domainName,
      endpoint: domain.endpoint,
      masterRoleArn: master.role.arn,
      snapshotBucketName: snapshots.bucketName,
      snapshotRoleArn: snapshots.roleArn,
      serviceLinkedRoleArn,
      clientGroupId: groups.client.id,
    });
  }

  /** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-snapshots.html */
  private snapshots(name: string, dataKeyArn: string) {
    const { account, domainArn } = this;
    const { bucket } = new SecureBucket(this, "snapshots", {
      bucketName: names.searchSnapshots(this.fleet.organization, account, name),
      kmsKeyArn: dataKeyArn,
      protection: this.protection,
    });
    const { role } = new Role(this, "snapshot", {
      roleName: names.searchSnapshotRole(account, name),
      path: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      description: `Lets ${this.domainName} keep snapshots in its bucket`,
      trust: [trustService("es.amazonaws.com", account.id, domainArn)],
      statements: [
        { sid: "ListSnapshots", actions: ["s3:ListBucket"], resources: [bucket.arn] },
        {
          sid: "KeepSnapshots",
          actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
          resources: [`${bucket.arn}/*`],
        },
        {
          sid: "EncryptSnapshots",
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: [dataKeyArn],
          condition: [stringEquals("kms:ViaService", `s3.${account.region}.amazonaws.com`)],
        },
      ],
    });
    return { bucketName: bucket.id, roleArn: role.arn };
  }

  /** Administrators take it on to map roles to rights, and to register the place of snapshots. */
  private masterRole(name: string, snapshotRoleArn: string): Role {
    const { account, fleet } = this;
    return new Role(this, "master", {
      roleName: names.searchMasterRole(account, name),
      path: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      description: `Administers rights within ${this.domainName}`,
      trust: [
        {
          sid: "Administrators",
          actions: ["sts:AssumeRole"],
          principals: forArn(names.rootArn(account)),
          condition: [
            arnEquals(
              "aws:PrincipalArn",
              names.roleArn(account, names.peopleRole(fleet.organization, "administrator")),
            ),
          ],
        },
      ],
      statements: [
        { sid: "Administer", actions: ["es:ESHttp*"], resources: [`${this.domainArn}/*`] },
        { sid: "RegisterSnapshots", actions: ["iam:PassRole"], resources: [snapshotRoleArn] },
      ],
    });
  }
}

export const searchDomainStacks = storeStacks<"searchDomains">(
  ({ searchDomains }) => searchDomains,
  SearchDomainStack,
);
