import { codeFolder, codeOf } from "../../environments/schema/function-code";
import * as names from "../../environments/schema/names";
import type { ServiceFunction } from "../../environments/schema/service";
import { Function } from "../../modules/compute/function";
import { readStream, StreamTrigger } from "../../modules/compute/stream-trigger";
import { ObjectTrigger, ScheduleTrigger } from "../../modules/compute/function-triggers";
import { arnEquals, forService, type Statement } from "../../modules/identity/policy";
import { DeadLetterQueue } from "../../modules/messaging/queue";
import { read } from "../contract";
import {
  bucketContract,
  keysContract,
  queueContract,
  streamContract,
  topicsContract,
  vpcContract,
} from "../contracts";
import { bucketsOf } from "./buckets";
import { combine, pascal, type ServiceContext, type ServiceFeature } from "./feature";
import { tablesOf } from "./tables";
import { queueVariable, sendToQueue } from "./queues";

/** The Lambda functions that belong to a service; its tasks know nothing of them. */
export const functions: ServiceFeature = (context) => {
  const sorted = Object.entries(context.definition.functions).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, definition] of sorted) addFunction(context, name, definition);
  return {};
};

function addFunction(
  { stack, definition: service }: ServiceContext,
  name: string,
  definition: ServiceFunction,
) {
  const { account, fleet } = stack;
  const { dataKeyArn, logsKeyArn } = read(stack, keysContract);
  const { vpcId, privateSubnetIds } = read(stack, vpcContract);
  const topics = read(stack, topicsContract);
  const id = `function_${name.replaceAll("-", "_")}`;
  const functionName = names.functionName(account, service, name);
  const ruleArn = `arn:aws:events:${account.region}:${account.id}:rule/${functionName}`;
  const failures = new DeadLetterQueue(stack, `${id}_failures`, {
    queueName: names.functionFailures(account, service, name),
    fifo: false,
    dataKeyArn,
    criticalTopicArn: topics.criticalTopicArn,
    protection: stack.protection,
    statements: (queueArn) => (definition.bucket === undefined ? [] : [undelivered(queueArn, ruleArn)]),
  });
  failures.accept([]);
  const bucket = definition.bucket === undefined ? undefined : read(stack, bucketContract(definition.bucket));
  const stream =
    definition.stream === undefined ? undefined : read(stack, streamContract(definition.stream.name));
  const stores = combine([bucketsOf(stack, definition.buckets), tablesOf(stack, definition.tables)]);
  const queues = [...new Set(definition.sends)]
    .sort()
    .map((queue) => ({ queue, ...read(stack, queueContract(queue)) }));
  const code = codeOf(name, definition);
  const shared = {
    functionName,
    failuresArn: failures.arn,
    dataKeyArn,
    rolePath: names.WORKLOAD_ROLE_PATH,
    boundaryArn: names.boundaryArn(account),
    accountId: account.id,
    region: account.region,
  };
  const { lambda } = new Function(stack, id, {
    ...shared,
    description: `Function ${name} of ${service.name}`,
    code: { folder: codeFolder(fleet.directory, code), files: fleet.functionCode[code] ?? [] },
    runtime: definition.runtime,
    handler: definition.handler,
    memory: definition.memory,
    timeout: definition.timeout,
    reservedConcurrency: definition.reservedConcurrency,
    environment: {
      ENVIRONMENT: account.name,
      ...Object.fromEntries(queues.map(({ queue, url }) => [queueVariable(queue), url])),
      ...stores.environment,
      ...definition.environment,
    },
    logGroupName: names.functionLogGroup(account, service, name),
    logRetentionInDays: account.capabilities.logRetentionDays,
    logsKeyArn,
    keyUsers: [
      ...(bucket === undefined ? [] : ["s3"]),
      ...(stream === undefined ? [] : ["kinesis"]),
      ...stores.keyUsers,
    ],
    statements: [
      ...(bucket === undefined || definition.bucket === undefined || definition.bucket in definition.buckets
        ? []
        : [readObjects(definition.bucket, bucket.bucketArn)]),
      ...queues.map(({ queue, arn }) => sendToQueue(arn, queue)),
      ...(stream === undefined ? [] : [readStream(stream.streamArn)]),
      ...stores.statements,
    ],
    vpcId,
    subnetIds: privateSubnetIds,
    ...topics,
  });
  if (bucket !== undefined)
    new ObjectTrigger(stack, `${id}_objects`, { ...shared, lambda, bucketName: bucket.bucketName });
  if (stream !== undefined && definition.stream !== undefined) {
    const { name: _stream, ...reading } = definition.stream;
    new StreamTrigger(stack, `${id}_records`, {
      ...shared,
      ...reading,
      lambda,
      streamArn: stream.streamArn,
      warningTopicArn: topics.warningTopicArn,
    });
  }
  if (definition.schedule !== undefined)
    new ScheduleTrigger(stack, `${id}_times`, { ...shared, lambda, expression: definition.schedule });
}

const readObjects = (name: string, bucketArn: string): Statement => ({
  sid: `Read${pascal(name)}`,
  actions: ["s3:GetObject"],
  resources: [`${bucketArn}/*`],
});

/** EventBridge leaves here what Lambda did not take. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
const undelivered = (queueArn: string, ruleArn: string): Statement => ({
  sid: "KeepUndelivered",
  actions: ["sqs:SendMessage"],
  resources: [queueArn],
  principals: forService("events.amazonaws.com"),
  condition: [arnEquals("aws:SourceArn", ruleArn)],
});
