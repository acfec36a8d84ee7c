type Maybe<T> = T | undefined;

/** Which tables move and what changes on the way, as an organization describes them. */
export interface TableMappingsProps {
  readonly selection: readonly {
    readonly schemaName: string;
    readonly tableName: string;
    readonly ruleAction: string;
    readonly loadOrder?: Maybe<number>;
    readonly filters: readonly {
      readonly columnName: string;
      readonly filterConditions: readonly {
        readonly filterOperator: string;
        readonly value?: Maybe<string>;
        readonly startValue?: Maybe<string>;
        readonly endValue?: Maybe<string>;
      }[];
    }[];
  }[];
  readonly transformation: readonly {
    readonly ruleTarget: string;
    readonly schemaName: string;
    readonly tableName?: Maybe<string>;
    readonly columnName?: Maybe<string>;
    readonly ruleAction: string;
    readonly value?: Maybe<string>;
    readonly oldValue?: Maybe<string>;
    readonly expression?: Maybe<string>;
    readonly dataType?: Maybe<{
      readonly type: string;
      readonly length?: Maybe<number>;
      readonly precision?: Maybe<number>;
      readonly scale?: Maybe<number>;
    }>;
  }[];
}

/** Transformations are numbered from here, so that one more selection changes none of them. */
const FIRST_TRANSFORMATION = 1001;

/**
 * The JSON of a task's table mappings; each rule is numbered by its place among those of its kind.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.html
 */
export function tableMappings({ selection, transformation }: TableMappingsProps): string {
  const numbered = (number: number) => ({ "rule-id": String(number), "rule-name": String(number) });
  return JSON.stringify({
    rules: [
      ...selection.map((rule, index) => ({
        "rule-type": "selection",
        ...numbered(index + 1),
        "object-locator": { "schema-name": rule.schemaName, "table-name": rule.tableName },
        "rule-action": rule.ruleAction,
        ...(rule.loadOrder === undefined ? {} : { "load-order": rule.loadOrder }),
        filters: rule.filters.map(({ columnName, filterConditions }) => ({
          "filter-type": "source",
          "column-name": columnName,
          "filter-conditions": filterConditions.map(({ filterOperator, value, startValue, endValue }) => ({
            "filter-operator": filterOperator,
            ...(value === undefined ? {} : { value }),
            ...(startValue === undefined ? {} : { "start-value": startValue }),
            ...(endValue === undefined ? {} : { "end-value": endValue }),
          })),
        })),
      })),
      ...transformation.map((rule, index) => ({
        "rule-type": "transformation",
        ...numbered(FIRST_TRANSFORMATION + index),
        "rule-target": rule.ruleTarget,
        "object-locator": {
          "schema-name": rule.schemaName,
          ...(rule.tableName === undefined ? {} : { "table-name": rule.tableName }),
          ...(rule.columnName === undefined ? {} : { "column-name": rule.columnName }),
        },
        "rule-action": rule.ruleAction,
        ...(rule.value === undefined ? {} : { value: rule.value }),
        ...(rule.oldValue === undefined ? {} : { "old-value": rule.oldValue }),
        ...(rule.expression === undefined ? {} : { expression: rule.expression }),
        ...(rule.dataType === undefined ? {} : { "data-type": rule.dataType }),
      })),
    ],
  });
}
