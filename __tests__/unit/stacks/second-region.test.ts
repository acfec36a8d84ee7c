import { ACME, loadCompany, removeFolders, type Change } from "../../support/company";
import { IN_IRELAND, irelandWith } from "../../support/second-region";
import { strings, synthesizedAlone } from "../../support/synthesized";
import { planStacks } from "../../../stacks/graph";

afterAll(removeFolders);

const LIVE_ZONE = {
  facts: {
    ...ACME.facts,
    live: { publicZone: { name: "live.acme.example", zoneId: "Z0LIVE", nameServers: ["ns-1.example"] } },
    "live-ireland": {
      publicZone: { name: "live-ireland.acme.example", zoneId: "Z0IRELAND", nameServers: ["ns-2.example"] },
    },
  },
};
const irish = (change: Readonly<Record<string, unknown>>, more: Change = {}) =>
  loadCompany({ ...irelandWith(change), ...LIVE_ZONE, ...more });

describe("the foundation of a second region", () => {
  const fleet = loadCompany(IN_IRELAND);
  const bootstrap = synthesizedAlone(fleet, "live-ireland-bootstrap");

  it("has roles of its own, under the account's boundary and for the account's identity provider", () => {
    expect(bootstrap.resources("aws_iam_role").map(({ values }) => values["name"])).toEqual([
      "slipway-live-ireland-apply",
      "slipway-live-ireland-plan",
      "slipway-live-ireland-release",
    ]);
    for (const { values } of bootstrap.resources("aws_iam_role"))
      expect(values["permissions_boundary"]).toBe("arn:aws:iam::200000000003:policy/slipway-boundary");
    expect(bootstrap.resources("aws_iam_openid_connect_provider")).toEqual([]);
    expect(bootstrap.resources("aws_iam_policy")).toEqual([]);
    expect(bootstrap.text).toContain("oidc-provider/token.actions.githubusercontent.com");
    expect(bootstrap.text).toContain("repo:acme/infrastructure:environment:live-ireland");
  });

  it("is kept by the account's boundary, as the account's own is", () => {
    const document = synthesizedAlone(fleet, "live-bootstrap").at(
      "data.aws_iam_policy_document.boundary_document",
    );
    expect(JSON.stringify(document)).toContain("arn:aws:s3:::acme-live-ireland-state-200000000003/*");
  });

  it("grants to the region's role what holds in the region", () => {
    const permissions = synthesizedAlone(fleet, "live-ireland-permissions");
    const policies = permissions.resources("aws_iam_policy").map(({ values }) => String(values["name"]));
    expect(policies).toContain("slipway-live-ireland-apply-network");
    expect(
      new Set(permissions.resources("aws_iam_role_policy_attachment").map(({ values }) => values["role"])),
    ).toEqual(new Set(["slipway-live-ireland-apply"]));
  });

  it("may copy a cluster out of the account's own region, which AWS asks there", () => {
    const permissions = synthesizedAlone(fleet, "live-ireland-permissions");
    const copying = permissions
      .statements(permissions.at("aws_iam_policy.apply_data_policy")["policy"])
      .filter(({ actions }) => strings(actions).includes("rds:CreateDBCluster"));
    expect(copying).toEqual([
      expect.objectContaining({
        resources: ["arn:aws:rds:*:200000000003:*"],
        condition: [
          {
            test: "StringEquals",
            variable: "aws:RequestedRegion",
            values: ["eu-central-1", "eu-west-1", "us-east-1"],
          },
        ],
      }),
    ]);
  });

  it("lets people work in both regions by the roles that the account has", () => {
    const shells = { ...IN_IRELAND, accounts: { ...IN_IRELAND.accounts } };
    const roles = synthesizedAlone(loadCompany(shells), "live-roles").text;
    expect(roles).toContain("arn:aws:ecs:eu-central-1:200000000003:task/live-cluster/*");
    expect(roles).toContain("arn:aws:ecs:eu-west-1:200000000003:task/live-ireland-cluster/*");
    expect(planStacks(fleet).map(({ id }) => id)).not.toContain("live-ireland-roles");
  });
});

describe("what runs in a second region", () => {
  it("starts from copies of the images that are in the region", () => {
    const fleet = irish({});
    expect(synthesizedAlone(fleet, "live-ireland-service-orders").text).toContain(
      "200000000002.dkr.ecr.eu-west-1.amazonaws.com/orders",
    );
    expect(synthesizedAlone(fleet, "live-service-orders").text).toContain(
      "200000000002.dkr.ecr.eu-central-1.amazonaws.com/orders",
    );
    expect(synthesizedAlone(fleet, "shared-services-registry").text).toContain("eu-west-1");
  });

  it("is as in the account, its overrides included, but for what differs there", () => {
    const fleet = irish(
      {},
      {
        services: {
          ...IN_IRELAND.services,
          orders: {
            overrides: {
              live: { cpu: 1024, memory: 2048, sends: ["invoices"] },
              "live-ireland": { cpu: 512 },
            },
          },
          nightly: {
            name: "nightly",
            owner: "orders@acme.example",
            kind: "worker",
            accounts: ["live"],
            exceptAccounts: ["live-ireland"],
          },
        },
      },
    );
    const inIreland = fleet.services["live-ireland"] ?? [];
    expect(inIreland.find(({ name }) => name === "orders")).toMatchObject({ cpu: 512, memory: 2048 });
    expect(inIreland.map(({ name }) => name)).toEqual(["mailer", "orders"]);
    expect(fleet.services["live"]?.map(({ name }) => name)).toEqual(["mailer", "nightly", "orders"]);
  });

  it("has its stores once more, but none of the account's copies and beginnings", () => {
    const fleet = loadCompany({
      ...IN_IRELAND,
      accounts: {
        ...IN_IRELAND.accounts,
        live: {
          ...(IN_IRELAND.accounts?.["live"] as object),
          data: {
            databases: { orders: {} },
            buckets: { invoices: { replicateTo: { account: "live-ireland", bucket: "invoices" } } },
          },
        },
      },
    });
    const ireland = fleet.accounts.find(({ name }) => name === "live-ireland");
    expect(ireland?.data?.buckets["invoices"]).toMatchObject({ keepVersionsDays: 90 });
    expect(ireland?.data?.buckets["invoices"]?.replicateTo).toBeUndefined();
  });

  it("leaves out what the region's file says null of", () => {
    const fleet = irish({ data: { fileSystems: { shared: null } }, edge: null });
    const ireland = fleet.accounts.find(({ name }) => name === "live-ireland");
    expect(ireland?.data?.fileSystems).toEqual({});
    expect(Object.keys(ireland?.data?.databases ?? {})).toEqual(["orders"]);
    expect(ireland?.edge).toBeUndefined();
  });
});

describe("the account's public names", () => {
  const hosts = (traffic: string) => {
    const orders = synthesizedAlone(irish({ traffic }), "live-ireland-service-orders");
    return orders.resources("aws_lb_listener_rule").map(({ values }) => JSON.stringify(values["condition"]));
  };
  const certificate = (traffic: string) =>
    synthesizedAlone(irish({ traffic }), "live-ireland-hosting")
      .resources("aws_acm_certificate")
      .map(({ values }) => values["domain_name"]);

  it("are answered at in a second region beside its own, unless it is to have its own only", () => {
    expect(hosts("standby")).toContainEqual(
      expect.stringContaining('["orders.live-ireland.acme.example","orders.live.acme.example"]'),
    );
    expect(certificate("standby")).toContain("*.live.acme.example");
    expect(hosts("own").join()).not.toContain("orders.live.acme.example");
    expect(certificate("own")).not.toContain("*.live.acme.example");
  });

  it("are proved by the record that the account has, and make none that would go with the region", () => {
    const hosting = synthesizedAlone(irish({}), "live-ireland-hosting");
    const records = hosting.resources("aws_route53_record").map(({ id }) => id);
    expect(records.filter((id) => id.startsWith("certificate_account"))).toEqual([]);
    expect(hosting.at("aws_lb_listener_certificate.certificate_account_listener_public")).toMatchObject({
      certificate_arn: "${aws_acm_certificate_validation.certificate_account_validation.certificate_arn}",
    });
  });

  it("lead to a second region by records of its own state, which the zone's wildcard yields to", () => {
    const active = synthesizedAlone(irish({ traffic: "active" }), "live-ireland-service-orders");
    expect(active.at("aws_route53_record.door_public_taken_orders")).toMatchObject({
      zone_id: "Z0LIVE",
      name: "orders.live.acme.example",
      set_identifier: "orders",
    });
    const standby = synthesizedAlone(irish({}), "live-ireland-service-orders");
    expect(standby.resources("aws_route53_record")).toEqual([]);
    const first = synthesizedAlone(irish({ traffic: "active" }), "live-service-orders");
    expect(first.resources("aws_route53_record")).toEqual([]);
  });

  it("are not taken before the zone's id is recorded", () => {
    const plans = planStacks(loadCompany(irelandWith({ traffic: "active" })));
    const orders = plans.find(({ id }) => id === "live-ireland-service-orders");
    expect(orders?.plan.lacks).toEqual([expect.objectContaining({ account: "live", fact: "publicZone" })]);
  });
});
