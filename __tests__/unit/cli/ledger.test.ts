import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkLedger, writeLedgers } from "../../../cli/ledger-files";
import { loadFleet } from "../../../environments/schema/load";
import { buildPlatform } from "../../../stacks/graph";
import { compareLedger } from "../../../stacks/ledger";
import { temporaryFolder, writeCompany } from "../../support/company";

const entry = (address: string) => ({ stack: "live-network", address });
const VPC = entry("aws_vpc.network_vpc");

describe("comparing addresses", () => {
  it("an address that is gone is lost", () => expect(compareLedger([VPC], [], [], []).lost).toEqual([VPC]));
  it("one that moved is not", () =>
    expect(compareLedger([VPC], [entry("aws_vpc.main")], [VPC], []).lost).toEqual([]));
  it("one removed on purpose is not", () => expect(compareLedger([VPC], [], [], [VPC]).lost).toEqual([]));
  it("a new one is not recorded", () => expect(compareLedger([], [VPC], [], []).unrecorded).toEqual([VPC]));
});

describe("the ledger of an organization", () => {
  const directory = join(temporaryFolder(), "company");
  const platform = () => buildPlatform(loadFleet(directory), { outdir: temporaryFolder() });
  const ledger = () => readFileSync(join(directory, "ledgers", "addresses", "live"), "utf8");
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: directory,
      stdio: "pipe",
    });

  beforeAll(() => {
    mkdirSync(directory, { recursive: true });
    writeCompany(directory);
    writeLedgers(platform(), undefined);
  });

  it("holds sorted lines of stack and address, and is then complete", () => {
    expect(ledger()).toMatch(/^live-network aws_vpc\.network_vpc$/m);
    expect(ledger().trim().split("\n")).toEqual([...ledger().trim().split("\n")].sort());
    expect(checkLedger(platform())).toEqual({ lost: [], unrecorded: [] });
  });

  it("is not cheated by rewriting it in the same change: where the branch began counts", () => {
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-qm", "base");
    process.env["SLIPWAY_BASE"] = "main";
    try {
      const file = join(directory, "ledgers", "addresses", "live");
      git("checkout", "-qb", "change");
      rmSync(join(directory, "services", "orders.json"));
      writeFileSync(file, ledger().replace(/^live-service-orders .*\n/gm, ""));
      const { lost } = checkLedger(platform());
      expect(lost.map(({ stack }) => stack)).toContain("live-service-orders");
    } finally {
      delete process.env["SLIPWAY_BASE"];
    }
  });

  it("records a removal with its reason", () => {
    process.env["SLIPWAY_BASE"] = "main";
    try {
      writeLedgers(platform(), "replaced by sales");
      expect(checkLedger(platform()).lost).toEqual([]);
      const removals = readFileSync(join(directory, "ledgers", "removals", "live"), "utf8");
      expect(removals).toMatch(/^live-service-orders aws_ecs_service\.tasks_service replaced by sales$/m);
    } finally {
      delete process.env["SLIPWAY_BASE"];
    }
  });
});
