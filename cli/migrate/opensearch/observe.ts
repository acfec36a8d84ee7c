import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeDomainCommand,
  OpenSearchClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-opensearch";
import type { OpensearchMigration } from "../../../environments/schema/migration/opensearch";
import * as names from "../../../environments/schema/names";
import type { Place } from "../kind";

/** What AWS tells of a migration into OpenSearch. */
export interface OpensearchObservation {
  readonly kind: "opensearch";
  /** The domain; none that is not applied. */
  readonly domain?: DomainObservation;
}

export interface DomainObservation {
  readonly name: string;
  readonly version: string;
  /** `Active`, or what is being done to it. */
  readonly status: string;
  /** `green`, `yellow`, `red`, or `not measured`. */
  readonly health: string;
  /** Free storage of the fullest node, in GB; none measured. */
  readonly freeStorageGb?: number;
  readonly documents?: number;
}

const MINUTES = 15;

export async function observeOpensearch(
  { account, migration, options }: Place<OpensearchMigration>,
  now: Date,
): Promise<OpensearchObservation> {
  const name = names.store(account, migration.target.searchDomain);
  try {
    const { DomainStatus: domain } = await new OpenSearchClient(options).send(
      new DescribeDomainCommand({ DomainName: name }),
    );
    if (domain?.Created !== true) return { kind: "opensearch" };
    const metrics = await metricsOf(new CloudWatchClient(options), name, account.id, now);
    return {
      kind: "opensearch",
      domain: {
        name,
        version: domain.EngineVersion ?? "unknown",
        status: domain.DomainProcessingStatus ?? (domain.Processing === true ? "Modifying" : "Active"),
        ...metrics,
      },
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return { kind: "opensearch" };
    throw error;
  }
}

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-cloudwatchmetrics.html */
async function metricsOf(client: CloudWatchClient, domain: string, account: string, now: Date) {
  const query = (id: string, metric: string, stat: string) => ({
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: "AWS/ES",
        MetricName: metric,
        Dimensions: [
          { Name: "DomainName", Value: domain },
          { Name: "ClientId", Value: account },
        ],
      },
      Period: 60,
      Stat: stat,
    },
  });
  const { MetricDataResults: results = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - MINUTES * 60_000),
      EndTime: now,
      ScanBy: "TimestampDescending",
      MetricDataQueries: [
        query("green", "ClusterStatus.green", "Maximum"),
        query("yellow", "ClusterStatus.yellow", "Maximum"),
        query("red", "ClusterStatus.red", "Maximum"),
        query("storage", "FreeStorageSpace", "Minimum"),
        query("documents", "SearchableDocuments", "Maximum"),
      ],
    }),
  );
  const last = (id: string) => results.find((each) => each.Id === id)?.Values?.[0];
  const health = ["red", "yellow", "green"].find((colour) => last(colour) === 1) ?? "not measured";
  const [storage, documents] = [last("storage"), last("documents")];
  return {
    health,
    ...(storage === undefined ? {} : { freeStorageGb: Math.round(storage / 1024) }),
    ...(documents === undefined ? {} : { documents }),
  };
}
