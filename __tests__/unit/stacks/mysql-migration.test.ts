import { loadCompany, removeFolders, type Change } from "../../support/company";
import { migratingIn } from "../../support/migrations";
import { STORE_EXAMPLES, STORE_NEEDS } from "../../support/store-examples";
import { synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const { buckets, mysqlClusters } = STORE_EXAMPLES;

it("a MySQL cluster on EC2 may be where data goes: its clients' group lets replication in", () => {
  const moving: Change = migratingIn("prepare", {
    source: { engineName: "mysql", secret: "migration/shop-source", certificate: "former.pem" },
    target: {
      engineName: "mysql",
      store: "journeys",
      secret: "migration/shop-target",
      certificate: "rds.pem",
    },
    task: { tableMappings: { selection: [{ schemaName: "shop" }] } },
  });
  const live = Object(moving.accounts?.["live"]) as Readonly<Record<string, object>>;
  const stack = synthesizedAlone(
    loadCompany({
      ...moving,
      accounts: {
        live: {
          ...live,
          ...STORE_NEEDS,
          secrets: { ...live["secrets"], ...STORE_NEEDS.secrets },
          data: { buckets, mysqlClusters },
        },
      },
    }),
    "live-migration-shop",
  );

  expect(stack.only("aws_dms_replication_instance")["vpc_security_group_ids"]).toEqual([
    "${aws_security_group.group_group.id}",
    expect.stringMatching(/journeys.*clientGroupId/),
  ]);
});
