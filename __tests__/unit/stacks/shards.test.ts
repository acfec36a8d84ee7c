import { allocate } from "../../../environments/schema/allocation";
import { checkQuotas } from "../../../environments/schema/checks/quotas";
import { formatDoorLedger, type DoorLedger } from "../../../environments/schema/door-ledger";
import {
  finishMove,
  shiftMove,
  startMove,
  type Refusal,
  type Step,
} from "../../../environments/schema/door-moves";
import { doorLedger, servicesIn, type Fleet } from "../../../environments/schema/fleet";
import { loadCompany, removeFolders } from "../../support/company";
import { choose, random } from "../../support/random";
import { object, objects, synthesized, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const shop = (name: string, loadBalancers: object[], accounts = ["live"]) => ({
  name,
  owner: "team@acme.example",
  containerPort: 8080,
  accounts,
  repository: "orders",
  loadBalancers,
});
const LEDGER = "ledgers/doors/live";
const company = (
  services: Record<string, object>,
  lines: readonly string[],
  except?: Parameters<typeof loadCompany>[1],
) =>
  loadCompany(
    {
      accounts: { live: { quotas: { albRules: 10 } } },
      services,
      files: { [LEDGER]: lines.join("\n") },
    },
    except,
  );
const live = (fleet: Fleet) => {
  const account = fleet.accounts.find(({ name }) => name === "live");
  if (account === undefined) throw new Error("ACME has no account live");
  return account;
};

describe("a second load balancer of a name", () => {
  const fleet = () =>
    company({ shop: shop("shop", [{ alb: "public", host: "shop" }]) }, [
      "shards public 2",
      "rule public shop * 2 40001 shop",
    ]);

  it("is like the first, in the same stack", () => {
    const hosting = synthesizedAlone(fleet(), "live-hosting");
    const {
      name: _one,
      access_logs: _logs,
      security_groups: _group,
      "//": _path,
      ...first
    } = hosting.at("aws_lb.door_public_load_balancer");

    expect(hosting.at("aws_lb.door_public_2_load_balancer")).toMatchObject({
      ...first,
      name: "live-public-2",
      access_logs: { prefix: "live-public-2" },
    });
    expect(hosting.at("aws_ssm_parameter.contract_load_balancer_public_2")).toBeDefined();
    const [, deliver] = hosting.statements(hosting.only("aws_s3_bucket_policy")["policy"]);
    expect(JSON.stringify(deliver?.["resources"])).toContain("/live-public-2/AWSLogs/");
  });

  it("holds target group and rule of what the ledger places there, and the name of its host", () => {
    const stack = synthesizedAlone(fleet(), "live-service-shop");

    expect(stack.only("aws_lb_target_group")["name"]).toBe("shop--public-2");
    expect(stack.only("aws_lb_listener_rule")).toMatchObject({
      priority: 40001,
      listener_arn: expect.stringContaining("hosting_load_balancer_public_2"),
    });
    expect(stack.only("aws_route53_record")).toMatchObject({
      name: "shop.live.acme.example",
      set_identifier: "shop",
      weighted_routing_policy: { weight: 1 },
      alias: { name: expect.stringContaining("hosting_load_balancer_public_2") },
    });
  });

  it("the wildcard leads to the first, so that hosts there have no record", () => {
    const of = company({ shop: shop("shop", [{ alb: "public", host: "shop" }]) }, [
      "shards public 2",
      "rule public shop * 1 40001 shop",
    ]);

    expect(synthesizedAlone(of, "live-service-shop").resources("aws_route53_record")).toEqual([]);
    expect(synthesizedAlone(of, "live-hosting").at("aws_route53_record.names_public")["alias"]).toMatchObject(
      { name: "${aws_lb.door_public_load_balancer.dns_name}" },
    );
  });

  it("services that share a host there keep a record each, so that each can go alone", () => {
    const of = company(
      {
        shop: shop("shop", [{ alb: "public", host: "shop" }]),
        cart: shop("cart", [{ alb: "public", host: "shop", path: "/cart/*" }]),
      },
      ["shards public 2", "rule public shop * 2 40001 shop", "rule public shop /cart/* 2 9001 cart"],
    );
    const records = ["shop", "cart"].map((name) =>
      synthesizedAlone(of, `live-service-${name}`).only("aws_route53_record"),
    );

    expect(records.map((record) => record["set_identifier"])).toEqual(["shop", "cart"]);
    expect(records[0]?.["alias"]).toEqual(records[1]?.["alias"]);
  });
});

describe("a host that moves", () => {
  const services = { shop: shop("shop", [{ alb: "public", host: "shop" }]) };
  const host = { loadBalancer: "public", host: "shop" };
  const taken = (step: Step | Refusal): DoorLedger => {
    if ("refused" in step) throw new Error(step.refused);
    return step.ledger;
  };
  const stackOf = (ledger: DoorLedger) =>
    synthesizedAlone(company(services, formatDoorLedger(ledger)), "live-service-shop");
  const start = doorLedger(
    company(services, ["rule public shop * 1 40001 shop"]),
    live(company(services, [])),
  );
  const both = taken(startMove(start, host, 2));
  const shifted = taken(shiftMove(both, host));
  const finished = taken(finishMove(shifted, host));
  const shape = (ledger: DoorLedger) => {
    const stack = stackOf(ledger);
    return {
      groups: stack
        .resources("aws_lb_target_group")
        .map(({ values }) => String(values["name"]))
        .sort(),
      rules: stack
        .resources("aws_lb_listener_rule")
        .map(({ id }) => id)
        .sort(),
      tasks: objects(stack.only("aws_ecs_service")["load_balancer"]).length,
      name: stack
        .resources("aws_route53_record")
        .map(({ id, values }) => [id, String(object(values["alias"])["name"]).includes("public_2")]),
    };
  };

  it("has target groups and rules on both first, its name as before", () =>
    expect(shape(both)).toEqual({
      groups: ["shop--public", "shop--public-2"],
      rules: ["door_public_2_rule_shop", "door_public_rule_shop"],
      tasks: 2,
      name: [],
    }));

  it("then its name leads to the new one, and nothing else changes", () =>
    expect(shape(shifted)).toEqual({ ...shape(both), name: [["door_public_name_shop", true]] }));

  it("then the old ones go", () =>
    expect(shape(finished)).toEqual({
      groups: ["shop--public-2"],
      rules: ["door_public_2_rule_shop"],
      tasks: 1,
      name: [["door_public_name_shop", true]],
    }));

  it("opens the load balancer that it moves to", () =>
    expect(
      synthesizedAlone(company(services, formatDoorLedger(both)), "live-hosting").resources("aws_lb"),
    ).toHaveLength(3));

  it("keeps the record's address on its way to a third, so that Route 53 changes it at once", () => {
    const on = taken(shiftMove(taken(startMove(finished, host, 3)), host));
    const [record] = stackOf(on).resources("aws_route53_record");

    expect(record?.id).toBe("door_public_name_shop");
    expect(object(record?.values["alias"])["name"]).toContain("public_3");
  });
});

describe.each([1, 2])("services that come and go, seed %i", (seed) => {
  it("change their own stacks only; hosting where a load balancer is opened", () => {
    const next = random(seed);
    let services: Record<string, ReturnType<typeof shop>> = {};
    let lines: string[] = [];
    let before = new Map<string, string>();
    let open = 0;
    let born = 0;
    for (let step = 0; step < 4; step++) {
      const changed = new Set<string>();
      for (let index = 0; index < (step === 0 ? 14 : 2); index++) {
        const name = `s${(born += 1)}`;
        // A few share a host, as many as there is room for.
        const host = born % 5 === 0 && born < 15 ? "shared" : name;
        const path = host === "shared" ? { path: `/${name}/*` } : {};
        services = { ...services, [name]: shop(name, [{ alb: "public", host, ...path }]) };
        changed.add(`live-service-${name}`);
      }
      if (step > 0) {
        const leaving = choose(next, Object.keys(services));
        services = Object.fromEntries(Object.entries(services).filter(([name]) => name !== leaving));
        changed.add(`live-service-${leaving}`);
      }
      const described = company(services, lines, [checkQuotas]);
      const { ledger } = allocate(
        live(described),
        servicesIn(described, live(described)),
        doorLedger(described, live(described)),
      );
      lines = formatDoorLedger(ledger);
      const now = ledger.shards.get("public") ?? 1;
      if (now > open) changed.add("live-hosting");
      open = now;
      const after = new Map(
        [...synthesized(company(services, lines)).stacks].map(([id, { text }]) => [id, text]),
      );
      const differing = [...after.keys()].filter(
        (id) => before.has(id) && before.get(id) !== after.get(id) && !changed.has(id),
      );
      expect(differing).toEqual([]);
      before = after;
    }
    expect(open).toBeGreaterThan(2);
  });
});
