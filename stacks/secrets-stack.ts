import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import type { Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { replicasInto, type ReplicaSource } from "../environments/schema/replicas";
import { EncryptionKey } from "../modules/data/encryption-key";
import { Secret } from "../modules/data/secret";
import {
  arnEquals,
  arnLike,
  forArn,
  forAnyAws,
  forService,
  isTrue,
  stringEquals,
  type Statement,
} from "../modules/identity/policy";
import { publish } from "./contract";
import { keysContract, secretContract } from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

/** The account's encryption keys, and the places of its secrets. */
export class SecretsStack extends PlatformStack {
  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern">) {
    super(scope, { ...props, concern: "secrets" });
    const { account } = this;
    const { id, region } = account;
    const shared = { accountRootArn: names.rootArn(account), protection: this.protection };
    const data = new EncryptionKey(this, "data", {
      ...shared,
      alias: names.dataKeyAlias(account),
      description: "Encrypts the data and the secrets of this account",
      statements: [
        {
          // Alarms publish to encrypted topics. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
          sid: "AlarmsPublish",
          actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
          resources: ["*"],
          principals: forService("cloudwatch.amazonaws.com"),
          condition: [
            stringEquals("aws:SourceAccount", id),
            arnLike("aws:SourceArn", `arn:aws:cloudwatch:${region}:${id}:alarm:*`),
          ],
        },
        ...instanceStatements(account),
        // EventBridge names no source to KMS: what it encrypts for says whose it is.
        eventsEncrypt(
          "EventsPublish",
          "kms:EncryptionContext:aws:sns:topicArn",
          `arn:aws:sns:${region}:${id}:*`,
        ),
        eventsEncrypt(
          "EventsKeepFailures",
          "kms:EncryptionContext:aws:sqs:arn",
          `arn:aws:sqs:${region}:${id}:*`,
        ),
        ...topicsFillQueues(account),
        ...sitesAreRead(account),
        ...copiesArrive(this.fleet, account),
      ],
    });
    const logs = new EncryptionKey(this, "logs", {
      ...shared,
      alias: `alias/${account.name}-logs`,
      description: "Encrypts the logs of this account",
      statements: [
        {
          // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
          sid: "LogsEncrypt",
          actions: [
            "kms:Decrypt*",
            "kms:Describe*",
            "kms:Encrypt*",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*",
          ],
          resources: ["*"],
          principals: forService(`logs.${region}.amazonaws.com`),
          condition: [
            arnLike("kms:EncryptionContext:aws:logs:arn", `arn:aws:logs:${region}:${id}:log-group:*`),
          ],
        },
      ],
    });
    publish(this, keysContract, { dataKeyArn: data.key.arn, logsKeyArn: logs.key.arn });

    for (const [name, secret] of Object.entries(account.secrets).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (secret.store !== "secretsManager") continue;
      const { arn } = new Secret(this, `value_${name.replaceAll(/[^a-z0-9]+/g, "_")}`, {
        secretName: names.secretName(account, name),
        description: secret.description,
        kmsKeyArn: data.key.arn,
        recoveryWindowInDays: account.capabilities.secretRecoveryDays,
        protection: this.protection,
      });
      publish(this, secretContract(name), { arn });
    }
  }
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
const eventsEncrypt = (sid: string, context: string, arn: string): Statement => ({
  sid,
  actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
  resources: ["*"],
  principals: forService("events.amazonaws.com"),
  condition: [arnLike(context, arn)],
});

/**
 * Auto Scaling and Spot start instances with encrypted volumes by service-linked roles that AWS makes in its own
 * time, so that no policy can name them as principals.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
function instanceStatements({ id, hosting }: Account): Statement[] {
  if (Object.keys(hosting?.capacityProviders ?? {}).length === 0) return [];
  const linked = (role: string) => `arn:aws:iam::${id}:role/aws-service-role/${role}`;
  const launchers = [
    stringEquals("aws:PrincipalAccount", id),
    arnLike(
      "aws:PrincipalArn",
      linked("autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"),
      linked("spot.amazonaws.com/AWSServiceRoleForEC2Spot"),
    ),
  ];
  return [
    {
      sid: "InstancesEncrypt",
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      resources: ["*"],
      principals: forAnyAws(),
      condition: launchers,
    },
    {
      sid: "InstancesKeepGrants",
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      principals: forAnyAws(),
      condition: [...launchers, isTrue("kms:GrantIsForAWSResource")],
    },
  ];
}

/**
 * Topics deliver into encrypted queues.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
 */
function topicsFillQueues({ id, region, queue }: Account): Statement[] {
  if (Object.keys(queue?.topics ?? {}).length === 0) return [];
  return [
    {
      sid: "TopicsFillQueues",
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources: ["*"],
      principals: forService("sns.amazonaws.com"),
      condition: [arnLike("aws:SourceArn", `arn:aws:sns:${region}:${id}:*`)],
    },
  ];
}

/**
 * CloudFront reads the encrypted files of sites.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function sitesAreRead({ id, edge }: Account): Statement[] {
  if (Object.keys(edge?.sites ?? {}).length === 0) return [];
  return [
    {
      sid: "SitesAreRead",
      actions: ["kms:Decrypt"],
      resources: ["*"],
      principals: forService("cloudfront.amazonaws.com"),
      condition: [arnLike("aws:SourceArn", `arn:aws:cloudfront::${id}:distribution/*`)],
    },
  ];
}

/**
 * S3 encrypts copies of other accounts' objects, as the role that copies them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
function copiesArrive(fleet: Fleet, account: Account): Statement[] {
  const sources = replicasInto(fleet, account).filter((source) => source.account.id !== account.id);
  if (sources.length === 0) return [];
  const role = (source: ReplicaSource) =>
    names.roleArn(
      source.account,
      `${names.WORKLOAD_ROLE_PATH.slice(1)}${names.replicationRole(source.account, source.name)}`,
    );
  return [
    {
      sid: "CopiesArrive",
      actions: ["kms:Encrypt", "kms:GenerateDataKey"],
      resources: ["*"],
      principals: forArn(...new Set(sources.map((source) => names.rootArn(source.account)))),
      condition: [
        arnEquals("aws:PrincipalArn", ...sources.map(role)),
        stringEquals("kms:ViaService", `s3.${account.region}.amazonaws.com`),
      ],
    },
  ];
}

export const secretsStacks: StackKind = (fleet, account) =>
  account.kind === "management"
    ? []
    : [
        {
          account,
          concern: "secrets",
          build: (scope, options) => new SecretsStack(scope, { fleet, account, ...options }),
        },
      ];
