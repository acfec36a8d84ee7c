import {
  DescribeConnectionsCommand,
  DescribeEndpointsCommand,
  DescribeReplicationInstancesCommand,
  DescribeReplicationTaskAssessmentRunsCommand,
  DescribeReplicationTasksCommand,
  paginateDescribeTableStatistics,
  ReloadTablesCommand,
  ResourceNotFoundFault,
  StartReplicationTaskAssessmentRunCommand,
  StartReplicationTaskCommand,
  StopReplicationTaskCommand,
  TestConnectionCommand,
  type Connection,
  type DatabaseMigrationServiceClient,
} from "@aws-sdk/client-database-migration-service";
import { assessmentOf, described, sorted, table } from "./described";
import type { AssessmentObservation, ConnectionObservation, TableObservation } from "./observation";
import type { DescribedTask, NewAssessment, Replicator, StartPosition, StartType } from "./replicator";

type Arn = Pick<DescribedTask, "arn">;

/** Tasks that a replication instance runs. */
export class InstanceTasks implements Replicator {
  private arn: Promise<string | undefined> | undefined;

  constructor(
    private readonly client: DatabaseMigrationServiceClient,
    /** Name of the replication instance. */
    private readonly instance: string,
  ) {}

  async describe(id: string): Promise<DescribedTask | undefined> {
    const { ReplicationTasks: [found] = [] } = await foundBy(() =>
      this.client.send(
        new DescribeReplicationTasksCommand({
          Filters: [{ Name: "replication-task-id", Values: [id] }],
          WithoutSettings: true,
        }),
      ),
    );
    if (found === undefined) return undefined;
    const arn = found.ReplicationTaskArn ?? "";
    return {
      ...described({
        id: found.ReplicationTaskIdentifier,
        arn,
        status: found.Status,
        stopReason: found.StopReason,
        failure: found.LastFailureMessage,
        migrationType: found.MigrationType,
        recoveryCheckpoint: found.RecoveryCheckpoint,
        cdcStartPosition: found.CdcStartPosition,
        stats: found.ReplicationTaskStats,
      }),
      dimensions: {
        ReplicationInstanceIdentifier: this.instance,
        // CloudWatch knows a task by the end of its ARN, not by its name.
        ReplicationTaskIdentifier: arn.split(":").at(-1) ?? "",
      },
    };
  }

  async tables({ arn }: Arn): Promise<readonly TableObservation[]> {
    const found: TableObservation[] = [];
    const pages = paginateDescribeTableStatistics({ client: this.client }, { ReplicationTaskArn: arn });
    for await (const { TableStatistics: page = [] } of pages) found.push(...page.map(table));
    return sorted(found);
  }

  async connections(endpoints: readonly string[]): Promise<readonly ConnectionObservation[]> {
    const arn = await this.instanceArn();
    if (arn === undefined) return endpoints.map((endpoint) => ({ endpoint, status: "not tested" }));
    const { Connections: found = [] } = await foundBy(() =>
      this.client.send(
        new DescribeConnectionsCommand({ Filters: [{ Name: "replication-instance-arn", Values: [arn] }] }),
      ),
    );
    return endpoints.map((endpoint) =>
      connection(
        endpoint,
        found.find(({ EndpointIdentifier: id }) => id === endpoint),
      ),
    );
  }

  async testConnections(endpoints: readonly string[]): Promise<readonly ConnectionObservation[]> {
    const arn = await this.instanceArn();
    const before = await this.connections(endpoints);
    if (arn === undefined) return before;
    for (const { endpoint, status } of before) {
      if (status === "successful" || status === "testing") continue;
      const { Endpoints: [found] = [] } = await foundBy(() =>
        this.client.send(
          new DescribeEndpointsCommand({ Filters: [{ Name: "endpoint-id", Values: [endpoint] }] }),
        ),
      );
      if (found?.EndpointArn !== undefined)
        await this.client.send(
          new TestConnectionCommand({ ReplicationInstanceArn: arn, EndpointArn: found.EndpointArn }),
        );
    }
    return this.connections(endpoints);
  }

  async assessment({ arn }: Arn): Promise<AssessmentObservation | undefined> {
    const { ReplicationTaskAssessmentRuns: runs = [] } = await foundBy(() =>
      this.client.send(
        new DescribeReplicationTaskAssessmentRunsCommand({
          Filters: [{ Name: "replication-task-arn", Values: [arn] }],
        }),
      ),
    );
    const [latest] = [...runs].sort((a, b) => time(b) - time(a));
    return latest === undefined ? undefined : assessmentOf(latest.AssessmentRunName, latest);
  }

  async startAssessment({ arn }: Arn, { name, bucket, folder, role }: NewAssessment): Promise<string> {
    await this.client.send(
      new StartReplicationTaskAssessmentRunCommand({
        ReplicationTaskArn: arn,
        AssessmentRunName: name,
        ServiceAccessRoleArn: role,
        ResultLocationBucket: bucket,
        ResultLocationFolder: folder,
      }),
    );
    return name;
  }

  async start({ arn }: Arn, type: StartType, { position }: StartPosition = {}): Promise<void> {
    await this.client.send(
      new StartReplicationTaskCommand({
        ReplicationTaskArn: arn,
        StartReplicationTaskType: type,
        ...(position === undefined ? {} : { CdcStartPosition: position }),
      }),
    );
  }

  async stop({ arn }: Arn): Promise<void> {
    await this.client.send(new StopReplicationTaskCommand({ ReplicationTaskArn: arn }));
  }

  async reload({ arn }: Arn, tables: readonly Pick<TableObservation, "schema" | "table">[]): Promise<void> {
    await this.client.send(
      new ReloadTablesCommand({
        ReplicationTaskArn: arn,
        TablesToReload: tables.map(({ schema, table: name }) => ({ SchemaName: schema, TableName: name })),
        ReloadOption: "data-reload",
      }),
    );
  }

  private instanceArn(): Promise<string | undefined> {
    this.arn ??= foundBy(() =>
      this.client.send(
        new DescribeReplicationInstancesCommand({
          Filters: [{ Name: "replication-instance-id", Values: [this.instance] }],
        }),
      ),
    ).then(({ ReplicationInstances: [found] = [] }) => found?.ReplicationInstanceArn);
    return this.arn;
  }
}

function connection(endpoint: string, found: Connection | undefined): ConnectionObservation {
  const failure = found?.LastFailureMessage;
  return {
    endpoint,
    status: found?.Status ?? "not tested",
    ...(failure === undefined || failure === "" ? {} : { failure }),
  };
}

const time = (run: { readonly ReplicationTaskAssessmentRunCreationDate?: Date | undefined }) =>
  run.ReplicationTaskAssessmentRunCreationDate?.getTime() ?? 0;

/** DMS answers a filter that finds nothing with a fault. */
export async function foundBy<T>(ask: () => Promise<T>): Promise<Partial<T>> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ResourceNotFoundFault) return {};
    throw error;
  }
}
