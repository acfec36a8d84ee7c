import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkSteps } from "../../../cli/door-ledger-files";
import { createProgram } from "../../../cli/program";
import { loadFleet } from "../../../environments/schema/load";
import { removeFolders, temporaryFolder, writeCompany } from "../../support/company";

let directory = "";
let said = "";

beforeEach(() => {
  directory = join(temporaryFolder(), "company");
  mkdirSync(directory, { recursive: true });
  writeCompany(directory);
  said = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  process.env["SLIPWAY_BASE"] = "main";
});
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env["SLIPWAY_BASE"];
  delete process.env["SLIPWAY_ORGANIZATION"];
  process.exitCode = undefined;
});
afterAll(removeFolders);

const slipway = (...args: string[]) =>
  createProgram().parseAsync(["node", "slipway", "--organization", directory, ...args]);
const allocate = (...args: string[]) => slipway("allocate", ...args);
const file = (account = "live") => join(directory, "ledgers", "doors", account);
const rules = (account = "live") =>
  readFileSync(file(account), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    cwd: directory,
    stdio: "pipe",
  });

it("pins the rules of every account, and is then done", async () => {
  await allocate();
  expect(rules()).toEqual([
    expect.stringMatching(/^rule internal orders \* 1 \d+ orders$/),
    expect.stringMatching(/^rule public orders \* 1 \d+ orders$/),
  ]);
  expect(rules("development")).toHaveLength(2);
  await allocate("--check");

  expect(said).toContain("Every listener rule is pinned.");
  expect(process.exitCode).toBeUndefined();
});

it("--check writes nothing and fails on what is not pinned", async () => {
  await allocate("--check");

  expect(said).toContain("live: pinned 2 rules of orders");
  expect(process.exitCode).toBe(1);
  expect(existsSync(file())).toBe(false);
});

it("makes room where a load balancer has none", async () => {
  writeCompany(directory, { accounts: { live: { quotas: { albRules: 5 } } } });
  for (let index = 0; index < 6; index++) {
    const service = {
      name: `s${index}`,
      owner: "team@acme.example",
      containerPort: 80,
      accounts: ["live"],
      loadBalancers: [{ alb: "internal", host: `s${index}` }],
    };
    writeFileSync(join(directory, "services", `s${index}.json`), JSON.stringify(service));
  }
  expect(() => loadFleet(directory)).toThrow(/7 rules on internal/);
  await allocate();

  expect(() => loadFleet(directory)).not.toThrow();
  expect(rules()).toContain("shards internal 2");
});

it("--forget frees what is gone, and refuses what is not", async () => {
  await allocate();
  await expect(allocate("--forget", "orders")).rejects.toThrow(/orders still has all of its rules/);
  rmSync(join(directory, "services", "orders.json"));
  await allocate();
  expect(rules()).toEqual([expect.stringMatching(/ removed$/), expect.stringMatching(/ removed$/)]);
  await allocate("--forget", "orders");

  expect(existsSync(file())).toBe(false);
  await expect(allocate("--forget", "orders")).rejects.toThrow(/No ledger holds a rule of orders/);
});

describe("moving a host", () => {
  const move = (...args: string[]) => allocate(...args, "--account", "live");

  it("takes its steps in their order", async () => {
    await allocate();
    await expect(move("--shift", "orders")).rejects.toThrow(/Name one|is not moving/);
    await move("--move", "orders", "--to", "public-2");
    expect(rules()).toContain("move public orders 1 2 both");
    expect(said).toContain("Next: apply the stacks of its services");
    await expect(move("--finish", "orders")).rejects.toThrow(
      /still leads to public, whose rules would go; nothing was written/,
    );
    await expect(move("--move", "orders", "--to", "public-2")).rejects.toThrow(/moving to public-2 already/);
    await move("--shift", "orders");
    expect(rules()).toContain("move public orders 1 2 shifted");
    await move("--finish", "orders");

    expect(rules().filter((line) => line.includes("public"))).toEqual([
      expect.stringMatching(/^rule public orders \* 1 \d+ orders removed$/),
      expect.stringMatching(/^rule public orders \* 2 \d+ orders$/),
      "shards public 2",
    ]);
  });

  it("goes back a step", async () => {
    await allocate();
    await move("--move", "orders", "--to", "public-2");
    await move("--shift", "orders");
    await move("--back", "orders");
    expect(rules()).toContain("move public orders 1 2 both");
    await move("--back", "orders");

    expect(rules()).toContainEqual(expect.stringMatching(/^rule public orders \* 1 \d+ orders$/));
    expect(rules()).toContainEqual(expect.stringMatching(/^rule public orders \* 2 \d+ orders removed$/));
  });

  it("asks which is meant, and refuses what is not open", async () => {
    await allocate();
    await expect(allocate("--move", "orders", "--to", "public-2")).rejects.toThrow(
      /orders is on public in development, on public in live/,
    );
    await expect(move("--move", "orders", "--to", "public-4")).rejects.toThrow(
      /public-4 is not open.*\n.*public-2/,
    );
    await expect(move("--move", "orders")).rejects.toThrow(/--move and --to go together/);
  });

  it("in one change is refused for a step that is skipped", async () => {
    await allocate();
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-qm", "base");
    await move("--move", "orders", "--to", "public-2");
    expect(checkSteps(loadFleet(directory))).toEqual([]);
    await move("--shift", "orders");

    expect(checkSteps(loadFleet(directory))).toMatchObject([
      { path: "orders", given: "moved from public to public-2 and public in one change" },
    ]);
    git("commit", "-qam", "both steps at once, merged");
    await move("--finish", "orders");
    expect(checkSteps(loadFleet(directory))).toEqual([]);
  });
});

describe("a host of a service whose deployments move traffic", () => {
  const company = (deploymentConfiguration: object) =>
    writeCompany(directory, { services: { orders: { deploymentConfiguration } } });

  it("is not moved: ECS would not learn of the other load balancer", async () => {
    company({ strategy: "CANARY" });
    await allocate();
    const before = readFileSync(file(), "utf8");

    await expect(allocate("--move", "orders", "--to", "public-2", "--account", "live")).rejects.toThrow(
      /orders leads to orders, whose deployments move traffic \(CANARY\).*nothing was written/,
    );
    expect(readFileSync(file(), "utf8")).toBe(before);
  });

  it("moves while the service rolls and is prepared", async () => {
    company({ prepared: true });
    await allocate();
    await allocate("--move", "orders", "--to", "public-2", "--account", "live");

    expect(rules()).toContainEqual(expect.stringMatching(/^rule public orders \* 2 \d+ orders$/));
  });
});
