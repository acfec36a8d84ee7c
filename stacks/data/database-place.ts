import type { Database } from "../../environments/schema/data/database";
import { majorVersion, parameterFamily } from "../../environments/schema/database-engines";
import * as names from "../../environments/schema/names";
import type { RestoreSource } from "../../modules/data/database-settings";
import { read } from "../contract";
import { keysContract } from "../contracts";
import type { PlatformStack } from "../platform-stack";

/** Where a database is put. */
export interface DatabasePlace {
  readonly stack: PlatformStack;
  /** Its name in the account's `data`. */
  readonly name: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
}

/** What others are told of a database. */
export interface FoundDatabase {
  readonly clusterArn: string;
  readonly resourceId: string;
  readonly endpoint: string;
  readonly readerEndpoint: string;
  /** Read replicas, each with an address of its own. */
  readonly replicas?: readonly { readonly endpoint: string; readonly resourceId: string }[];
}

/** What every engine's module takes from the account and the definition. */
export function sharedProps({ stack, name, ...network }: DatabasePlace, definition: Database) {
  const { account, protection, finalSnapshot } = stack;
  const { capabilities } = account;
  return {
    engineVersion: definition.engineVersion,
    majorVersion: majorVersion(definition),
    parameterFamily: parameterFamily(definition),
    backupRetentionPeriod: definition.backupRetentionDays ?? (capabilities.deletionProtection ? 35 : 7),
    parameters: definition.parameters,
    ...network,
    ...read(stack, keysContract),
    logRetentionInDays: capabilities.logRetentionDays,
    accountId: account.id,
    region: account.region,
    monitoringRoleName: names.databaseMonitoringRole(account, name),
    rolePath: names.WORKLOAD_ROLE_PATH,
    boundaryArn: names.boundaryArn(account),
    protection,
    finalSnapshot,
  };
}

/** Where a database comes from, as modules take it. */
export function restoreSource(from: NonNullable<Database["restoreFrom"]>): RestoreSource {
  if ("snapshot" in from) return from;
  const source = "cluster" in from ? from.cluster : from.instance;
  return { source, ...(from.pointInTime === undefined ? {} : { pointInTime: from.pointInTime }) };
}
