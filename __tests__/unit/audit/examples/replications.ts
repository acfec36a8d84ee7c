import { DmsEndpoint } from "@cdktf/provider-aws/lib/dms-endpoint";
import { DmsReplicationInstance } from "@cdktf/provider-aws/lib/dms-replication-instance";
import { DmsReplicationTask } from "@cdktf/provider-aws/lib/dms-replication-task";
import type { TerraformStack } from "cdktf";
import { replicationHardening } from "../../../../modules/audit/guardrails/replication-hardening";
import type { Example, Fault } from "../audited";

const guardrail = replicationHardening;
const KEY = "arn:aws:kms:eu-central-1:200000000003:key/data";
const endpoint =
  (change: object = {}) =>
  (stack: TerraformStack) =>
    new DmsEndpoint(stack, "source", {
      endpointId: "shop-source",
      endpointType: "source",
      engineName: "mysql",
      sslMode: "verify-full",
      kmsKeyArn: KEY,
      secretsManagerArn: "arn:aws:secretsmanager:eu-central-1:200000000003:secret:live/shop-AbCdEf",
      secretsManagerAccessRoleArn: "arn:aws:iam::200000000003:role/slipway/live-shop-migration",
      ...change,
    });
const instance =
  (change: object = {}) =>
  (stack: TerraformStack) =>
    new DmsReplicationInstance(stack, "replication", {
      replicationInstanceId: "shop",
      replicationInstanceClass: "dms.r6i.large",
      publiclyAccessible: false,
      engineVersion: "3.6.1",
      autoMinorVersionUpgrade: false,
      kmsKeyArn: KEY,
      ...change,
    });
const task =
  (change: object = {}) =>
  (stack: TerraformStack) =>
    new DmsReplicationTask(stack, "forward", {
      replicationTaskId: "shop-forward",
      migrationType: "cdc",
      replicationInstanceArn: "arn:aws:dms:eu-central-1:200000000003:rep:shop",
      sourceEndpointArn: "arn:aws:dms:eu-central-1:200000000003:endpoint:source",
      targetEndpointArn: "arn:aws:dms:eu-central-1:200000000003:endpoint:target",
      tableMappings: "{}",
      replicationTaskSettings: JSON.stringify({ Logging: { EnableLogging: true } }),
      startReplicationTask: false,
      ...change,
    });

const [END, INSTANCE, TASK] = [
  "aws_dms_endpoint.source",
  "aws_dms_replication_instance.replication",
  "aws_dms_replication_task.forward",
];

export const REPLICATION_FAULTS: readonly Fault[] = [
  {
    guardrail,
    shows: "credentials in the state",
    build: endpoint({
      secretsManagerArn: undefined,
      secretsManagerAccessRoleArn: undefined,
      username: "shop",
      password: "hunter2",
    }),
    address: END,
    given: "username, password (not shown)",
  },
  { guardrail, shows: "no TLS", build: endpoint({ sslMode: "none" }), address: END, given: "ssl_mode none" },
  {
    guardrail,
    shows: "AWS's key at an end",
    build: endpoint({ kmsKeyArn: undefined }),
    address: END,
    given: "no kms_key_arn",
  },
  {
    guardrail,
    shows: "a public instance",
    build: instance({ publiclyAccessible: true }),
    address: INSTANCE,
    given: "publicly_accessible true",
  },
  {
    guardrail,
    shows: "a version that changes by itself",
    build: instance({ autoMinorVersionUpgrade: true }),
    address: INSTANCE,
    given: "auto_minor_version_upgrade true",
  },
  {
    guardrail,
    shows: "a task without logs",
    build: task({ replicationTaskSettings: "{}" }),
    address: TASK,
    given: "settings without Logging",
  },
  {
    guardrail,
    shows: "a task that an apply starts",
    build: task({ startReplicationTask: true }),
    address: TASK,
    given: "start_replication_task true",
  },
];

export const REPLICATION_SOUND: readonly Example[] = [
  { guardrail, shows: "an end with a secret and TLS", build: endpoint() },
  { guardrail, shows: "a private instance under a customer key", build: instance() },
  { guardrail, shows: "a task that logs and waits", build: task() },
];
