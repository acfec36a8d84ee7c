import { z } from "zod";

const name = z
  .string()
  .min(1)
  .max(128)
  .regex(/^(?!.*[$%]\{)[^"\n]*$/, "one line without quotes, ${ or %{");

const text = z
  .string()
  .max(1000)
  .regex(/^(?!.*[$%]\{)[^\n]*$/, "one line without ${ or %{");

const OPERATORS = ["eq", "noteq", "lte", "gte", "ste", "between", "notbetween", "null", "notnull"] as const;

const condition = z.strictObject({
  filterOperator: z
    .enum(OPERATORS)
    .describe(
      "How the column is compared; `ste` is less or equal, `between` and `notbetween` take two values.",
    ),
  value: text.optional().describe("What it is compared with. Default: none."),
  startValue: text.optional().describe("Lower bound of `between`. Default: none."),
  endValue: text.optional().describe("Upper bound of `between`. Default: none."),
});

const filter = z.strictObject({
  columnName: name.describe("Column of the source."),
  filterConditions: z.array(condition).min(1).max(20).describe("Rows that fit one of them move."),
});

const selection = z.strictObject({
  schemaName: name.describe("Schema, or a database of MySQL; `%` stands for any characters."),
  tableName: name.default("%").describe("Table; `%` stands for any characters. Default: all."),
  ruleAction: z.enum(["include", "exclude", "explicit"]).default("include").describe("Default: `include`."),
  loadOrder: z
    .number()
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .describe("Tables with greater numbers are loaded first. Default: any order."),
  filters: z
    .array(filter)
    .max(20)
    .default([])
    .describe("Which rows move, of a table that is named in full: those that fit all. Default: all rows."),
});

const dataType = z.strictObject({
  type: z
    .enum([
      "bytes",
      "date",
      "time",
      "datetime",
      "int1",
      "int2",
      "int4",
      "int8",
      "numeric",
      "real4",
      "real8",
      "string",
      "uint1",
      "uint2",
      "uint4",
      "uint8",
      "wstring",
      "blob",
      "nclob",
      "clob",
      "boolean",
      "set",
      "list",
      "map",
      "tuple",
    ])
    .describe("A type of DMS."),
  length: z.number().int().min(1).max(1_000_000).optional().describe("Of texts. Default: none."),
  precision: z.number().int().min(1).max(38).optional().describe("Of `numeric`. Default: none."),
  scale: z.number().int().min(0).max(38).optional().describe("Of `numeric`. Default: none."),
});

const transformation = z.strictObject({
  ruleTarget: z.enum(["schema", "table", "column"]).describe("What changes."),
  schemaName: name.describe("Schema it is about; `%` stands for any characters."),
  tableName: name.optional().describe("Table it is about. Default: none, which is right for schemas."),
  columnName: name.optional().describe("Column it is about. Default: none, which is right for tables."),
  ruleAction: z
    .enum([
      "add-column",
      "include-column",
      "remove-column",
      "rename",
      "convert-lowercase",
      "convert-uppercase",
      "add-prefix",
      "remove-prefix",
      "replace-prefix",
      "add-suffix",
      "remove-suffix",
      "replace-suffix",
      "change-data-type",
    ])
    .describe("What happens to it."),
  value: name.optional().describe("The new name, prefix or suffix. Default: none."),
  oldValue: name.optional().describe("The prefix or suffix that is replaced. Default: none."),
  expression: text.optional().describe("SQLite expression of a new column. Default: none."),
  dataType: dataType.optional().describe("Type of a new or changed column. Default: none."),
});

/**
 * Which tables move, which of their rows, and what they are called at the target.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.html
 */
export const tableMappings = z.strictObject({
  selection: z
    .array(selection)
    .min(1)
    .max(200)
    .describe("Tables that move; `explicit` and `exclude` narrow it."),
  transformation: z
    .array(transformation)
    .max(200)
    .default([])
    .describe("What changes on the way. Default: nothing."),
});

export type TableMappings = z.output<typeof tableMappings>;
