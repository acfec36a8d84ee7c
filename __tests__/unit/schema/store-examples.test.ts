import { loadCompany, removeFolders } from "../../support/company";
import { STORE_EXAMPLES } from "../../support/store-examples";

afterAll(removeFolders);

it("the examples of every store fit into one account", () => {
  expect(() => loadCompany({ accounts: { live: { data: STORE_EXAMPLES } } })).not.toThrow();
});
