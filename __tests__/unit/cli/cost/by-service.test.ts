import { byService } from "../../../../cli/cost/by-service";

const stack = (account: string, name: string, usd: number, complete = true) => ({
  account,
  name,
  concern: "service",
  cost: { usd, complete },
});

it("adds up each service over its accounts, the dearest first", () => {
  expect(
    byService([
      stack("development", "mailer", 3.1),
      stack("development", "orders", 5.25),
      { account: "live", concern: "hosting", cost: { usd: 70, complete: true } },
      stack("live", "mailer", 18.2),
      stack("live", "orders", 41.07, false),
    ]),
  ).toEqual([
    { service: "orders", usd: 46.32, complete: false, accounts: { development: 5.25, live: 41.07 } },
    { service: "mailer", usd: 21.3, complete: true, accounts: { development: 3.1, live: 18.2 } },
  ]);
});

it("has none without services", () => expect(byService([])).toEqual([]));
