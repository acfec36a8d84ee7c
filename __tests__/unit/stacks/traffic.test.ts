import type { Phase } from "../../../environments/schema/migration/phase";
import { planStacks } from "../../../stacks/graph";
import { loadCompany, removeFolders } from "../../support/company";
import { migratingIn } from "../../support/migrations";
import { object, objects, synthesizedAlone, type Json } from "../../support/synthesized";
import { BY_CLOUDFLARE, BY_ROUTE53, shifting } from "../../support/traffic";

afterAll(removeFolders);

const UNIT = "live-traffic-shop";
type Traffic = Readonly<Record<string, unknown>>;
const made = new Map<string, ReturnType<typeof synthesizedAlone>>();
const stackIn = (phase: Phase, traffic: Traffic) => {
  const key = JSON.stringify([phase, traffic]);
  const held = made.get(key) ?? synthesizedAlone(loadCompany(shifting(phase, traffic)), UNIT);
  made.set(key, held);
  return held;
};
const resources = (phase: Phase, traffic: Traffic) =>
  new Map(
    stackIn(phase, traffic)
      .resources()
      .map(({ address, values }) => [address, values]),
  );

/** Values by path, down to what is no object. */
const leaves = (value: Json, path = ""): (readonly [string, Json])[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        leaves(inner as Json, path === "" ? key : `${path}.${key}`),
      )
    : [[path, value]];

/** What a plan from one description to another would change, by address and path. */
function changes(before: ReturnType<typeof resources>, after: ReturnType<typeof resources>) {
  expect([...after.keys()]).toEqual([...before.keys()]);
  return [...after].flatMap(([address, values]) => {
    const was = new Map(leaves(before.get(address) ?? {}));
    return leaves(values)
      .filter(([path, value]) => was.get(path) !== value)
      .map(([path, value]) => `${address}.${path}: ${String(was.get(path))} -> ${String(value)}`);
  });
}

describe("Route 53", () => {
  const RECORD = "aws_route53_record.record_shop_live_acme_example";

  it("answers a name from both places, all of it from the former one before the cutover", () => {
    const found = resources("prepare", BY_ROUTE53);

    expect([...found.keys()]).toEqual([`${RECORD}_former`, `${RECORD}_target`]);
    expect(found.get(`${RECORD}_former`)).toMatchObject({
      name: "shop.live.acme.example",
      type: "CNAME",
      ttl: 60,
      records: ["shop.former.example"],
      set_identifier: "shop-former",
      weighted_routing_policy: { weight: 100 },
    });
    expect(found.get(`${RECORD}_target`)).toMatchObject({
      records: ["shop-new.live.acme.example"],
      set_identifier: "shop-target",
      weighted_routing_policy: { weight: 0 },
    });
  });

  it.each([
    [1, 0, 5],
    [2, 5, 25],
    [3, 25, 50],
    [4, 50, 100],
  ])("step %i changes both weights, and nothing else", (step, before, after) => {
    expect(
      changes(
        resources("cutover", { ...BY_ROUTE53, step: step - 1 }),
        resources("cutover", { ...BY_ROUTE53, step }),
      ),
    ).toEqual([
      `${RECORD}_former.weighted_routing_policy.weight: ${100 - before} -> ${100 - after}`,
      `${RECORD}_target.weighted_routing_policy.weight: ${before} -> ${after}`,
    ]);
  });

  it("leads to the new place alone in the end, by the record that was there", () => {
    const last = { ...BY_ROUTE53, step: 4 };

    expect([...resources("decommission", last).keys()]).toEqual([`${RECORD}_target`]);
    expect(resources("decommission", last).get(`${RECORD}_target`)).toEqual(
      resources("rollback-window", last).get(`${RECORD}_target`),
    );
  });
});

describe("Cloudflare", () => {
  const NAME = "record_shop_acme_shop_example";
  const BALANCER = `cloudflare_load_balancer.${NAME}_balancer`;
  const POOL = (place: string) => `cloudflare_load_balancer_pool.${NAME}_${place}`;
  const weights = (former: number, target: number) => ({
    [`\${${POOL("former")}.id}`]: former,
    [`\${${POOL("target")}.id}`]: target,
  });

  it("answers a name from two pools that it watches, by a load balancer", () => {
    const found = resources("prepare", BY_CLOUDFLARE);

    expect([...found.keys()].sort()).toEqual([
      BALANCER,
      "cloudflare_load_balancer_monitor.monitor",
      POOL("former"),
      POOL("target"),
    ]);
    expect(found.get(BALANCER)).toMatchObject({
      zone_id: BY_CLOUDFLARE.zoneId,
      name: "shop.acme-shop.example",
      proxied: true,
      steering_policy: "random",
      fallback_pool: `\${${POOL("former")}.id}`,
      random_steering: { pool_weights: weights(1, 0) },
    });
    expect(found.get(BALANCER)).not.toHaveProperty("ttl");
  });

  it("asks each place by its own name, and by HTTPS whose certificate it verifies", () => {
    const found = resources("prepare", { ...BY_CLOUDFLARE, monitor: { path: "/health" } });

    expect(found.get("cloudflare_load_balancer_monitor.monitor")).toMatchObject({
      type: "https",
      path: "/health",
      expected_codes: "2xx",
      allow_insecure: false,
    });
    for (const [place, address] of [
      ["former", "shop.herokuapp.example"],
      ["target", "shop-new.live.acme.example"],
    ] as const) {
      expect(found.get(POOL(place))).toMatchObject({
        account_id: BY_CLOUDFLARE.accountId,
        name: `live-shop-shop-acme-shop-example-${place}`,
        monitor: "${cloudflare_load_balancer_monitor.monitor.id}",
      });
      expect(objects(found.get(POOL(place))?.["origins"])).toMatchObject([
        { address, header: { host: [address] } },
      ]);
    }
  });

  it("keeps answers as long as is said where it answers by DNS only", () => {
    expect(resources("prepare", { ...BY_CLOUDFLARE, proxied: false, ttl: 30 }).get(BALANCER)).toMatchObject({
      proxied: false,
      ttl: 30,
    });
  });

  it.each([
    [1, 0, 0.05],
    [2, 0.05, 0.25],
    [3, 0.25, 0.5],
    [4, 0.5, 1],
  ])("step %i changes both weights, and nothing else", (step, before, after) => {
    const taken = (count: number) => resources("cutover", { ...BY_CLOUDFLARE, step: count });

    expect(taken(step).get(BALANCER)).toMatchObject({
      random_steering: { pool_weights: weights(1 - after, after) },
    });
    expect(changes(taken(step - 1), taken(step))).toEqual([
      `${BALANCER}.random_steering.pool_weights.\${${POOL("former")}.id}: ${1 - before} -> ${1 - after}`,
      `${BALANCER}.random_steering.pool_weights.\${${POOL("target")}.id}: ${before} -> ${after}`,
    ]);
  });

  it("leads to the new place alone in the end", () => {
    const found = resources("decommission", { ...BY_CLOUDFLARE, step: 4 });

    expect([...found.keys()]).not.toContain(POOL("former"));
    expect(found.get(BALANCER)).toMatchObject({
      default_pools: [`\${${POOL("target")}.id}`],
      fallback_pool: `\${${POOL("target")}.id}`,
    });
  });

  it("is in a stack with a provider of its own, no token, and its state in the account's bucket", () => {
    const { json } = stackIn("cutover", { ...BY_CLOUDFLARE, step: 2 });

    expect(object(json["provider"])).toEqual({ cloudflare: [{}] });
    expect(Object.keys(object(object(json["terraform"])["required_providers"]))).toEqual(["cloudflare"]);
    expect(object(object(json["terraform"])["backend"])).toMatchObject({
      s3: { key: `${UNIT}.tfstate`, encrypt: true },
    });
    expect(JSON.stringify(json)).not.toMatch(/token/i);
  });
});

it("whoever moves no names has no stack for them", () => {
  const ids = planStacks(loadCompany(migratingIn("prepare"))).map(({ id }) => id);

  expect(ids).toContain("live-migration-shop");
  expect(ids).not.toContain(UNIT);
});
