import type { Construct } from "constructs";
import type { RedisMigration } from "../../environments/schema/migration/redis";
import { reached } from "../../environments/schema/migration/phase";
import * as names from "../../environments/schema/names";
import { Seeds } from "../../modules/migration/seeds";
import { PlatformStack, type PlatformStackProps } from "../platform-stack";
import { addOnlineMigration } from "./redis-online";
import { addRiot } from "./redis-riot";

export interface RedisStackProps extends Omit<PlatformStackProps, "concern" | "name"> {
  readonly migration: RedisMigration;
}

/** One migration of keys, as its mode and its phase want it. */
export class RedisStack extends PlatformStack {
  constructor(scope: Construct, { migration, ...props }: RedisStackProps) {
    super(scope, { ...props, concern: "migration", name: migration.id });
    const over = reached(migration.phase, "decommission");
    switch (migration.mode) {
      case "elasticache-online":
        if (!over) addOnlineMigration(this, migration);
        return;
      case "client-replication":
        if (!over) addRiot(this, migration);
        return;
      case "rdb-seed":
        // It stays until the definition goes: the store began with what lies in it, and S3 lets go of that by itself.
        new Seeds(this, "seeds", {
          bucketName: names.migrationSeeds(this.fleet.organization, this.account, migration.id),
          accountId: this.account.id,
          region: this.account.region,
          reader: migration.target.cache === undefined ? "memorydb" : "elasticache",
          protection: this.protection,
        });
    }
  }
}
