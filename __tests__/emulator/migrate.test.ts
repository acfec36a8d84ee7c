import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateEndpointCommand,
  CreateReplicationInstanceCommand,
  CreateReplicationTaskCommand,
  DatabaseMigrationServiceClient,
} from "@aws-sdk/client-database-migration-service";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { removeFolders, temporaryFolder, writeCompany } from "../support/company";
import { MIGRATING } from "../support/migrations";
import { PlayedDms } from "../support/played-dms";
import { Sandbox } from "../support/sandbox";
import { describeWithEmulator } from "../support/tiers";

const LIVE = "200000000003";

function acme(): string {
  const folder = temporaryFolder();
  writeCompany(folder, MIGRATING);
  return folder;
}

/** A table as DMS tells of it. */
const row = (TableName: string, more = {}) => ({
  SchemaName: "public",
  TableName,
  TableState: "Table completed",
  FullLoadRows: 100,
  Inserts: 3,
  ValidationState: "Validated",
  ...more,
});

describeWithEmulator("migrate", () => {
  const folder = acme();
  const sandbox = new Sandbox(folder);
  const dms = new PlayedDms();
  let env: NodeJS.ProcessEnv = {};
  const migrate = (...args: readonly string[]) => sandbox.slipway(["migrate", ...args, "--sandbox"], env);
  const proof = (phase: string) => join(folder, "migrations", "evidence", "shop", `${phase}.json`);
  const definition = () =>
    JSON.parse(readFileSync(join(folder, "migrations", "shop.json"), "utf8")) as { phase: string };

  beforeAll(async () => {
    await sandbox.emulator();
    dms.others = sandbox.attached();
    env = { AWS_ENDPOINT_URL_DATABASE_MIGRATION_SERVICE: await dms.start() };
    // What the emulator does not play.
    dms.answers.set("DescribeTableStatistics", () => ({
      TableStatistics: [row("orders"), row("customers")],
    }));
    dms.answers.set("DescribeReplicationTaskAssessmentRuns", () => ({ ReplicationTaskAssessmentRuns: [] }));
  });
  afterAll(async () => {
    await dms.stop();
    await sandbox.stop();
    removeFolders();
  });

  /** What the migration's stacks make. */
  async function applied(): Promise<void> {
    const options = await sandbox.client(LIVE);
    const client = new DatabaseMigrationServiceClient({
      ...options,
      endpoint: env["AWS_ENDPOINT_URL_DATABASE_MIGRATION_SERVICE"] ?? "",
    });
    const { ReplicationInstance: instance } = await client.send(
      new CreateReplicationInstanceCommand({
        ReplicationInstanceIdentifier: "live-shop-replication",
        ReplicationInstanceClass: "dms.r6i.large",
      }),
    );
    const arns: string[] = [];
    for (const end of ["source", "target", "reverse-source", "reverse-target"]) {
      const { Endpoint: endpoint } = await client.send(
        new CreateEndpointCommand({
          EndpointIdentifier: `live-shop-${end}`,
          EndpointType: end.endsWith("source") ? "source" : "target",
          EngineName: "postgres",
        }),
      );
      arns.push(endpoint?.EndpointArn ?? "");
    }
    await client.send(
      new CreateReplicationTaskCommand({
        ReplicationTaskIdentifier: "live-shop-forward",
        SourceEndpointArn: arns[0],
        TargetEndpointArn: arns[1],
        ReplicationInstanceArn: instance?.ReplicationInstanceArn,
        MigrationType: "full-load-and-cdc",
        TableMappings: "{}",
      }),
    );
    // The emulator leaves a new task in creation, and knows no checkpoints.
    dms.added.set("DescribeReplicationTasks", (answer) => ({
      ReplicationTasks: tasksOf(answer).map((task) => ({
        ...task,
        Status: task["Status"] === "creating" ? "ready" : task["Status"],
        ...(task["Status"] === "stopped" ? { RecoveryCheckpoint: "checkpoint:V1#7" } : {}),
      })),
    }));
  }

  /** Minutes of latency, ending now. */
  async function measured(seconds: number): Promise<void> {
    const client = new CloudWatchClient(await sandbox.client(LIVE));
    const dimensions = [
      { Name: "ReplicationInstanceIdentifier", Value: "live-shop-replication" },
      { Name: "ReplicationTaskIdentifier", Value: "live-shop-forward" },
    ];
    await client.send(
      new PutMetricDataCommand({
        Namespace: "AWS/DMS",
        MetricData: Array.from({ length: 17 }, (_, minute) => minute).flatMap((minute) =>
          ["CDCLatencySource", "CDCLatencyTarget", "CDCIncomingChanges"].map((MetricName) => ({
            MetricName,
            Dimensions: dimensions,
            Value: MetricName === "CDCLatencyTarget" ? seconds : 0,
            Timestamp: new Date(Date.now() - minute * 60_000),
          })),
        ),
      }),
    );
  }

  it("tells what is not there yet, and of an id that was meant otherwise", async () => {
    const [status, advance, unknown] = [
      await migrate("status", "shop"),
      await migrate("advance", "shop"),
      await migrate("status", "shpo"),
    ];
    expect(status.stdout).toMatch(/\[prepare\] → full-load[^]*its forward task is not there yet/);
    expect([status.code, advance.code, unknown.code]).toEqual([0, 1, 1]);
    expect(advance.stderr).toMatch(
      /forward task is not there yet\. Nothing was changed\.\n.*slipway up live-migration live-migration-shop/,
    );
    expect(unknown.stderr).toMatch(/no migration "shpo"[^]*Did you mean shop\?/);
  });

  it("stays in prepare until connections and assessment are in order", async () => {
    await applied();
    const early = await migrate("advance", "shop");
    expect(early.code).toBe(1);
    expect(early.stderr).toMatch(
      /cannot leave prepare: 5 gates do not hold[^]*connection live-shop-source: not tested[^]*assessment: none/,
    );
    const connected = await migrate("assess", "shop", "--connections");
    expect(connected.stdout).toMatch(/every endpoint is reached: live-shop-source, live-shop-target/);
    const runs: Record<string, unknown>[] = [];
    dms.answers.set("StartReplicationTaskAssessmentRun", (input) => {
      runs.push({ ...input, Status: "passed", ReplicationTaskAssessmentRunCreationDate: 1772697600 });
      return { ReplicationTaskAssessmentRun: {} };
    });
    dms.answers.set("DescribeReplicationTaskAssessmentRuns", () => ({ ReplicationTaskAssessmentRuns: runs }));
    const assessed = await migrate("assess", "shop");
    expect(assessed.stdout).toMatch(
      /assessment shop-\d+ passed; findings: s3:\/\/acme-live-migration-assessments-200000000003\/shop/,
    );
    expect(existsSync(proof("prepare"))).toBe(false);
  });

  it("leaves prepare with evidence, after a dry run that writes nothing", async () => {
    const dry = await migrate("advance", "shop", "--dry-run");
    expect(dry.stdout).toMatch(/could go on to full-load; nothing was changed/);
    expect(existsSync(proof("prepare"))).toBe(false);
    const { code, stdout } = await migrate("advance", "shop");
    expect(code).toBe(0);
    expect(stdout).toMatch(/shop has left prepare and is in full-load/);
    expect(definition().phase).toBe("full-load");
    expect(JSON.parse(readFileSync(proof("prepare"), "utf8"))).toMatchObject({
      migration: "shop",
      from: "prepare",
      to: "full-load",
      changeRef: "CHG-1042",
    });
    expect((await sandbox.slipway(["validate"])).code).toBe(0);
  });

  it("starts the load, and leaves it once every table is there", async () => {
    const started = await migrate("start", "shop");
    expect(started.stdout).toMatch(/live-shop-forward: start-replication[^]*live-shop-forward is running/);
    const again = await migrate("start", "shop");
    expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/is running already/)]);
    const { stdout } = await migrate("status", "shop", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ migration: "shop", phase: "full-load", ready: true });
    expect((await migrate("advance", "shop")).code).toBe(0);
    expect(definition().phase).toBe("cdc");
  });

  it("stays in cdc while latency is too high", async () => {
    await measured(300);
    const { code, stderr } = await migrate("advance", "shop");
    expect(stderr).toMatch(/1 gate does not hold[^]*latencyTarget: 300 s, and has to be ≤ 60 s/);
    expect(code).toBe(1);
    expect(definition().phase).toBe("cdc");
  });

  it("loads tables anew only with approval, and keeps where a task stopped", async () => {
    dms.answers.set("ReloadTables", () => ({}));
    const unasked = await migrate("reload", "shop", "--table", "public.orders");
    expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringMatching(/Nobody is here to approve/)]);
    expect(dms.inputs("ReloadTables")).toEqual([]);
    expect((await migrate("reload", "shop", "--table", "public.orders", "--auto-approve")).code).toBe(0);
    expect(dms.inputs("ReloadTables")).toHaveLength(1);
    const stopped = await migrate("stop", "shop");
    expect(stopped.stdout).toMatch(/live-shop-forward is stopped at checkpoint:V1#7/);
    expect(JSON.parse(readFileSync(proof("stop-forward"), "utf8"))).toMatchObject({
      migration: "shop",
      recoveryCheckpoint: "checkpoint:V1#7",
    });
    expect((await migrate("start", "shop")).stdout).toMatch(/resume-processing/);
  });

  it("lists migrations, and writes the runbook, without asking AWS", async () => {
    const asked = dms.asked.length;
    const listed = await sandbox.slipway(["migrate", "list", "--json"]);
    expect(JSON.parse(listed.stdout)).toEqual([
      expect.objectContaining({ id: "shop", phase: "cdc", account: "live", since: expect.any(String) }),
    ]);
    const { stdout } = await sandbox.slipway(["migrate", "runbook", "shop"]);
    expect(stdout).toMatch(/^# Runbook: shop[^]*## 16\. Decommission, sign-off/);
    expect(dms.asked).toHaveLength(asked);
  });
});

function tasksOf(answer: Readonly<Record<string, unknown>>): readonly Record<string, unknown>[] {
  const { ReplicationTasks: tasks } = answer;
  return Array.isArray(tasks) ? (tasks as Record<string, unknown>[]) : [];
}
