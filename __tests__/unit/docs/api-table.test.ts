import { apiRows } from "../../../docs/generate/api-table";
import { servicesIn } from "../../../environments/schema/fleet";
import { loadCompany, removeFolders } from "../../support/company";
import { WITH_APIS } from "../../support/front";

afterAll(removeFolders);

it("an account's page says what its APIs answer, and to whom", () => {
  const fleet = loadCompany(WITH_APIS);
  const live = fleet.accounts.find(({ name }) => name === "live");

  expect(live === undefined ? [] : apiRows(live, servicesIn(fleet, live))).toEqual([
    ["clicks", "POST `clicks.live.acme.example/clicks`", "stream clicks, of orders", "tokens of people"],
    ["public", "`api.live.acme.example/orders/*`", "orders", "tokens of people"],
    ["public", "GET `api.live.acme.example/orders/{id}/lines`", "orders", "identities of AWS"],
  ]);
});
