import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import type { TerraformStack } from "cdktf";
import { tableHardening } from "../../../../modules/audit/guardrails/table-hardening";
import type { Example, Fault } from "../audited";

const guardrail = tableHardening;
const table =
  (change: object = {}) =>
  (stack: TerraformStack) =>
    new DynamodbTable(stack, "table", {
      name: "sessions",
      hashKey: "id",
      attribute: [{ name: "id", type: "S" }],
      serverSideEncryption: { enabled: true, kmsKeyArn: "arn:aws:kms:eu-central-1:200000000003:key/data" },
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
      ...change,
    });
const address = "aws_dynamodb_table.table";

export const TABLE_FAULTS: readonly Fault[] = [
  {
    guardrail,
    shows: "AWS's own key of a table",
    build: table({ serverSideEncryption: { enabled: true } }),
    address,
    given: "kms_key_arn nothing",
  },
  {
    guardrail,
    shows: "a table without a past",
    build: table({ pointInTimeRecovery: undefined }),
    address,
    given: "point_in_time_recovery.enabled nothing",
  },
  {
    guardrail,
    shows: "a table with a past of two days",
    build: table({ pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 2 } }),
    address,
    given: "recovery_period_in_days 2",
  },
];

export const TABLE_SOUND: readonly Example[] = [
  { guardrail, shows: "a table that is sound", build: table() },
  {
    guardrail,
    shows: "a table's past of two days where nothing is protected",
    build: table({ pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 2 } }),
    facts: { protection: false },
  },
];
