import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import {
  CognitoUserPoolClient,
  type CognitoUserPoolClientConfig,
} from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { MqBroker, type MqBrokerConfig } from "@cdktf/provider-aws/lib/mq-broker";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueueRedrivePolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-policy";
import type { TerraformStack } from "cdktf";
import { brokerHardening } from "../../../../modules/audit/guardrails/broker-hardening";
import { deadLetters } from "../../../../modules/audit/guardrails/dead-letters";
import { messageEncryption } from "../../../../modules/audit/guardrails/message-encryption";
import { signInClients } from "../../../../modules/audit/guardrails/sign-in-clients";
import { SignInClient } from "../../../../modules/identity/sign-in-client";
import { DeadLetterQueue, Queue } from "../../../../modules/messaging/queue";
import { Topic } from "../../../../modules/messaging/topic";
import type { Example, Fault } from "../audited";

const KEY = "arn:aws:kms:eu-central-1:200000000003:key/1";
const TOLD = { criticalTopicArn: "arn:aws:sns:::critical", warningTopicArn: "arn:aws:sns:::warning" };

const queues = (stack: TerraformStack) => {
  const shared = { fifo: false, dataKeyArn: KEY, protection: true, ...TOLD };
  const dead = new DeadLetterQueue(stack, "dead", { ...shared, queueName: "mails-dead-letter" });
  const queue = new Queue(stack, "mails", {
    ...shared,
    queueName: "mails",
    retentionDays: 4,
    deadLetters: { arn: dead.arn, maxReceiveCount: 5 },
    alarmAgeSeconds: 900,
    alarmDepth: 1000,
  });
  dead.accept([queue.arn]);
};
const topic = (stack: TerraformStack) =>
  new Topic(stack, "events", { topicName: "events", fifo: false, dataKeyArn: KEY, ...TOLD });

const broker =
  (config: Partial<MqBrokerConfig> = {}) =>
  (stack: TerraformStack) =>
    new MqBroker(stack, "broker", {
      brokerName: "stations",
      engineType: "ActiveMQ",
      engineVersion: "5.18",
      hostInstanceType: "mq.m5.large",
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      encryptionOptions: { kmsKeyId: KEY, useAwsOwnedKey: false },
      logs: { general: true, audit: "true" },
      user: [{ username: "slipway", password: "${data.drawn.password}" }],
      ...config,
    });
const brokerFault = (shows: string, config: Partial<MqBrokerConfig>, given: string): Fault => ({
  guardrail: brokerHardening,
  shows,
  build: broker(config),
  address: "aws_mq_broker.broker",
  given,
});

const clientFault = (shows: string, config: Partial<CognitoUserPoolClientConfig>, given: string): Fault => ({
  guardrail: signInClients,
  shows,
  build: (stack) =>
    new CognitoUserPoolClient(stack, "client", {
      name: "app",
      userPoolId: "eu-central-1_1",
      preventUserExistenceErrors: "ENABLED",
      ...config,
    }),
  address: "aws_cognito_user_pool_client.client",
  given,
});

export const MESSAGE_FAULTS: readonly Fault[] = [
  {
    guardrail: messageEncryption,
    shows: "a queue under a key of AWS's own",
    build: (stack) => new SqsQueue(stack, "queue", { name: "mails", kmsMasterKeyId: "alias/aws/sqs" }),
    address: "aws_sqs_queue.queue",
    given: "kms_master_key_id alias/aws/sqs",
  },
  {
    guardrail: messageEncryption,
    shows: "a topic that anybody of the account may publish to in clear",
    build: (stack) => new SnsTopic(stack, "topic", { name: "events", kmsMasterKeyId: KEY }),
    address: "aws_sns_topic.topic",
    given: "no policy that refuses sns:Publish without TLS",
  },
  {
    guardrail: deadLetters,
    shows: "a queue that never gives up on a message",
    build: (stack) => new SqsQueue(stack, "queue", { name: "mails", kmsMasterKeyId: KEY }),
    address: "aws_sqs_queue.queue",
    given: "a queue without redrive_policy",
  },
  brokerFault("a broker on the internet", { publiclyAccessible: true }, "publicly_accessible true"),
  brokerFault("a broker under a key of AWS's own", { encryptionOptions: {} }, "encryption_options"),
  brokerFault(
    "a broker that nobody patches",
    { autoMinorVersionUpgrade: false },
    "auto_minor_version_upgrade",
  ),
  brokerFault("a broker without audit log", { logs: { general: true } }, "logs"),
  brokerFault(
    "a broker's password in the code",
    { user: [{ username: "slipway", password: "hunter2hunter2" }] },
    "a user's password (not shown)",
  ),
  {
    guardrail: signInClients,
    shows: "people without a second factor",
    build: (stack) => new CognitoUserPool(stack, "pool", { name: "people" }),
    address: "aws_cognito_user_pool.pool",
    given: "mfa_configuration nothing",
  },
  clientFault("tokens in addresses", { allowedOauthFlows: ["code", "implicit"] }, "implicit"),
  clientFault(
    "a program that sees passwords",
    { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] },
    "ALLOW_USER_PASSWORD_AUTH",
  ),
  clientFault("codes in clear", { callbackUrls: ["http://shop.example/in"] }, "http://shop.example/in"),
  clientFault(
    "answers that tell who has an account",
    { preventUserExistenceErrors: "LEGACY" },
    "prevent_user_existence_errors LEGACY",
  ),
  clientFault("tokens for ever", { enableTokenRevocation: false }, "enable_token_revocation false"),
];

export const MESSAGE_SOUND: readonly Example[] = [
  { guardrail: messageEncryption, shows: "a queue and its dead letters", build: queues },
  { guardrail: messageEncryption, shows: "a topic", build: topic },
  { guardrail: deadLetters, shows: "a queue and its dead letters", build: queues },
  {
    guardrail: deadLetters,
    shows: "a queue whose redrive policy stands apart",
    build: (stack) => {
      const queue = new SqsQueue(stack, "queue", { name: "mails" });
      new SqsQueueRedrivePolicy(stack, "redrive", { queueUrl: queue.id, redrivePolicy: "{}" });
    },
  },
  {
    guardrail: deadLetters,
    shows: "a queue in which a function leaves what failed",
    build: (stack) => {
      const { arn: destination } = new SqsQueue(stack, "queue", { name: "failures" });
      new LambdaFunctionEventInvokeConfig(stack, "invoke", {
        functionName: "split",
        destinationConfig: { onFailure: { destination } },
      });
    },
  },
  { guardrail: brokerHardening, shows: "a broker", build: broker() },
  {
    guardrail: brokerHardening,
    shows: "a RabbitMQ broker, which has no audit log",
    build: broker({ engineType: "RabbitMQ", engineVersion: "3.13", logs: { general: true } }),
  },
  {
    guardrail: signInClients,
    shows: "a program of the platform's",
    build: (stack) =>
      new SignInClient(stack, "app", {
        clientName: "app",
        userPoolId: "eu-central-1_1",
        callbackUrls: ["acme://in"],
        refreshTokenDays: 30,
      }),
  },
];
