import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DatabaseMigrationServiceClient } from "@aws-sdk/client-database-migration-service";
import { InstanceTasks } from "../../../../cli/migrate/dms/instance-tasks";
import { observeDms } from "../../../../cli/migrate/dms/observe";
import { taskOf } from "../../../../cli/migrate/dms/observation";
import { ServerlessReplications } from "../../../../cli/migrate/dms/serverless-replications";
import { PlayedDms } from "../../../support/played-dms";

const ARN = "arn:aws:dms:eu-central-1:200000000003";
const NOW = new Date("2026-03-05T08:00:00Z");

/** As DescribeReplicationTasks answers for a task in CDC. */
const TASK = {
  ReplicationTaskIdentifier: "live-shop-forward",
  ReplicationTaskArn: `${ARN}:task:shop-forward`,
  MigrationType: "full-load-and-cdc",
  Status: "running",
  LastFailureMessage: "",
  StopReason: "",
  RecoveryCheckpoint: "checkpoint:V1#27#0000016B3748#0#0#*#0#0",
  ReplicationTaskCreationDate: 1772697600,
  ReplicationTaskStartDate: 1772698600,
  ReplicationTaskStats: {
    FullLoadProgressPercent: 100,
    ElapsedTimeMillis: 60000,
    TablesLoaded: 2,
    TablesLoading: 0,
    TablesQueued: 0,
    TablesErrored: 1,
    FreshStartDate: 1772698600,
    StartDate: 1772698600,
  },
};

const row = (name: string, more = {}) => ({
  SchemaName: "public",
  TableName: name,
  TableState: "Table completed",
  FullLoadRows: 12,
  Inserts: 1,
  Updates: 0,
  Deletes: 0,
  ValidationState: "Validated",
  ValidationPendingRecords: 0,
  ValidationFailedRecords: 0,
  ValidationSuspendedRecords: 0,
  ...more,
});

let dms: PlayedDms;
let cloudWatch: CloudWatchClient;
let client: DatabaseMigrationServiceClient;
const values: Record<string, readonly number[]> = {};
const metricsAsked: unknown[] = [];

beforeEach(async () => {
  dms = new PlayedDms();
  const options = {
    region: "eu-central-1",
    endpoint: await dms.start(),
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  };
  client = new DatabaseMigrationServiceClient(options);
  cloudWatch = new CloudWatchClient(options);
  metricsAsked.splice(0);
  Object.assign(values, { source: [1, 2, 3], target: [4, 5, 9], incoming: [0, 7] });
  jest.spyOn(cloudWatch, "send").mockImplementation((command: { readonly input: unknown }) => {
    metricsAsked.push(command.input);
    return Promise.resolve({
      MetricDataResults: Object.entries(values).map(([Id, Values]) => ({ Id, Values })),
    });
  });
  dms.answers.set("DescribeReplicationTasks", () => ({ ReplicationTasks: [TASK] }));
  dms.answers.set("DescribeTableStatistics", ({ Marker }) =>
    Marker === undefined
      ? { TableStatistics: [row("orders")], Marker: "next" }
      : { TableStatistics: [row("audit", { ValidationState: "No primary key" })] },
  );
  dms.answers.set("DescribeReplicationInstances", () => ({
    ReplicationInstances: [{ ReplicationInstanceArn: `${ARN}:rep:shop-replication` }],
  }));
  dms.answers.set("DescribeConnections", () => ({
    Connections: [
      { EndpointIdentifier: "live-shop-source", Status: "successful", LastFailureMessage: "" },
      {
        EndpointIdentifier: "live-shop-target",
        Status: "failed",
        LastFailureMessage: "Test Endpoint failed: timeout",
      },
    ],
  }));
  dms.answers.set("DescribeReplicationTaskAssessmentRuns", () => ({
    ReplicationTaskAssessmentRuns: [
      { AssessmentRunName: "shop-1", Status: "failed", ReplicationTaskAssessmentRunCreationDate: 1772697600 },
      {
        AssessmentRunName: "shop-2",
        Status: "passed",
        ReplicationTaskAssessmentRunCreationDate: 1772698600,
        ResultLocationBucket: "acme",
        ResultLocationFolder: "shop/2",
      },
    ],
  }));
});
afterEach(() => dms.stop());

const observe = () =>
  observeDms(
    new InstanceTasks(client, "live-shop-replication"),
    cloudWatch,
    {
      tasks: [{ direction: "forward", id: "live-shop-forward" }],
      endpoints: ["live-shop-source", "live-shop-target", "live-shop-reverse-source"],
      stableMinutes: 3,
    },
    NOW,
  );

describe("what DMS tells of a task of an instance", () => {
  it("is told in plain words", async () => {
    const observed = await observe();
    expect(taskOf(observed, "forward")).toEqual({
      direction: "forward",
      id: "live-shop-forward",
      arn: `${ARN}:task:shop-forward`,
      status: "running",
      migrationType: "full-load-and-cdc",
      recoveryCheckpoint: "checkpoint:V1#27#0000016B3748#0#0#*#0#0",
      hasRun: true,
      fullLoadPercent: 100,
      tablesLoaded: 2,
      tablesLoading: 0,
      tablesQueued: 0,
      tablesErrored: 1,
      tables: [
        expect.objectContaining({ table: "audit", validationState: "No primary key" }),
        expect.objectContaining({ table: "orders", state: "Table completed", rows: 12 }),
      ],
      latency: { minutes: 3, measured: 3, source: 3, target: 9 },
      incomingChanges: 0,
    });
    expect(observed.connections).toEqual([
      { endpoint: "live-shop-source", status: "successful" },
      { endpoint: "live-shop-target", status: "failed", failure: "Test Endpoint failed: timeout" },
      { endpoint: "live-shop-reverse-source", status: "not tested" },
    ]);
    expect(observed.assessment).toEqual({ name: "shop-2", status: "passed", results: "s3://acme/shop/2" });
  });

  it("is asked of CloudWatch under the end of the task's ARN", async () => {
    await observe();
    expect(JSON.stringify(metricsAsked)).toContain(
      JSON.stringify([
        { Name: "ReplicationInstanceIdentifier", Value: "live-shop-replication" },
        { Name: "ReplicationTaskIdentifier", Value: "shop-forward" },
      ]),
    );
  });

  it("has no latency where CloudWatch has none, and no task where there is none", async () => {
    values["target"] = [];
    expect(taskOf(await observe(), "forward")).not.toHaveProperty("latency");
    dms.answers.set("DescribeReplicationTasks", () => ({
      __type: "ResourceNotFoundFault",
      message: "No Tasks found matching given filter",
    }));
    expect(await observe()).toEqual({ kind: "dms", tasks: [], connections: [] });
  });

  it("passes on what AWS refuses", async () => {
    dms.answers.set("DescribeReplicationTasks", () => ({
      __type: "AccessDeniedFault",
      message: "User is not authorized to perform dms:DescribeReplicationTasks",
    }));
    await expect(observe()).rejects.toThrow(/not authorized/);
  });
});

describe("what is done to a task of an instance", () => {
  const tasks = () => new InstanceTasks(client, "live-shop-replication");
  const arn = TASK.ReplicationTaskArn;

  it("starts it from a position, stops it, and loads tables anew", async () => {
    for (const operation of ["StartReplicationTask", "StopReplicationTask", "ReloadTables"])
      dms.answers.set(operation, () => ({}));
    await tasks().start({ arn }, "start-replication", { position: "0/16B3748" });
    await tasks().stop({ arn });
    await tasks().reload({ arn }, [{ schema: "public", table: "orders" }]);
    expect(dms.asked).toEqual([
      {
        operation: "StartReplicationTask",
        input: {
          ReplicationTaskArn: arn,
          StartReplicationTaskType: "start-replication",
          CdcStartPosition: "0/16B3748",
        },
      },
      { operation: "StopReplicationTask", input: { ReplicationTaskArn: arn } },
      {
        operation: "ReloadTables",
        input: {
          ReplicationTaskArn: arn,
          TablesToReload: [{ SchemaName: "public", TableName: "orders" }],
          ReloadOption: "data-reload",
        },
      },
    ]);
  });

  it("tests the connections that did not succeed, and no others", async () => {
    dms.answers.set("DescribeEndpoints", () => ({ Endpoints: [{ EndpointArn: `${ARN}:endpoint:target` }] }));
    dms.answers.set("TestConnection", () => ({ Connection: { Status: "testing" } }));
    await tasks().testConnections(["live-shop-source", "live-shop-target"]);
    expect(dms.inputs("TestConnection")).toEqual([
      { ReplicationInstanceArn: `${ARN}:rep:shop-replication`, EndpointArn: `${ARN}:endpoint:target` },
    ]);
  });
});

it("a replication of DMS Serverless is told in the same words", async () => {
  dms.answers.set("DescribeReplicationConfigs", () => ({
    ReplicationConfigs: [
      {
        ReplicationConfigIdentifier: "live-shop-replication",
        ReplicationConfigArn: `${ARN}:replication-config:shop-replication`,
        ReplicationType: "full-load-and-cdc",
      },
    ],
  }));
  dms.answers.set("DescribeReplications", () => ({
    Replications: [
      {
        Status: "stopped",
        StopReason: "Stop Reason NORMAL",
        RecoveryCheckpoint: "checkpoint:V1#1",
        ReplicationStats: { FullLoadProgressPercent: 100, StartDate: 1772698600, TablesLoaded: 3 },
      },
    ],
  }));
  expect(await new ServerlessReplications(client).describe("live-shop-replication")).toMatchObject({
    id: "live-shop-replication",
    status: "stopped",
    stopReason: "NORMAL",
    recoveryCheckpoint: "checkpoint:V1#1",
    hasRun: true,
    tablesLoaded: 3,
  });
});
