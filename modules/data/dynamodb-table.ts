import { DynamodbContributorInsights } from "@cdktf/provider-aws/lib/dynamodb-contributor-insights";
import { DynamodbTable as Table } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { TableScaling, type Capacity } from "./table-scaling";

interface Projection {
  readonly projectionType: "ALL" | "KEYS_ONLY" | "INCLUDE";
  readonly nonKeyAttributes?: readonly string[] | undefined;
}

export interface DynamodbTableProps {
  readonly tableName: string;
  readonly hashKey: string;
  readonly rangeKey?: string | undefined;
  /** Type of each key: S, N or B. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly globalSecondaryIndexes: Readonly<
    Record<
      string,
      Projection & {
        readonly hashKey: string;
        readonly rangeKey?: string | undefined;
        readonly readCapacity?: number | undefined;
        readonly writeCapacity?: number | undefined;
      }
    >
  >;
  readonly localSecondaryIndexes: Readonly<Record<string, Projection & { readonly rangeKey: string }>>;
  /** Units a second, scaled. @default on demand */
  readonly capacity?: { readonly read: Capacity; readonly write: Capacity } | undefined;
  /** Attribute with the second after which an item may go. @default items stay */
  readonly timeToLive?: string | undefined;
  /** What its stream says of each change. @default no stream */
  readonly streamViewType?: string | undefined;
  readonly contributorInsights: boolean;
  readonly tableClass: string;
  /** Days to which it can be restored. */
  readonly recoveryPeriodInDays: number;
  readonly kmsKeyArn: string;
  /** Whether AWS and Terraform refuse to destroy it. */
  readonly protection: boolean;
}

/**
 * A DynamoDB table under a customer key, restorable to any second of its recovery period. Of a table that goes AWS
 * keeps a backup for 35 days by itself.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
 */
export class DynamodbTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, props: DynamodbTableProps) {
    super(scope, id);
    const { attributes, capacity, protection, streamViewType, timeToLive } = props;
    this.table = new Table(this, "table", {
      name: props.tableName,
      hashKey: props.hashKey,
      ...(props.rangeKey === undefined ? {} : { rangeKey: props.rangeKey }),
      attribute: sorted(attributes).map(([name, type]) => ({ name, type })),
      ...indexes(props),
      billingMode: capacity === undefined ? "PAY_PER_REQUEST" : "PROVISIONED",
      ...(capacity === undefined
        ? {}
        : { readCapacity: capacity.read.min, writeCapacity: capacity.write.min }),
      tableClass: props.tableClass,
      serverSideEncryption: { enabled: true, kmsKeyArn: props.kmsKeyArn },
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: props.recoveryPeriodInDays },
      ...(streamViewType === undefined ? {} : { streamEnabled: true, streamViewType }),
      ...(timeToLive === undefined ? {} : { ttl: { enabled: true, attributeName: timeToLive } }),
      deletionProtectionEnabled: protection,
      lifecycle: {
        preventDestroy: protection,
        // Application Auto Scaling writes them.
        ...(capacity === undefined ? {} : { ignoreChanges: ["read_capacity", "write_capacity"] }),
      },
    });
    if (capacity !== undefined)
      new TableScaling(this, "scaling", { tableName: this.table.name, ...capacity });
    if (props.contributorInsights)
      new DynamodbContributorInsights(this, "insights", { tableName: this.table.name });
  }
}

function indexes({ globalSecondaryIndexes, localSecondaryIndexes }: DynamodbTableProps) {
  const global = sorted(globalSecondaryIndexes).map(([name, index]) => ({
    name,
    hashKey: index.hashKey,
    ...(index.rangeKey === undefined ? {} : { rangeKey: index.rangeKey }),
    ...projected(index),
    ...(index.readCapacity === undefined ? {} : { readCapacity: index.readCapacity }),
    ...(index.writeCapacity === undefined ? {} : { writeCapacity: index.writeCapacity }),
  }));
  const local = sorted(localSecondaryIndexes).map(([name, index]) => ({
    name,
    rangeKey: index.rangeKey,
    ...projected(index),
  }));
  return {
    ...(global.length === 0 ? {} : { globalSecondaryIndex: global }),
    ...(local.length === 0 ? {} : { localSecondaryIndex: local }),
  };
}

const projected = ({ projectionType, nonKeyAttributes }: Projection) => ({
  projectionType,
  ...(nonKeyAttributes === undefined ? {} : { nonKeyAttributes: [...nonKeyAttributes] }),
});

const sorted = <T>(record: Readonly<Record<string, T>>) =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
