import { loadCompany } from "../../support/company";
import { violationsOf } from "../../support/violations";

const doors = {
  public: { scheme: "internet-facing" },
  internal: { scheme: "internal" },
  stations: { scheme: "internet-facing", idleTimeout: 400 },
};
const service = (name: string, alb: string, path?: string) => ({
  name,
  owner: "team@acme.example",
  containerPort: 8080,
  accounts: ["live"],
  loadBalancers: [{ alb, host: "shared", ...(path === undefined ? {} : { path }) }],
});
const company =
  (...services: ReturnType<typeof service>[]) =>
  () =>
    loadCompany({
      accounts: { live: { hosting: { loadBalancers: doors } } },
      services: Object.fromEntries(services.map((definition) => [definition.name, definition])),
    });

describe("a host", () => {
  it("is shared by services behind its zone's usual door, by path", () =>
    expect(company(service("one", "public", "/one/*"), service("two", "public", "/two/*"))).not.toThrow());

  it("is shared behind another door as well", () =>
    expect(
      company(service("one", "stations", "/one/*"), service("two", "stations", "/two/*")),
    ).not.toThrow());

  it("leads to one door only", () => {
    const [violation, ...others] = violationsOf(
      company(service("one", "stations", "/one/*"), service("two", "public", "/two/*")),
    );
    expect(others).toEqual([]);
    expect(violation).toMatchObject({
      path: "loadBalancers[0].host (in live)",
      given: "shared",
      allowed: expect.stringMatching(/two uses it behind public/),
      mend: expect.stringMatching(/stand behind public/),
    });
  });
});
