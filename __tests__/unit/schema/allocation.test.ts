import type { Account } from "../../../environments/schema/account";
import { allocate } from "../../../environments/schema/allocation";
import {
  formatDoorLedger,
  NO_DOORS,
  parseDoorLedger,
  type DoorLedger,
} from "../../../environments/schema/door-ledger";
import { placeDoors } from "../../../environments/schema/placement";
import { generality } from "../../../environments/schema/priorities";
import type { Service } from "../../../environments/schema/service";
import { loadCompany, removeFolders } from "../../support/company";
import { ledgerOf, serviceWith, type Rule } from "../../support/door-ledgers";
import { choose, random } from "../../support/random";

afterAll(removeFolders);

const account = (): Account => {
  const live = loadCompany().accounts.find(({ name }) => name === "live");
  if (live === undefined) throw new Error("ACME has no account live");
  return live;
};
const live = account();
const many = (count: number, prefix = "s") =>
  Array.from({ length: count }, (_, index) => {
    const name = `${prefix}${String(index).padStart(3, "0")}`;
    return serviceWith(name, ["internal", name]);
  });
const allocated = (services: readonly Service[], ledger: DoorLedger = NO_DOORS) =>
  allocate(live, services, ledger).ledger;
const shardsOf = ({ rules }: DoorLedger) => {
  const counts = new Map<number, number>();
  for (const { shard } of rules) counts.set(shard, (counts.get(shard) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
};

it("fills a load balancer to 80 rules, then opens another", () => {
  const { ledger, notes } = allocate(live, many(175), NO_DOORS);

  expect(shardsOf(ledger)).toEqual([
    [1, 80],
    [2, 80],
    [3, 15],
  ]);
  expect(ledger.shards.get("internal")).toBe(3);
  expect(notes).toContain("opened internal-2");
});

it("a raised quota of rules does not raise that of target groups", () => {
  const raised = { ...live, quotas: { ...live.quotas, albRules: 200 } };

  expect(shardsOf(allocate(raised, many(175), NO_DOORS).ledger)[0]).toEqual([1, 80]);
  const paths = Array.from({ length: 20 }, (_, host) =>
    serviceWith(
      `p${host}`,
      ...Array.from({ length: 7 }, (__, path): Rule => ["internal", `p${host}`, `/v${path}/*`]),
    ),
  );
  expect(shardsOf(allocate(raised, paths, NO_DOORS).ledger)).toEqual([[1, 140]]);
});

it("all rules of a host are on one load balancer, whoever has them", () => {
  const shared = Array.from({ length: 30 }, (_, index) =>
    serviceWith(`api${index}`, ["internal", "zz-api", `/v${index}/*`]),
  );
  const { rules } = allocated([...many(70), ...shared]);
  const api = rules.filter(({ host }) => host === "zz-api");

  expect(api).toHaveLength(30);
  expect(new Set(api.map(({ shard }) => shard))).toEqual(new Set([2]));
});

it("a service's next host is where its target group is, when there is room", () => {
  const first = allocated([...many(80), serviceWith("zz", ["internal", "zz"])]);
  const gone = { ...first, rules: first.rules.filter(({ service }) => service !== "s000") };
  const { rules } = allocated(
    [...many(80).slice(1), serviceWith("zz", ["internal", "zz"], ["internal", "zz-2"])],
    gone,
  );

  expect(rules.find(({ host }) => host === "zz-2")?.shard).toBe(2);
});

it("pins what was derived, so that pinning changes nothing that is applied", () => {
  const services = many(40);
  const derived = placeDoors(services).map(({ priority }) => priority);

  expect(placeDoors(services, allocated(services)).map(({ priority }) => priority)).toEqual(derived);
});

it("what is gone is marked, and its number and room stay taken", () => {
  const before = allocated(many(80));
  const { ledger, notes } = allocate(live, [...many(79), serviceWith("zz", ["internal", "zz"])], before);

  expect(ledger.rules.find(({ service }) => service === "s079")).toMatchObject({ removed: true });
  expect(ledger.rules.find(({ service }) => service === "zz")).toMatchObject({ shard: 2 });
  expect(notes).toContain("marked 1 rule of s079 as removed");
});

it("what comes back is taken up as it was", () => {
  const before = allocated(many(80));
  const after = allocated(many(80), allocated(many(60), before));

  expect(formatDoorLedger(after)).toEqual(formatDoorLedger(before));
});

it("is done after one run: the next changes nothing", () => {
  const services = many(175);

  expect(allocate(live, services, allocated(services)).notes).toEqual([]);
});

it("is written and read back as it was", () => {
  const lines = [
    "move internal a 1 2 both",
    "rule internal a * 1 40001 a",
    "rule internal a * 2 40001 a",
    "rule internal b /x/* 1 9000 b removed",
    "shards internal 2",
  ];

  expect(formatDoorLedger(ledgerOf(...lines))).toEqual(lines);
});

describe.each([1, 2, 3, 4, 5, 6])("175 services that come and go, seed %i", (seed) => {
  const PATHS = [undefined, "/a/*", "/a/b/*", "/b", "/a/*/c", "/*"];

  it("move nobody, share no number, keep to room and order", () => {
    const next = random(seed);
    let services: Service[] = [];
    let ledger = NO_DOORS;
    let born = 0;
    const newcomer = () => {
      born += 1;
      // Every fifth shares a host with others, by a path of its own.
      const host = next() < 0.2 ? `shared${Math.floor(next() * 6)}` : `h${born}`;
      const paths = host.startsWith("shared")
        ? [`/s${born}/*`, `/s${born}`]
        : PATHS.filter(() => next() < 0.35);
      const alb = next() < 0.5 ? "public" : "internal";
      return serviceWith(`s${born}`, ...paths.map((path): Rule => [alb, host, path]));
    };
    for (let step = 0; step < 40; step++) {
      const arrivals = step === 0 ? 175 : Math.floor(next() * 8);
      for (let index = 0; index < arrivals; index++) services.push(newcomer());
      for (let index = 0; index < Math.floor(next() * 8) && services.length > 100; index++) {
        const leaving = choose(next, services);
        services = services.filter((service) => service !== leaving);
      }
      const before = new Map(
        placeDoors(services, ledger)
          .filter(({ pinned }) => pinned)
          .map(({ door, service, shard, priority }) => [
            `${door.host} ${door.path} ${service}`,
            [shard, priority],
          ]),
      );
      ledger = allocated(services, ledger);
      // Whoever destroyed a service says so now and then.
      if (next() < 0.3) ledger = { ...ledger, rules: ledger.rules.filter(({ removed }) => !removed) };
      const violations: never[] = [];
      const lines = formatDoorLedger(ledger);
      expect(formatDoorLedger(parseDoorLedger(lines.join("\n"), "", violations))).toEqual(lines);
      const placed = placeDoors(services, ledger);

      const after = new Map(
        placed.map(({ door, service, shard, priority }) => [
          `${door.host} ${door.path} ${service}`,
          [shard, priority],
        ]),
      );
      const moved = [...before].filter(([rule, place]) => String(after.get(rule)) !== String(place));
      expect(moved.filter(([rule]) => after.has(rule))).toEqual([]);
      expect(placed.filter(({ pinned }) => !pinned)).toEqual([]);
      const numbers = ledger.rules.map(
        ({ loadBalancer, shard, priority }) => `${loadBalancer} ${shard} ${priority}`,
      );
      expect(new Set(numbers).size).toBe(numbers.length);
      const hosts = new Map<string, Set<number>>();
      for (const { door, shard } of placed)
        hosts.set(
          `${door.alb} ${door.host}`,
          (hosts.get(`${door.alb} ${door.host}`) ?? new Set()).add(shard),
        );
      expect([...hosts.values()].filter((shards) => shards.size !== 1)).toEqual([]);
      const byNumber = [...placed].sort((a, b) => a.priority - b.priority);
      const lastOf = new Map<string, number>();
      const disorder = byNumber.filter(({ door }) => {
        const key = `${door.alb} ${door.host}`;
        const last = lastOf.get(key) ?? 0;
        lastOf.set(key, Math.max(last, generality(door.path)));
        return generality(door.path) < last;
      });
      expect(disorder).toEqual([]);
    }
    expect(ledger.shards.get("public")).toBeGreaterThan(1);
  });
});

it("a service whose deployments move traffic takes twice the room", () => {
  const shifting = many(60).map((service): Service => ({
    ...service,
    deploymentConfiguration: { ...service.deploymentConfiguration, strategy: "BLUE_GREEN" },
  }));

  expect(shardsOf(allocated(shifting))).toEqual([
    [1, 40],
    [2, 20],
  ]);
});
