import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsSecretsmanagerRandomPassword } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-random-password";
import { MqBroker } from "@cdktf/provider-aws/lib/mq-broker";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Fn, ref, TerraformStack, Token, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Secret } from "../data/secret";

/** Name of the user that services sign in as. */
const USER = "slipway";

/** TLS ports of each protocol. https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/working-with-brokers.html */
const PORTS = {
  ActiveMQ: { openwire: 61617, amqp: 5671, stomp: 61614, mqtt: 8883, websocket: 61619 },
  RabbitMQ: { amqp: 5671 },
} as const;

export interface BrokerProps {
  readonly brokerName: string;
  readonly engine: "ActiveMQ" | "RabbitMQ";
  readonly engineVersion: string;
  readonly instanceType: string;
  /** Whether it keeps a standby, or a cluster, in other availability zones. */
  readonly multiAz: boolean;
  readonly vpcId: string;
  /** Private subnets, a zone each. */
  readonly subnetIds: string[];
  /** Availability zones of the network. */
  readonly zoneCount: number;
  readonly dataKeyArn: string;
  /** Name of the secret with its user's name and password. */
  readonly secretName: string;
  /** Days in which the deleted secret can be restored; 0 for none. */
  readonly recoveryWindowInDays: number;
  readonly warningTopicArn: string;
  /** What must be there before it may write its logs. @default nothing */
  readonly dependsOn?: ITerraformDependable[];
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
}

/**
 * A private Amazon MQ broker, encrypted with the account's key, and the user that services sign in as.
 *
 * Amazon MQ takes the password as an argument only, so that it is in this stack's state; a password drawn anew in each
 * plan changes nothing, since the broker keeps its first.
 * https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html
 */
export class Broker extends Construct {
  readonly endpoints: string[];
  readonly secretArn: string;
  readonly clients: SecurityGroup;

  constructor(scope: Construct, id: string, props: BrokerProps) {
    super(scope, id);
    const { brokerName, engine, multiAz } = props;
    this.clients = this.group("clients", `${brokerName}-clients`, `What reaches ${brokerName}`, props.vpcId);
    const group = this.group("group", brokerName, `Broker ${brokerName}`, props.vpcId);
    for (const [protocol, port] of Object.entries(PORTS[engine])) {
      new VpcSecurityGroupIngressRule(this, `ingress_${protocol}`, {
        securityGroupId: group.id,
        description: `${protocol} from its clients`,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        referencedSecurityGroupId: this.clients.id,
      });
    }
    const drawn = new DataAwsSecretsmanagerRandomPassword(this, "password", {
      passwordLength: 40,
      // Amazon MQ refuses commas, colons and equals signs.
      excludePunctuation: true,
    });
    const active = engine === "ActiveMQ";
    const broker = new MqBroker(this, "broker", {
      brokerName,
      engineType: engine,
      engineVersion: props.engineVersion,
      hostInstanceType: props.instanceType,
      deploymentMode: multiAz ? (active ? "ACTIVE_STANDBY_MULTI_AZ" : "CLUSTER_MULTI_AZ") : "SINGLE_INSTANCE",
      publiclyAccessible: false,
      subnetIds: Fn.slice(props.subnetIds, 0, multiAz ? Math.min(active ? 2 : 3, props.zoneCount) : 1),
      securityGroups: [group.id],
      encryptionOptions: { kmsKeyId: props.dataKeyArn, useAwsOwnedKey: false },
      autoMinorVersionUpgrade: true,
      maintenanceWindowStartTime: { dayOfWeek: "SUNDAY", timeOfDay: "02:00", timeZone: "UTC" },
      logs: active ? { general: true, audit: "true" } : { general: true },
      user: [{ username: USER, password: drawn.randomPassword }],
      lifecycle: { preventDestroy: props.protection, ignoreChanges: ["user"] },
      ...(props.dependsOn === undefined ? {} : { dependsOn: props.dependsOn }),
    });
    this.endpoints = Token.asList(Fn.flatten(each(broker, "instances", "endpoints")));

    const secret = new Secret(this, "user", {
      secretName: props.secretName,
      description: `User of broker ${brokerName}`,
      kmsKeyArn: props.dataKeyArn,
      recoveryWindowInDays: props.recoveryWindowInDays,
      protection: props.protection,
    });
    new SecretsmanagerSecretVersion(this, "user_value", {
      secretId: secret.arn,
      secretStringWo: Fn.jsonencode({ username: USER, password: passwordOf(broker, drawn) }),
      secretStringWoVersion: 1,
    });
    this.secretArn = secret.arn;
    this.addAlarms(props);
  }

  private group(id: string, name: string, description: string, vpcId: string): SecurityGroup {
    return new SecurityGroup(this, id, {
      namePrefix: `${name}-`,
      description,
      vpcId,
      tags: { Name: name },
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-accessing-metrics.html */
  private addAlarms({ brokerName, engine, multiAz, warningTopicArn }: BrokerProps): void {
    const alarm = (id: string, instance: string, metricName: string, what: string) =>
      new CloudwatchMetricAlarm(this, id, {
        alarmName: `${instance}-${metricName.replaceAll(/(?!^)[A-Z]/g, "-$&").toLowerCase()}`,
        alarmDescription: `Broker ${instance} ${what}`,
        namespace: "AWS/AmazonMQ",
        metricName,
        dimensions: { Broker: instance },
        statistic: "Average",
        period: 300,
        evaluationPeriods: 3,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 80,
        treatMissingData: "notBreaching",
        alarmActions: [warningTopicArn],
        okActions: [warningTopicArn],
      });
    if (engine === "RabbitMQ") {
      alarm("cpu", brokerName, "SystemCpuUtilization", "uses more than 80 % of its CPU");
      return;
    }
    for (const number of multiAz ? [1, 2] : [1]) {
      const instance = `${brokerName}-${number}`;
      alarm(`cpu_${number}`, instance, "CpuUtilization", "uses more than 80 % of its CPU");
      alarm(`store_${number}`, instance, "StorePercentUsage", "has filled more than 80 % of its store");
    }
  }
}

/**
 * The password that the broker has: of its state, whatever is drawn today. RabbitMQ's users are not read back, so
 * that its state knows none; there it is the one drawn in the run that makes both.
 */
function passwordOf(broker: MqBroker, drawn: DataAwsSecretsmanagerRandomPassword): string {
  return Token.asString(Fn.coalesce([Fn.one(each(broker, "user", "password")), drawn.randomPassword]));
}

/** `aws_mq_broker.broker.instances[*].endpoints`: cdktf has no splat of a block's attribute. */
const each = (broker: MqBroker, block: string, attribute: string) =>
  Token.asList(
    ref(`aws_mq_broker.${broker.friendlyUniqueId}.${block}[*].${attribute}`, TerraformStack.of(broker)),
  );
