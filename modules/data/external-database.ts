import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";
import { StoreGroups } from "../network/store-groups";

/** https://www.mongodb.com/docs/atlas/security-private-endpoint/#port-ranges-used-for-private-endpoints */
const PRIVATE_PORTS = { from: 1024, to: 65_535 };
/** https://www.mongodb.com/docs/atlas/reference/faq/networking/ */
const PUBLIC_PORTS = { from: 27_015, to: 27_017 };

export interface PrivateDatabaseProps {
  /** Beginning of its groups' names, and the endpoint's. */
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: string[];
  /** The endpoint service of whoever runs the database. */
  readonly serviceName: string;
  readonly warningTopicArn: string;
  /** Whether Terraform refuses to destroy the endpoint, whose id the other side was told. */
  readonly protection: boolean;
}

/**
 * A private way to a database outside: an interface endpoint, for its clients only. It has no private DNS: names of
 * Atlas lead to it by themselves, once it knows its id.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
 */
export class PrivateDatabase extends Construct {
  readonly clientGroup: SecurityGroup;
  readonly endpoint: VpcEndpoint;

  constructor(scope: Construct, id: string, props: PrivateDatabaseProps) {
    super(scope, id);
    const groups = new StoreGroups(this, "groups", {
      name: props.name,
      vpcId: props.vpcId,
      port: PRIVATE_PORTS.from,
      toPort: PRIVATE_PORTS.to,
    });
    this.clientGroup = groups.client;
    this.endpoint = new VpcEndpoint(this, "endpoint", {
      vpcId: props.vpcId,
      serviceName: props.serviceName,
      vpcEndpointType: "Interface",
      privateDnsEnabled: false,
      subnetIds: props.subnetIds,
      securityGroupIds: [groups.server.id],
      tags: { Name: props.name },
      lifecycle: { preventDestroy: props.protection },
    });
    // https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-cloudwatch-metrics.html
    new CloudwatchMetricAlarm(this, "dropped", {
      alarmName: `${props.name}-packets-dropped`,
      alarmDescription: `The private endpoint to ${props.name} drops packets: it, or the other side, is not well`,
      namespace: "AWS/PrivateLinkEndpoints",
      metricName: "PacketsDropped",
      dimensions: {
        "Endpoint Type": "Interface",
        "Service Name": props.serviceName,
        "VPC Endpoint Id": this.endpoint.id,
        "VPC Id": props.vpcId,
      },
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 3,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      alarmActions: [props.warningTopicArn],
      okActions: [props.warningTopicArn],
    });
  }
}

export interface PublicDatabaseProps {
  /** Beginning of its group's name. */
  readonly name: string;
  readonly vpcId: string;
}

/** The way to a database outside over the NAT gateways, by whose addresses it knows its clients; TLS is its own. */
export class PublicDatabase extends Construct {
  readonly clientGroup: SecurityGroup;

  constructor(scope: Construct, id: string, { name, vpcId }: PublicDatabaseProps) {
    super(scope, id);
    this.clientGroup = new SecurityGroup(this, "client", {
      namePrefix: `${name}-client-`,
      description: `May reach ${name}`,
      vpcId,
      tags: { Name: `${name}-client` },
      lifecycle: { createBeforeDestroy: true },
    });
    // Its nodes' addresses change when it grows.
    new VpcSecurityGroupEgressRule(this, "client_out", {
      securityGroupId: this.clientGroup.id,
      description: `To ${name}`,
      ipProtocol: "tcp",
      fromPort: PUBLIC_PORTS.from,
      toPort: PUBLIC_PORTS.to,
      cidrIpv4: "0.0.0.0/0",
    });
  }
}
