import { loadCompany, removeFolders } from "../../support/company";
import { STORE_EXAMPLES, STORE_NEEDS } from "../../support/store-examples";
import { synthesized } from "../../support/synthesized";
import { planStacks } from "../../../stacks/graph";

afterAll(removeFolders);

/** What a store's data is in and a last snapshot may be left of, and how Terraform is told so. */
const LEAVES: Readonly<Record<string, string>> = {
  aws_db_instance: "final_snapshot_identifier",
  aws_docdb_cluster: "final_snapshot_identifier",
  aws_ebs_volume: "final_snapshot",
  aws_elasticache_replication_group: "final_snapshot_identifier",
  aws_memorydb_cluster: "final_snapshot_name",
  aws_rds_cluster: "final_snapshot_identifier",
};

describe("what holds data in live, once its protection is lifted to take it down", () => {
  const fleet = loadCompany({ accounts: { live: { ...STORE_NEEDS, data: STORE_EXAMPLES } } });
  const ids = planStacks(fleet).flatMap(({ id }) => (id.startsWith("live-data-") ? [id] : []));
  const { stack } = synthesized(fleet, { liftProtection: new Set(ids) });
  const holding = ids
    .flatMap((id) => Object.keys(LEAVES).flatMap((type) => stack(id).resources(type)))
    .filter(({ values }) => !("replicate_source_db" in values));

  it("goes when it is told to", () => {
    expect(holding.length).toBeGreaterThan(15);
    for (const { address, values } of holding) {
      expect([address, values["deletion_protection"] ?? false]).toEqual([address, false]);
      expect([address, values["lifecycle"]]).not.toEqual([
        address,
        expect.objectContaining({ prevent_destroy: true }),
      ]);
    }
  });

  it("leaves a last snapshot all the same", () => {
    for (const { address, type, values } of holding) {
      expect([address, values[LEAVES[type] ?? ""]]).toEqual([address, expect.anything()]);
      expect([address, values["skip_final_snapshot"] ?? false]).toEqual([address, false]);
    }
  });
});
