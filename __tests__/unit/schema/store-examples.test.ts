import { loadCompany, removeFolders } from "../../support/company";
import { STORE_EXAMPLES, STORE_NEEDS } from "../../support/store-examples";

afterAll(removeFolders);

it("the examples of every store fit into one account", () => {
  expect(() => loadCompany({ accounts: { live: { ...STORE_NEEDS, data: STORE_EXAMPLES } } })).not.toThrow();
});
