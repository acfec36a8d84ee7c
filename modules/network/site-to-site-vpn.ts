import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";
import { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { VpnConnectionRoute } from "@cdktf/provider-aws/lib/vpn-connection-route";
import { Construct } from "constructs";

export interface SiteToSiteVpnProps {
  readonly name: string;
  readonly vpnGatewayId: string;
  /** Public IPv4 address of the other side. */
  readonly ipAddress: string;
  readonly bgpAsn: number;
  /** Ranges behind it. None: they are learned by BGP. */
  readonly staticCidrBlocks: readonly string[];
  /** Which side begins: AWS (`start`) or the other (`add`). */
  readonly startupAction: "add" | "start";
  readonly logGroupName: string;
  readonly logsKeyArn: string;
  readonly retentionInDays: number;
  /** Whether Terraform refuses to destroy the log. */
  readonly protection: boolean;
  /** Who is woken when both tunnels are down. */
  readonly criticalTopicArn: string;
  /** Who reads that one of them is. */
  readonly warningTopicArn: string;
}

/** Greatest autonomous system of two bytes; greater ones have an argument of their own. */
const TWO_BYTES = 65_535;

/** Strong ends only: AWS's defaults would take SHA-1 and the 1024-bit group of 1998. */
const PROPOSALS = {
  ikeVersions: ["ikev2"],
  phase1EncryptionAlgorithms: ["AES256-GCM-16"],
  phase2EncryptionAlgorithms: ["AES256-GCM-16"],
  phase1IntegrityAlgorithms: ["SHA2-384", "SHA2-512"],
  phase2IntegrityAlgorithms: ["SHA2-384", "SHA2-512"],
  phase1DhGroupNumbers: [19, 20, 21],
  phase2DhGroupNumbers: [19, 20, 21],
} as const;

/**
 * Two tunnels to another network. Their keys are made by AWS and kept in Secrets Manager, so that no state holds one.
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
 */
export class SiteToSiteVpn extends Construct {
  constructor(scope: Construct, id: string, props: SiteToSiteVpnProps) {
    super(scope, id);
    const { name } = props;
    const tags = { Name: name };
    const gateway = new CustomerGateway(this, "customer_gateway", {
      type: "ipsec.1",
      ipAddress: props.ipAddress,
      deviceName: name,
      ...(props.bgpAsn > TWO_BYTES
        ? { bgpAsnExtended: String(props.bgpAsn) }
        : { bgpAsn: String(props.bgpAsn) }),
      tags,
    });
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: props.logGroupName,
      retentionInDays: props.retentionInDays,
      kmsKeyId: props.logsKeyArn,
      lifecycle: { preventDestroy: props.protection },
    });
    const logOptions = {
      cloudwatchLogOptions: { logEnabled: true, logGroupArn: logs.arn, logOutputFormat: "json" },
    };
    const { ikeVersions, ...algorithms } = PROPOSALS;
    const connection = new VpnConnection(this, "connection", {
      type: "ipsec.1",
      customerGatewayId: gateway.id,
      vpnGatewayId: props.vpnGatewayId,
      staticRoutesOnly: props.staticCidrBlocks.length > 0,
      presharedKeyStorage: "SecretsManager",
      tunnel1IkeVersions: [...ikeVersions],
      tunnel1Phase1EncryptionAlgorithms: [...algorithms.phase1EncryptionAlgorithms],
      tunnel1Phase2EncryptionAlgorithms: [...algorithms.phase2EncryptionAlgorithms],
      tunnel1Phase1IntegrityAlgorithms: [...algorithms.phase1IntegrityAlgorithms],
      tunnel1Phase2IntegrityAlgorithms: [...algorithms.phase2IntegrityAlgorithms],
      tunnel1Phase1DhGroupNumbers: [...algorithms.phase1DhGroupNumbers],
      tunnel1Phase2DhGroupNumbers: [...algorithms.phase2DhGroupNumbers],
      tunnel1StartupAction: props.startupAction,
      tunnel1DpdTimeoutAction: "restart",
      tunnel1EnableTunnelLifecycleControl: true,
      tunnel1LogOptions: logOptions,
      tunnel2IkeVersions: [...ikeVersions],
      tunnel2Phase1EncryptionAlgorithms: [...algorithms.phase1EncryptionAlgorithms],
      tunnel2Phase2EncryptionAlgorithms: [...algorithms.phase2EncryptionAlgorithms],
      tunnel2Phase1IntegrityAlgorithms: [...algorithms.phase1IntegrityAlgorithms],
      tunnel2Phase2IntegrityAlgorithms: [...algorithms.phase2IntegrityAlgorithms],
      tunnel2Phase1DhGroupNumbers: [...algorithms.phase1DhGroupNumbers],
      tunnel2Phase2DhGroupNumbers: [...algorithms.phase2DhGroupNumbers],
      tunnel2StartupAction: props.startupAction,
      tunnel2DpdTimeoutAction: "restart",
      tunnel2EnableTunnelLifecycleControl: true,
      tunnel2LogOptions: logOptions,
      tags,
    });
    for (const cidrBlock of props.staticCidrBlocks) {
      new VpnConnectionRoute(this, `route_${cidrBlock.replaceAll(/[./]/g, "_")}`, {
        vpnConnectionId: connection.id,
        destinationCidrBlock: cidrBlock,
      });
    }
    const alarm = (alarmId: string, says: string, threshold: number, topicArn: string, statistic: string) =>
      new CloudwatchMetricAlarm(this, alarmId, {
        alarmName: `${name}-vpn-${alarmId.replaceAll("_", "-")}`,
        alarmDescription: `VPN ${name}: ${says}`,
        namespace: "AWS/VPN",
        metricName: "TunnelState",
        dimensions: { VpnId: connection.id },
        statistic,
        period: 300,
        evaluationPeriods: 2,
        comparisonOperator: "LessThanThreshold",
        threshold,
        treatMissingData: "breaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
      });
    // 1 is up, 0 is down; between them, one of the two is.
    alarm("down", "both tunnels are down", 0.01, props.criticalTopicArn, "Maximum");
    alarm("one_tunnel", "one of two tunnels is down", 1, props.warningTopicArn, "Minimum");
  }
}
