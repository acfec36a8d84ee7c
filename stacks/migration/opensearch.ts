import type { Construct } from "constructs";
import type { OpensearchMigration } from "../../environments/schema/migration/opensearch";
import { reached } from "../../environments/schema/migration/phase";
import * as names from "../../environments/schema/names";
import { SnapshotWriter } from "../../modules/migration/snapshot-writer";
import { read } from "../contract";
import { keysContract, searchDomainContract } from "../contracts";
import { PlatformStack, type PlatformStackProps } from "../platform-stack";
import { addAssistant } from "./opensearch-assistant";

export interface OpensearchStackProps extends Omit<PlatformStackProps, "concern" | "name"> {
  readonly migration: OpensearchMigration;
}

/** One migration of indices, as its mode and its phase want it. */
export class OpensearchStack extends PlatformStack {
  constructor(scope: Construct, { migration, ...props }: OpensearchStackProps) {
    super(scope, { ...props, concern: "migration", name: migration.id });
    const { account } = this;
    // The source writes nothing once the last snapshot is taken.
    if (!reached(migration.phase, "rollback-window"))
      new SnapshotWriter(this, "writer", {
        roleName: names.migrationSnapshotRole(account, migration.id),
        path: names.WORKLOAD_ROLE_PATH,
        boundaryArn: names.boundaryArn(account),
        accountRootArn: names.rootArn(account),
        administratorArn: names.roleArn(account, names.peopleRole(this.fleet.organization, "administrator")),
        region: account.region,
        bucketName: read(this, searchDomainContract(migration.target.searchDomain)).snapshotBucketName,
        folder: migration.id,
        dataKeyArn: read(this, keysContract).dataKeyArn,
      });
    if (migration.mode === "migration-assistant" && !reached(migration.phase, "decommission"))
      addAssistant(this, migration);
  }
}
