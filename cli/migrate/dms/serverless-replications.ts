import {
  DescribeReplicationConfigsCommand,
  DescribeReplicationsCommand,
  paginateDescribeReplicationTableStatistics,
  ReloadReplicationTablesCommand,
  StartReplicationCommand,
  StopReplicationCommand,
  type DatabaseMigrationServiceClient,
} from "@aws-sdk/client-database-migration-service";
import { CliError } from "../../errors";
import { assessmentOf, described, sorted, table } from "./described";
import { foundBy } from "./instance-tasks";
import type { AssessmentObservation, ConnectionObservation, TableObservation } from "./observation";
import type { DescribedTask, Replicator, StartPosition, StartType } from "./replicator";

type Arn = Pick<DescribedTask, "arn">;

/** Serverless replications: DMS tests their connections, and assesses them, when they start. */
export class ServerlessReplications implements Replicator {
  constructor(private readonly client: DatabaseMigrationServiceClient) {}

  async describe(id: string): Promise<DescribedTask | undefined> {
    const { ReplicationConfigs: [config] = [] } = await foundBy(() =>
      this.client.send(
        new DescribeReplicationConfigsCommand({ Filters: [{ Name: "replication-config-id", Values: [id] }] }),
      ),
    );
    if (config?.ReplicationConfigArn === undefined) return undefined;
    const found = await this.replication(config.ReplicationConfigArn);
    return described({
      id,
      arn: config.ReplicationConfigArn,
      status: found?.Status ?? "created",
      stopReason: found?.StopReason,
      failure: found?.FailureMessages?.join(" "),
      migrationType: config.ReplicationType,
      recoveryCheckpoint: found?.RecoveryCheckpoint,
      cdcStartPosition: found?.CdcStartPosition,
      stats: found?.ReplicationStats,
    });
  }

  async tables({ arn }: Arn): Promise<readonly TableObservation[]> {
    const found: TableObservation[] = [];
    const pages = paginateDescribeReplicationTableStatistics(
      { client: this.client },
      { ReplicationConfigArn: arn },
    );
    for await (const { ReplicationTableStatistics: page = [] } of pages) found.push(...page.map(table));
    return sorted(found);
  }

  connections(): Promise<readonly ConnectionObservation[]> {
    return Promise.resolve([]);
  }

  testConnections(): Promise<readonly ConnectionObservation[]> {
    return Promise.resolve([]);
  }

  async assessment({ arn }: Arn): Promise<AssessmentObservation | undefined> {
    const [latest] = (await this.replication(arn))?.PremigrationAssessmentStatuses ?? [];
    return latest === undefined ? undefined : assessmentOf(latest.PremigrationAssessmentRunArn, latest);
  }

  startAssessment(): Promise<string> {
    return Promise.reject(
      new CliError(
        "DMS Serverless is assessed by starting it. Nothing was changed.",
        "Advance, and start it.",
      ),
    );
  }

  async start({ arn }: Arn, type: StartType, { position }: StartPosition = {}): Promise<void> {
    await this.client.send(
      new StartReplicationCommand({
        ReplicationConfigArn: arn,
        StartReplicationType: type,
        ...(position === undefined ? {} : { CdcStartPosition: position }),
      }),
    );
  }

  async stop({ arn }: Arn): Promise<void> {
    await this.client.send(new StopReplicationCommand({ ReplicationConfigArn: arn }));
  }

  async reload({ arn }: Arn, tables: readonly Pick<TableObservation, "schema" | "table">[]): Promise<void> {
    await this.client.send(
      new ReloadReplicationTablesCommand({
        ReplicationConfigArn: arn,
        TablesToReload: tables.map(({ schema, table: name }) => ({ SchemaName: schema, TableName: name })),
        ReloadOption: "data-reload",
      }),
    );
  }

  private async replication(arn: string) {
    const { Replications: [found] = [] } = await foundBy(() =>
      this.client.send(
        new DescribeReplicationsCommand({ Filters: [{ Name: "replication-config-arn", Values: [arn] }] }),
      ),
    );
    return found;
  }
}
