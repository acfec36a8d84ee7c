import { isStateful } from "../../stacks/ledger";
import { loadCompany, removeFolders } from "../support/company";
import { STORE_EXAMPLES, STORE_NEEDS } from "../support/store-examples";
import { synthesized } from "../support/synthesized";
import { STORE_TYPES, stores } from "./stores";

afterAll(removeFolders);

const fleet = loadCompany({ accounts: { live: { ...STORE_NEEDS, data: STORE_EXAMPLES } } });

describe("every store in each of its forms", () => {
  stores(fleet);

  it("is of a type that these properties know", () => {
    const types = [...synthesized(fleet).stacks.values()]
      .filter(({ id }) => id.startsWith("live-data-"))
      .flatMap((stack) => stack.resources().map(({ type }) => type));
    // Stateful as well, but the data is in what they belong to.
    const beside = [
      "aws_cloudwatch_log_group",
      "aws_docdb_cluster_instance",
      "aws_rds_cluster_instance",
      "aws_rds_global_cluster",
      "aws_s3_bucket_object_lock_configuration",
    ];
    expect(
      [...new Set(types)].filter(
        (type) => isStateful(type) && !(type in STORE_TYPES) && !beside.includes(type),
      ),
    ).toEqual([]);
  });
});
