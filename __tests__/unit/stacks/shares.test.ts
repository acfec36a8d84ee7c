import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, synthesized, synthesizedAlone } from "../../support/synthesized";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const next = (door: object = {}, more: object = {}) => ({
  name: "orders-next",
  owner: "orders@acme.example",
  containerPort: 8080,
  accounts: ["live"],
  loadBalancers: [{ alb: "public", host: "orders-next", takesShares: true, ...door }],
  ...more,
});
const company = (door: object = {}, successor: object = next(), ...lines: string[]) =>
  loadCompany({
    services: {
      orders: {
        accounts: ["live"],
        loadBalancers: [
          { alb: "public", host: "orders", shares: [{ service: "orders-next", weight: 10 }], ...door },
        ],
      },
      "orders-next": successor,
    },
    files: { "ledgers/doors/live": lines.join("\n") },
  });
const forward = (fleet: ReturnType<typeof company>) => {
  const [action] = objects(
    synthesizedAlone(fleet, "live-service-orders").only("aws_lb_listener_rule")["action"],
  );
  return object(action?.["forward"]);
};

describe("a part of a door's requests", () => {
  it("goes to the target group that the other service publishes, the rest to its own", () => {
    expect(forward(company())["target_group"]).toEqual([
      { arn: "${aws_lb_target_group.door_public_target_group.arn}", weight: 90 },
      { arn: expect.stringContaining("service_orders_next_target_group_public"), weight: 10 },
    ]);
    expect(forward(company())["stickiness"]).toBeUndefined();
  });

  it("stays with a client where the door does", () =>
    expect(forward(company({ stickiness: { cookieDuration: 600 } }))["stickiness"]).toEqual({
      enabled: true,
      duration: 600,
    }));

  it("is published by who takes it, and is applied after it and destroyed before it", () => {
    const { platform, stack } = synthesized(company());
    const orders = platform.stacks.find(({ id }) => id === "live-service-orders");

    expect(
      stack("live-service-orders-next").at("aws_ssm_parameter.contract_orders_next_target_group_public")[
        "name"
      ],
    ).toBe("/slipway/live/service/orders-next.target-group-public");
    expect(orders?.dependsOn).toContain("live-service-orders-next");
  });
});

describe("refused is", () => {
  const first = (load: () => unknown) => violationsOf(load)[0];

  it("a share for a service that takes none, or is none", () => {
    expect(first(() => company({}, next({ takesShares: false })))).toMatchObject({
      path: "loadBalancers[0].shares[0].service (in live)",
      given: "orders-next",
      mend: expect.stringContaining("write takesShares: true at a host of orders-next behind public"),
    });
    expect(first(() => company({ shares: [{ service: "orders-nxt", weight: 1 }] }))).toMatchObject({
      mend: 'write "orders-next"',
    });
  });

  it("more than all of it", () =>
    expect(
      first(() =>
        company({
          shares: [
            { service: "orders-next", weight: 60 },
            { service: "orders-next", weight: 50 },
          ],
        }),
      ),
    ).toMatchObject({ given: 110, allowed: "weights of 100 together at most" }));

  it("a share across load balancers, whose target groups are their own", () =>
    expect(
      first(() =>
        company(
          {},
          next(),
          "shards public 2",
          "rule public orders * 1 40001 orders",
          "rule public orders-next * 2 40001 orders-next",
        ),
      ),
    ).toMatchObject({
      mend: "slipway allocate --move orders-next --to public --account live",
    }));

  it("a share of whoever has its weights moved by deployments", () => {
    const strategy = { deploymentConfiguration: { strategy: "CANARY" } };

    expect(first(() => company({}, next({}, strategy)))).toMatchObject({
      allowed: "a service with ROLLING: target groups of orders-next take turns",
    });
  });
});
