import picomatch from "picomatch";
import type { Fleet } from "../../environments/schema/fleet";
import { AT_REST, blocks } from "../support/at-rest";
import { object, synthesized, type Block, type SynthesizedStack } from "../support/synthesized";

type Holds = (block: Block, stack: SynthesizedStack) => boolean;

/** What a store of a type must show. */
interface Store {
  /** Nobody reaches it from outside the network, or without credentials. */
  readonly isPrivate: Holds;
  /** AWS refuses to delete it, or keeps a last snapshot, wherever Terraform's own refusal does not reach. */
  readonly isProtected: Holds;
  /** What was in it yesterday can be had back. */
  readonly isBackedUp: Holds;
}

const is =
  (argument: string, ...wanted: readonly unknown[]): Holds =>
  ({ values }) =>
    wanted.includes(values[argument]);
const atLeast =
  (argument: string, least: number): Holds =>
  ({ values }) =>
    Number(values[argument]) >= least;
const named =
  (argument: string): Holds =>
  ({ values }) =>
    typeof values[argument] === "string" && values[argument] !== "";
const beside =
  (type: string, argument: string): Holds =>
  (block, stack) =>
    stack
      .resources(type)
      .some(({ values }) => String(values[argument]).includes(`${block.type}.${block.id}.`));
const always: Holds = () => true;

/** A member of a cluster or a copy has what its source has. */
const copy: Holds = ({ values }) =>
  values["replicate_source_db"] !== undefined || values["global_cluster_identifier"] !== undefined;

const inSubnets: Holds = named("db_subnet_group_name");

/** Every type that a store's data is in. */
export const STORE_TYPES: Readonly<Record<string, Store>> = {
  aws_db_instance: {
    isPrivate: (block, stack) =>
      is("publicly_accessible", false)(block, stack) && (copy(block, stack) || inSubnets(block, stack)),
    isProtected: (block, stack) => copy(block, stack) || is("deletion_protection", true)(block, stack),
    isBackedUp: (block, stack) => copy(block, stack) || atLeast("backup_retention_period", 7)(block, stack),
  },
  aws_docdb_cluster: {
    isPrivate: inSubnets,
    isProtected: is("deletion_protection", true),
    isBackedUp: atLeast("backup_retention_period", 7),
  },
  aws_dynamodb_table: {
    isPrivate: (_block, stack) => stack.resources("aws_dynamodb_resource_policy").length === 0,
    isProtected: is("deletion_protection_enabled", true),
    isBackedUp: ({ values }) =>
      blocks(values["point_in_time_recovery"]).some(({ enabled }) => enabled === true),
  },
  aws_ebs_volume: {
    isPrivate: always,
    isProtected: always,
    isBackedUp: (_block, stack) => stack.resources("aws_dlm_lifecycle_policy").length > 0,
  },
  aws_efs_file_system: {
    isPrivate: beside("aws_efs_file_system_policy", "file_system_id"),
    isProtected: always,
    isBackedUp: beside("aws_efs_backup_policy", "file_system_id"),
  },
  aws_elasticache_replication_group: {
    isPrivate: named("subnet_group_name"),
    isProtected: named("final_snapshot_identifier"),
    isBackedUp: atLeast("snapshot_retention_limit", 7),
  },
  aws_kinesis_stream: {
    isPrivate: (_block, stack) => stack.resources("aws_kinesis_resource_policy").length === 0,
    isProtected: ({ values }) => values["enforce_consumer_deletion"] !== true,
    // What is in it passes; it can be read again for as long as it is kept.
    isBackedUp: atLeast("retention_period", 24),
  },
  aws_memorydb_cluster: {
    isPrivate: named("subnet_group_name"),
    isProtected: named("final_snapshot_name"),
    isBackedUp: atLeast("snapshot_retention_limit", 7),
  },
  aws_mq_broker: {
    isPrivate: is("publicly_accessible", false),
    isProtected: always,
    // Messages pass, too: what must not be lost is in a store.
    isBackedUp: always,
  },
  aws_opensearch_domain: {
    isPrivate: ({ values }) => blocks(values["vpc_options"]).length > 0,
    isProtected: always,
    // AWS keeps hourly snapshots for a fortnight; those of one's own go into a bucket.
    isBackedUp: (_block, stack) => stack.resources("aws_s3_bucket").length > 0,
  },
  aws_rds_cluster: {
    isPrivate: inSubnets,
    isProtected: is("deletion_protection", true),
    isBackedUp: atLeast("backup_retention_period", 7),
  },
  aws_s3_bucket: {
    isPrivate: beside("aws_s3_bucket_public_access_block", "bucket"),
    isProtected: is("force_destroy", false),
    isBackedUp: beside("aws_s3_bucket_versioning", "bucket"),
  },
};

/** No store is public, unencrypted, unprotected or without backup, unless waived. */
export function stores(fleet: Fleet): void {
  const { platform, stacks } = synthesized(fleet);
  const found = [...stacks.values()].flatMap((stack) =>
    /-data-/.test(stack.id)
      ? stack.resources().flatMap((block) => (block.type in STORE_TYPES ? [block] : []))
      : [],
  );
  const protectedStacks = new Set(
    platform.stacks.filter(({ account }) => account.capabilities.deletionProtection).map(({ id }) => id),
  );
  const waived = ({ stack, address }: Block) =>
    fleet.organization.waivers.some(({ resource }) => picomatch(resource)(`${stack}/${address}`));
  const failing = (blocksToo: readonly Block[], holds: (store: Store) => Holds) =>
    blocksToo
      .filter((block) => {
        const store = STORE_TYPES[block.type];
        const stack = stacks.get(block.stack);
        return store !== undefined && stack !== undefined && !holds(store)(block, stack) && !waived(block);
      })
      .map(({ stack, address }) => `${stack}: ${address}`);
  const guarded = found.filter(({ stack }) => protectedStacks.has(stack));

  it("there are stores, and none is public", () => {
    expect(found.length).toBeGreaterThan(0);
    expect(failing(found, ({ isPrivate }) => isPrivate)).toEqual([]);
  });

  it("none is without a key of the account's", () => {
    expect(failing(found, () => (block, stack) => AT_REST[block.type]?.(block, stack) === true)).toEqual([]);
  });

  it("none of a protected account can be deleted by mistake, by Terraform or by hand", () => {
    expect(failing(guarded, ({ isProtected }) => isProtected)).toEqual([]);
    const prevented: Holds = (block, stack) =>
      copy(block, stack) || object(block.values["lifecycle"] ?? {})["prevent_destroy"] === true;
    expect(failing(guarded, () => prevented)).toEqual([]);
  });

  it("none is without backup", () => {
    expect(failing(found, ({ isBackedUp }) => isBackedUp)).toEqual([]);
  });
}
