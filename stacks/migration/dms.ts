import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import type { Construct } from "constructs";
import type { DmsMigration } from "../../environments/schema/migration/dms";
import { ENGINE } from "../../environments/schema/migration/engines";
import { reached } from "../../environments/schema/migration/phase";
import * as names from "../../environments/schema/names";
import { AccessRole } from "../../modules/migration/access-role";
import { ReplicationGroup, type Reached } from "../../modules/migration/replication-group";
import { read } from "../contract";
import { keysContract, replicationSubnetsContract, secretContract, vpcContract } from "../contracts";
import { PlatformStack, type PlatformStackProps } from "../platform-stack";
import { addEnds } from "./ends";
import { hasSecretsEndpoint, replicationTier } from "./placement";
import { reachedStore, type ReachedStore } from "./stores";
import { addTasks } from "./tasks";

const ANYWHERE = "0.0.0.0/0";

export interface DmsStackProps extends Omit<PlatformStackProps, "concern" | "name"> {
  readonly migration: DmsMigration;
}

/** One migration by DMS, as its phase wants it. In the last one nothing of it is left. */
export class DmsStack extends PlatformStack {
  constructor(scope: Construct, { migration, ...props }: DmsStackProps) {
    super(scope, { ...props, concern: "migration", name: migration.id });
    if (reached(migration.phase, "decommission")) return;
    const { account } = this;
    const { dataKeyArn } = read(this, keysContract);
    const { source, target, reverse } = migration;
    const stores = [source, target].flatMap(({ store }) => reachedStoreOf(this, store));
    const secrets = [source.secret, target.secret, reverse.sourceSecret, reverse.targetSecret];
    const access = new AccessRole(this, "access", {
      roleName: names.migrationAccessRole(account, migration.id),
      path: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      accountId: account.id,
      region: account.region,
      secretArns: [...new Set(secrets.flatMap((secret) => secret ?? []))]
        .sort()
        .map((secret) => read(this, secretContract(secret)).arn),
      buckets: [source, target].flatMap(({ store }, index) =>
        reachedStoreOf(this, store).flatMap((found) =>
          "bucketArn" in found ? [{ bucketArn: found.bucketArn, write: index === 1 || reverse.enabled }] : [],
        ),
      ),
      dataKeyArn,
    });
    const group = new ReplicationGroup(this, "group", {
      name: names.migrationInstance(account, migration.id),
      vpcId: read(this, vpcContract).vpcId,
      reached: this.reached(migration),
      servicesCidrBlock: hasSecretsEndpoint(account.capabilities)
        ? read(this, vpcContract).cidrBlock
        : ANYWHERE,
      ...(stores.some((store) => "bucketArn" in store)
        ? {
            bucketsPrefixListId: new DataAwsEc2ManagedPrefixList(this, "buckets", {
              name: `com.amazonaws.${account.region}.s3`,
            }).id,
          }
        : {}),
    });
    addTasks(this, migration, {
      ends: addEnds(this, migration, access),
      subnetGroupId: read(this, replicationSubnetsContract(replicationTier(migration, account)))
        .subnetGroupId,
      securityGroupIds: [
        group.id,
        ...stores.flatMap((store) => ("clientGroupId" in store ? [store.clientGroupId] : [])),
      ],
      dataKeyArn,
    });
  }

  /** Ends at addresses: the source's, and a target that is no store of the account but in its VPC. */
  private reached({ network, source, target }: DmsMigration): Reached[] {
    const within = this.account.network?.cidrBlock ?? ANYWHERE;
    const at = (
      end: "source" | "target",
      cidrBlocks: readonly string[],
      { engineName, port }: typeof source,
    ) => ({
      end,
      description: `To the ${end}, ${ENGINE[engineName].title}`,
      port: port ?? ENGINE[engineName].port,
      cidrBlocks,
    });
    return [
      ...(source.store === undefined ? [at("source", network.cidrBlocks ?? [within], source)] : []),
      ...(target.store === undefined ? [at("target", [within], target)] : []),
    ];
  }
}

const reachedStoreOf = (stack: PlatformStack, store: string | undefined): ReachedStore[] => {
  const found = store === undefined ? undefined : reachedStore(stack, store);
  return found === undefined ? [] : [found];
};
