import { join } from "node:path";
import type { Phase } from "../../environments/schema/migration/phase";
import { loadCompany, removeFolders, temporaryFolder } from "../support/company";
import { kindIn, type KindId } from "../support/migration-kinds";
import { migratingIn, SHOP } from "../support/migrations";
import { Sandbox } from "../support/sandbox";
import { failure, groupsOf } from "../support/terraform-cycle";
import { TerraformGroup, writtenStacks } from "../support/terraform-group";
import { describeWithEmulator, describeWithTerraform } from "../support/tiers";

afterAll(removeFolders);

const UNIT = "live-migration-shop";
/** What the migration rests on, the way to its source and what all of an account's share among them. */
const BENEATH = [
  "live-secrets",
  "live-observability",
  "live-network",
  "live-vpn",
  "live-data-shop",
  "live-migration",
];

describeWithEmulator("a migration in each of its phases, one after the other", () => {
  const sandbox = new Sandbox();
  const folder = temporaryFolder();
  let beneath: readonly TerraformGroup[] = [];
  let env: NodeJS.ProcessEnv = {};
  let unit: TerraformGroup;

  /** Writes the migration's stack as it is in a phase. */
  const enter = (phase: Phase) => {
    const { outdir, stacks } = writtenStacks(loadCompany(migratingIn(phase)), (id) => id === UNIT);
    unit = new TerraformGroup(stacks, join(folder, "unit"), env);
    unit.write(outdir);
  };
  /** What a plan wants, by address. */
  const planned = async (): Promise<Readonly<Record<string, string[]>>> => {
    const { stdout, stderr, code } = await unit.plan();
    expect(code === 1 ? stdout + stderr : "").toBe("");
    const changes: Record<string, string[]> = { created: [], destroyed: [], updated: [], replaced: [] };
    for (const [, address = "", what = ""] of stdout.matchAll(
      /# module\.\w+?\.(aws_\S+) (?:will be|must be) (created|destroyed|replaced|updated)/g,
    ))
      (changes[what] ??= []).push(address);
    for (const addresses of Object.values(changes)) addresses.sort();
    return changes;
  };
  const settle = async () => {
    expect(failure(await unit.apply())).toBe("");
    expect((await unit.plan()).stdout).toContain("No changes.");
  };
  const NOTHING = { created: [], destroyed: [], updated: [], replaced: [] };
  const latency = (task: string) =>
    ["loud", "source", "target"].map((end) => `aws_cloudwatch_metric_alarm.${task}_alarms_latency_${end}`);
  const compared = (task: string) =>
    ["failed", "suspended"].map((what) => `aws_cloudwatch_metric_alarm.${task}_alarms_${what}`);

  beforeAll(async () => {
    const { outdir, stacks } = writtenStacks(loadCompany(migratingIn("prepare")), (id) =>
      BENEATH.includes(id),
    );
    expect(stacks.map(({ id }) => id).sort()).toEqual([...BENEATH].sort());
    await sandbox.emulator();
    env = await sandbox.environment(stacks[0]?.account.id ?? "");
    beneath = groupsOf({ outdir, stacks }, folder, env);
  });
  afterAll(() => sandbox.stop());

  it("rests on a way to its source and on what its account's migrations share", async () => {
    for (const group of beneath) {
      expect((await group.init()).stderr).toBe("");
      expect(await group.validate()).toEqual([]);
      expect(failure(await group.apply())).toBe("");
      expect((await group.plan()).stdout).toContain("No changes.");
    }
  });

  it("prepare: is valid, and made with both ways' ends", async () => {
    enter("prepare");
    expect((await unit.init()).stderr).toBe("");
    expect(await unit.validate()).toEqual([]);
    await settle();
    expect((await unit.state()).filter((address) => address.includes("aws_dms_endpoint."))).toHaveLength(4);
  });

  it("full-load: has nothing to plan", async () => {
    enter("full-load");
    expect(await planned()).toEqual(NOTHING);
  });

  it("cdc: adds the task that compares, and lets silence be a fault", async () => {
    enter("cdc");
    expect(await planned()).toEqual({
      ...NOTHING,
      created: [...compared("validation"), "aws_dms_replication_task.validation_task"],
      updated: latency("forward"),
    });
    await settle();
  });

  it("validated: has nothing to plan", async () => {
    enter("validated");
    expect(await planned()).toEqual(NOTHING);
  });

  it("cutover: adds the way back, and touches no task that runs", async () => {
    enter("cutover");
    expect(await planned()).toEqual({
      ...NOTHING,
      created: [
        ...compared("reverse"),
        ...latency("reverse"),
        "aws_dms_replication_task.reverse_task",
      ].sort(),
      updated: latency("forward"),
    });
    await settle();
  });

  it("rollback-window: turns the alarms round", async () => {
    enter("rollback-window");
    expect(await planned()).toEqual({
      ...NOTHING,
      destroyed: [...latency("forward"), ...compared("validation")].sort(),
      updated: latency("reverse"),
    });
    await settle();
  });

  it("decommission: leaves nothing", async () => {
    enter("decommission");
    expect(failure(await unit.apply())).toBe("");
    expect(await unit.state()).toEqual([]);
  });

  it("what it rested on comes down, once protection is lifted", async () => {
    const fleet = loadCompany(migratingIn("decommission"));
    const lifted = writtenStacks(fleet, (id) => BENEATH.includes(id), new Set(BENEATH));
    for (const group of [...beneath].reverse()) {
      group.write(lifted.outdir);
      expect(failure(await group.apply("-destroy", "-refresh=false"))).toBe("");
      expect((await group.state()).filter((address) => !address.includes(".data."))).toEqual([]);
    }
  });
});

const DATA = { databases: { shop: { logicalReplication: true } } };

describeWithTerraform("a migration in each of its forms", () => {
  const oneWay = { reverse: {}, rollback: { strategy: "dual-write", decisionOwner: "cto@acme.example" } };
  const uncompared = {
    validation: { enabled: false },
    waivers: [
      {
        control: "validation",
        reason: "Counts and hashes are compared",
        owner: "shop@acme.example",
        expires: "2099-01-31",
      },
    ],
  };
  const end = { secret: "migration/shop-source", databaseName: "shop", certificate: "former.pem" };
  const FORMS: Readonly<Record<string, object>> = {
    serverless: { compute: { mode: "serverless", maxCapacityUnits: 8 }, validation: {} },
    documents: {
      source: { ...end, engineName: "mongodb" },
      target: { ...end, engineName: "docdb", secret: "migration/shop-target" },
      ...uncompared,
    },
    files: {
      source: { engineName: "s3", store: "dump", s3Settings: { externalTableDefinition: "{}" } },
      task: { ...SHOP.task, migrationType: "full-load" },
      ...uncompared,
    },
    archive: {
      source: {
        engineName: "mysql",
        secret: "migration/shop-source",
        certificate: "former.pem",
        mysqlSettings: { eventsPollInterval: 10, afterConnectScript: "SET NAMES utf8mb4" },
      },
      target: { engineName: "s3", store: "dump" },
      task: { ...SHOP.task, settings: { lob: { mode: "limited" } } },
      ...uncompared,
    },
    attributes: {
      source: {
        ...end,
        engineName: "sqlserver",
        extraConnectionAttributes: { tlogAccessMode: "PreferTlog" },
      },
    },
  };

  it("is valid, without a value that the provider does not know", async () => {
    const { accounts, ...rest } = migratingIn("prepare");
    const live = { ...(accounts?.["live"] as object), data: { ...DATA, buckets: { dump: {} } } };
    const migrations = Object.fromEntries(
      Object.entries(FORMS).map(([id, form]) => [id, { ...SHOP, id, ...oneWay, ...form }]),
    );
    const fleet = loadCompany({ ...rest, accounts: { live }, migrations });
    const { outdir, stacks } = writtenStacks(fleet, (id) => id.startsWith("live-migration-"));
    const group = new TerraformGroup(stacks, temporaryFolder());
    group.write(outdir);
    expect((await group.init()).stderr).toBe("");
    expect(stacks).toHaveLength(Object.keys(FORMS).length);
    expect(
      (await group.validate()).map(({ detail, address }) => `${address ?? ""}: ${detail ?? ""}`),
    ).toEqual([]);
  });
});

describeWithTerraform("a migration of keys or of indices, in phases that hold something of their own", () => {
  const HELD: readonly (readonly [KindId, Phase])[] = [
    ["articles", "full-load"],
    ["carts", "cdc"],
    ["carts", "rollback-window"],
    ["prices", "prepare"],
    ["products", "prepare"],
    ["sessions", "cdc"],
  ];

  it.each(HELD)("%s in %s is valid", async (id, phase) => {
    const { outdir, stacks } = writtenStacks(loadCompany(kindIn(id, phase)), (stack) =>
      [`live-migration-${id}`, `live-data-${id}`].includes(stack),
    );
    const group = new TerraformGroup(stacks, temporaryFolder());
    group.write(outdir);
    expect((await group.init()).stderr).toBe("");
    expect(
      (await group.validate()).map(({ detail, address }) => `${address ?? ""}: ${detail ?? ""}`),
    ).toEqual([]);
  });
});
