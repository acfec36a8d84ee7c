import { deliveries } from "../../../environments/schema/deliveries";
import { loadCompany, removeFolders, type Change } from "../../support/company";
import { refusal, violationsOf } from "../../support/violations";

afterAll(removeFolders);

const company = (delivery: Record<string, unknown>, services: Change["services"] = {}): Change => ({
  organization: { delivery: { provider: "codepipeline", ...delivery } },
  services,
});

describe("the description of delivery", () => {
  test("is nothing unless the organization asks for it", () => {
    expect(deliveries(loadCompany())).toEqual([]);
  });

  test("promotes development first, live last and approved; the rest comes from names", () => {
    const found = deliveries(loadCompany(company({})));
    expect(found.map(({ name }) => name)).toEqual(["mailer", "orders"]);
    const [mailer] = found;
    expect(mailer?.source).toEqual({
      repository: "acme/mailer",
      checkCommand: null,
      context: ".",
      dockerfile: "Dockerfile",
      testCommand: "make test",
    });
    expect(
      mailer?.stages.map(({ account, services, approval }) => [account.name, services, approval]),
    ).toEqual([
      ["development", ["mailer"], false],
      ["live", ["mailer"], true],
    ]);
  });

  test("delivers an image that two services run once, to both", () => {
    const fleet = loadCompany(company({ owner: "acme-code" }, { mailer: { repository: "orders" } }));
    const [only, ...others] = deliveries(fleet);
    expect(others).toEqual([]);
    expect(only?.owner).toBe("orders@acme.example");
    expect(only?.source.repository).toBe("acme-code/orders");
    expect(only?.stages.map(({ services }) => services)).toEqual([
      ["mailer", "orders"],
      ["mailer", "orders"],
    ]);
  });

  test("leaves out an account that no stage names, and keeps the order that is given", () => {
    const fleet = loadCompany(company({ stages: ["live"] }));
    expect(deliveries(fleet)[0]?.stages.map(({ account }) => account.name)).toEqual(["live"]);
  });
});

describe("delivery is refused", () => {
  const one = (change: Change) => {
    const [violation, ...others] = violationsOf(() => loadCompany(change));
    expect(others).toEqual([]);
    return violation;
  };

  test("with a tag pattern that could catch the registry's own tags", () => {
    expect(one(company({ tagPattern: "in-*" }))?.path).toBe("delivery.tagPattern");
    expect(one(company({ tagPattern: "*" }))?.path).toBe("delivery.tagPattern");
  });

  test("to an account without services, with the one that was meant", () => {
    const violation = one(company({ stages: ["developmnt"] }));
    expect(violation?.path).toBe("delivery.stages[0]");
    expect(violation?.mend).toBe('write "development"');
    expect(one(company({ stages: ["shared-services"] }))?.allowed).toMatch(/hosting: development, live/);
  });

  test("to an account twice", () => {
    expect(one(company({ stages: ["live", "live"] }))?.allowed).toBe("an account once");
  });

  test("by an engine whose tokens nobody trusts", () => {
    expect(one({ organization: { delivery: { provider: "gitlab" } } })?.allowed).toMatch(
      /codepipeline or github/,
    );
  });

  test("by CodePipeline from a GitLab that CodeConnections does not reach", () => {
    const ci = {
      provider: "gitlab",
      project: "acme/infrastructure",
      url: "https://git.acme.example",
      repository: undefined,
    };
    expect(
      one({ organization: { continuousIntegration: ci, delivery: { provider: "codepipeline" } } })?.allowed,
    ).toMatch(/gitlab: CodeConnections/);
  });

  test("of one image from two sources, or for two architectures", () => {
    const sources = one(
      company({}, { mailer: { repository: "orders", source: { dockerfile: "mailer.Dockerfile" } } }),
    );
    expect(sources?.path).toBe("source");
    const architectures = one(company({}, { orders: { overrides: { live: { cpuArchitecture: "ARM64" } } } }));
    expect(architectures?.file).toMatch(/orders/);
    expect(architectures?.path).toBe("cpuArchitecture");
  });

  test("of two repositories that differ in punctuation only", () => {
    const violation = one(
      company({}, { orders: { repository: "shop/orders" }, mailer: { repository: "shop-orders" } }),
    );
    expect(violation?.allowed).toMatch(/shop-orders/);
  });

  test("of a source that differs between accounts", () => {
    const change = company({}, { orders: { overrides: { live: { source: { target: "live" } } } } });
    expect(refusal(() => loadCompany(change)).message).toMatch(/overrides\.live\.source/);
  });

  test("of a path out of the repository, or a command that Terraform would expand", () => {
    expect(one(company({}, { orders: { source: { context: "../other" } } }))?.path).toBe("source.context");
    expect(one(company({}, { orders: { source: { testCommand: "echo ${HOME}" } } }))?.path).toBe(
      "source.testCommand",
    );
  });
});
