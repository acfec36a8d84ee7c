import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { forAnyAws, policyDocument, stringEquals, type Statement } from "../identity/policy";
import type { Vpc } from "./vpc";

export interface EndpointsProps {
  readonly network: Vpc;
  readonly name: string;
  readonly region: string;
  readonly cidrBlock: string;
  /** The account whose principals may pass. */
  readonly accountId: string;
  /** Services with an interface endpoint, by the last part of its name, such as `ecr.api`. */
  readonly interfaceEndpoints: readonly string[];
  /** Subnets of the interface endpoints, one a zone. */
  readonly subnets: readonly Subnet[];
  /** Whether Patch Manager patches instances of the network, through the endpoint of S3. */
  readonly patched: boolean;
}

/**
 * Private ways to AWS's own services, for this account's principals only.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export class Endpoints extends Construct {
  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { network, region } = props;
    const ownPrincipals = (service: string): Statement => ({
      sid: "OwnAccountOnly",
      actions: [`${iamPrefix(service)}:*`],
      resources: ["*"],
      principals: forAnyAws(),
      condition: [stringEquals("aws:PrincipalAccount", props.accountId)],
    });
    const imageLayers: Statement = {
      // ECR hands out signed addresses of layers in AWS's own bucket; the caller there is not this account.
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
      sid: "ImageLayers",
      actions: ["s3:GetObject"],
      resources: [`arn:aws:s3:::prod-${region}-starport-layer-bucket/*`],
      principals: forAnyAws(),
    };
    const packages: Statement = {
      // Instances fetch packages of Amazon Linux without credentials.
      // https://docs.aws.amazon.com/linux/al2023/ug/deterministic-upgrades-usage.html
      sid: "AmazonLinuxPackages",
      actions: ["s3:GetObject"],
      resources: [`arn:aws:s3:::al2023-repos-${region}-de612dc2/*`],
      principals: forAnyAws(),
    };
    const patches: Statement = {
      // Patch Manager hands out signed addresses of what is to be installed.
      // https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-minimum-s3-permissions.html
      sid: "PatchSnapshots",
      actions: ["s3:GetObject"],
      resources: [`arn:aws:s3:::aws-ssm-${region}/*`, `arn:aws:s3:::patch-baseline-snapshot-${region}/*`],
      principals: forAnyAws(),
    };
    const policy = (service: string, ...more: Statement[]) =>
      policyDocument(this, `${identifier(service)}_policy`, [ownPrincipals(service), ...more]).json;
    for (const service of ["s3", "dynamodb"]) {
      new VpcEndpoint(this, service, {
        vpcId: network.vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: network.innerRouteTables.map((table) => table.id),
        policy: policy(
          service,
          ...(service === "s3" ? [imageLayers, packages, ...(props.patched ? [patches] : [])] : []),
        ),
        tags: { Name: `${props.name}-${service}` },
      });
    }
    if (props.interfaceEndpoints.length === 0) return;

    const group = new SecurityGroup(this, "group", {
      namePrefix: `${props.name}-endpoints-`,
      description: "HTTPS from the VPC to interface endpoints",
      vpcId: network.vpc.id,
      tags: { Name: `${props.name}-endpoints` },
      lifecycle: { createBeforeDestroy: true },
    });
    new VpcSecurityGroupIngressRule(this, "group_https", {
      securityGroupId: group.id,
      description: "HTTPS from the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: props.cidrBlock,
    });
    for (const service of [...props.interfaceEndpoints].sort()) {
      new VpcEndpoint(this, identifier(service), {
        vpcId: network.vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: props.subnets.map((subnet) => subnet.id),
        securityGroupIds: [group.id],
        policy: policy(service),
        tags: { Name: `${props.name}-${service.replaceAll(".", "-")}` },
      });
    }
  }
}

const identifier = (service: string) => service.replaceAll(/[.-]/g, "_");

/** Services whose IAM prefix is not the first part of their endpoint's name. */
const IAM_PREFIXES: Readonly<Record<string, string>> = {
  "ecs-agent": "ecs",
  "ecs-telemetry": "ecs",
  "kinesis-streams": "kinesis",
  "kinesis-firehose": "firehose",
  email: "ses",
  "email-smtp": "ses",
  monitoring: "cloudwatch",
};

function iamPrefix(service: string): string {
  const first = service.split(".")[0] ?? service;
  return IAM_PREFIXES[first] ?? first;
}
