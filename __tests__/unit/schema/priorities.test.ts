import { NO_DOORS, type DoorLedger } from "../../../environments/schema/door-ledger";
import { placeDoors } from "../../../environments/schema/placement";
import type { Service } from "../../../environments/schema/service";
import { removeFolders } from "../../support/company";
import { ledgerOf, serviceWith } from "../../support/door-ledgers";

afterAll(removeFolders);

const priorities = (services: readonly Service[], ledger: DoorLedger = NO_DOORS) =>
  new Map(
    placeDoors(services, ledger).map(({ door, service, priority }) => [
      `${door.alb} ${door.host} ${door.path ?? "*"} ${service}`,
      priority,
    ]),
  );

/** Priority of a path on a host of its own. */
function priorityOf(path?: string): number {
  const [priority] = priorities([serviceWith("one", ["public", "one", path])]).values();
  return priority ?? Number.NaN;
}

describe("a more specific path is matched first", () => {
  const table: [string | undefined, string | undefined][] = [
    ["/a", "/*"],
    ["/a/b/c", "/a/b/*"],
    ["/a/b/*", "/a/*"],
    ["/a/*", "/*"],
    ["/*", undefined],
    ["/a/*/c", "/a/*"],
    ["/orders-v2*", "/orders*"],
    ["/a/b/c/d/e/f/g/*", "/a/b/c/d/e/f/*"],
    ["/a/?/c", "/a/*"],
  ];
  it.each(table)("%s before %s", (specific, general) => {
    expect(priorityOf(specific)).toBeLessThan(priorityOf(general));
  });
});

it("every priority is one that AWS takes", () => {
  const longest = `/${"a".repeat(126)}*`;
  for (const path of [undefined, "/", "/*", "/a/b/c", longest, `/${"?".repeat(127)}`]) {
    expect(priorityOf(path)).toBeGreaterThanOrEqual(1);
    expect(priorityOf(path)).toBeLessThanOrEqual(50_000);
  }
});

it("two rules of one load balancer never share a priority, even when their bands are crowded", () => {
  const services = Array.from({ length: 100 }, (_, index) =>
    serviceWith(`s${index}`, ["public", `host${index}`, "/api/*"]),
  );

  expect(new Set(priorities(services).values()).size).toBe(100);
});

it("a pinned priority stays, wherever it is", () => {
  const services = [serviceWith("a", ["public", "a"]), serviceWith("b", ["public", "b", "/x/*"])];

  expect(placeDoors(services, ledgerOf("rule public b /x/* 1 49999 b"))[1]).toMatchObject({
    priority: 49_999,
    pinned: true,
  });
});

it("a new rule never takes a pinned priority, even one of a service that is gone", () => {
  const newcomer = serviceWith("new", ["public", "new"]);
  const wanted = priorities([newcomer]).get("public new * new") ?? 0;
  const tombstone = ledgerOf(`rule public gone * 1 ${wanted} gone removed`);

  expect(priorities([newcomer], tombstone).get("public new * new")).not.toBe(wanted);
});

it("a route that another service takes over gets a number of its own, since both are there for a while", () => {
  const heir = serviceWith("heir", ["public", "orders"]);
  const [{ priority } = { priority: 0 }] = placeDoors([heir], NO_DOORS);
  const [taken] = placeDoors([heir], ledgerOf(`rule public orders * 1 ${priority} orders removed`));

  expect(taken).toMatchObject({ pinned: false });
  expect(taken?.priority).not.toBe(priority);
});

it("load balancers count apart: a pin on one takes nothing from another", () => {
  const newcomer = serviceWith("new", ["public", "new"]);
  const wanted = priorities([newcomer]).get("public new * new") ?? 0;

  const ledger = ledgerOf(`rule internal gone * 1 ${wanted} gone`);
  expect(priorities([newcomer], ledger).get("public new * new")).toBe(wanted);
});

it("the order in which services are written changes nothing", () => {
  const services = ["a", "b", "c", "d"].map((name) =>
    serviceWith(name, ["public", name], ["internal", name]),
  );

  expect(priorities([...services].reverse())).toEqual(priorities(services));
});

it("a further path of a host that is pinned is beside its others, where the name leads", () => {
  const ledger = ledgerOf("shards public 2", "rule public shop * 2 40001 shop");
  const [, path] = placeDoors([serviceWith("shop", ["public", "shop"], ["public", "shop", "/x/*"])], ledger);

  expect(path).toMatchObject({ shard: 2, named: true, pinned: false });
});
