import { loadCompany, removeFolders } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

describe("an organization without registry", () => {
  const withoutRegistry = { "shared-services": { registry: undefined } };

  it("is refused as long as it has services, whose tasks could never start", () => {
    const found = violationsOf(() => loadCompany({ accounts: withoutRegistry }));

    expect(found).toHaveLength(1);
    expect(found[0]?.file).toMatch(/accounts\/shared-services\.json$/);
    expect(found[0]).toMatchObject({
      path: "registry",
      given: "no registry for the images of mailer, orders",
      mend: "write registry: {}",
    });
  });

  it("is told to add an account for it where it has none of that kind", () => {
    const [found] = violationsOf(() => loadCompany({ accounts: { "shared-services": undefined } }));

    expect(found?.file).toMatch(/organization\.json$/);
    expect(found?.mend).toMatch(/kind: "shared-services" and registry: \{\}/);
  });

  it("is accepted without services", () => {
    const services = { orders: undefined, mailer: undefined };

    expect(() => loadCompany({ accounts: withoutRegistry, services })).not.toThrow();
  });
});
