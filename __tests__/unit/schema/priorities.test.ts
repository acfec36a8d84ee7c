import { allocatePriorities } from "../../../environments/schema/priorities";
import type { Service } from "../../../environments/schema/service";
import { loadCompany, removeFolders } from "../../support/company";
import { choose, random } from "../../support/random";

afterAll(removeFolders);

type Rule = readonly [alb: string, host: string, path?: string];

const [template] = loadCompany().services["live"]?.filter(({ name }) => name === "orders") ?? [];
if (template === undefined) throw new Error("ACME has no service orders");

/** A service with these rules and nothing else of interest. */
function service(name: string, ...rules: readonly Rule[]): Service {
  const loadBalancers = rules.map(([alb, host, path]) => ({
    alb,
    host,
    authenticate: false,
    ...(path && { path }),
  }));
  return { ...(template as Service), name, loadBalancers };
}

const unpinned = new Map<string, number>();
const priorities = (services: readonly Service[], pinned = unpinned) =>
  new Map([...allocatePriorities(services, pinned)].map(([key, { priority }]) => [key, priority]));

/** Priority of a path on a host of its own. */
function priorityOf(path?: string): number {
  const [priority] = priorities([service("one", ["public", "one", path])]).values();
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
    service(`s${index}`, ["public", `host${index}`, "/api/*"]),
  );

  expect(new Set(priorities(services).values()).size).toBe(100);
});

it("a pinned priority stays, wherever it is", () => {
  const services = [service("a", ["public", "a"]), service("b", ["public", "b", "/x/*"])];
  const pinned = new Map([["public b /x/*", 49_999]]);

  expect(allocatePriorities(services, pinned).get("public b /x/*")).toMatchObject({
    priority: 49_999,
    pinned: true,
  });
});

it("a new rule never takes a pinned priority, even one of a service that is gone", () => {
  const newcomer = service("new", ["public", "new"]);
  const wanted = priorities([newcomer]).get("public new *") ?? 0;
  const tombstone = new Map([["public gone *", wanted]]);

  expect(priorities([newcomer], tombstone).get("public new *")).not.toBe(wanted);
});

it("load balancers count apart: a pin on one takes nothing from another", () => {
  const newcomer = service("new", ["public", "new"]);
  const wanted = priorities([newcomer]).get("public new *") ?? 0;

  expect(priorities([newcomer], new Map([["internal gone *", wanted]])).get("public new *")).toBe(wanted);
});

it("the order in which services are written changes nothing", () => {
  const services = ["a", "b", "c", "d"].map((name) => service(name, ["public", name], ["internal", name]));

  expect(priorities([...services].reverse())).toEqual(priorities(services));
});

describe.each([1, 2, 3, 4, 5])("services that come and go, seed %i", (seed) => {
  it("move nobody who is pinned, and share no number", () => {
    const next = random(seed);
    const paths = [undefined, "/a/*", "/a/b/*", "/b", "/a/*/c"];
    let services: Service[] = [];
    const ledger = new Map<string, number>();
    for (let step = 0; step < 150; step++) {
      if (services.length > 3 && next() < 0.4) {
        const leaving = choose(next, services);
        services = services.filter((candidate) => candidate !== leaving);
      } else {
        const rules = paths.filter(() => next() < 0.5).map((path): Rule => ["public", `h${step}`, path]);
        services.push(service(`s${step}`, ...rules));
      }
      const now = priorities(services, ledger);
      for (const [key, priority] of now) {
        expect(ledger.get(key) ?? priority).toBe(priority);
        ledger.set(key, priority);
      }
      expect(new Set(now.values()).size).toBe(now.size);
    }
  });
});
