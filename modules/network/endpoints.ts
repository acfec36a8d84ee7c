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
}

/**
 * Private ways to AWS's own services, for this account's principals only.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export class Endpoints extends Construct {
  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { network, region } = props;
    const ownPrincipals: Statement = {
      sid: "OwnAccountOnly",
      actions: ["*"],
      resources: ["*"],
      principals: forAnyAws(),
      condition: [stringEquals("aws:PrincipalAccount", props.accountId)],
    };
    const policy = policyDocument(this, "policy", [ownPrincipals]).json;
    const s3Policy = policyDocument(this, "s3_policy", [
      ownPrincipals,
      {
        // ECR hands out signed addresses of layers in AWS's own bucket; the caller there is not this account.
        // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
        sid: "ImageLayers",
        actions: ["s3:GetObject"],
        resources: [`arn:aws:s3:::prod-${region}-starport-layer-bucket/*`],
        principals: forAnyAws(),
      },
    ]).json;
    for (const [service, servicePolicy] of [
      ["s3", s3Policy],
      ["dynamodb", policy],
    ] as const) {
      new VpcEndpoint(this, service, {
        vpcId: network.vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: network.innerRouteTables.map((table) => table.id),
        policy: servicePolicy,
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
      new VpcEndpoint(this, service.replaceAll(/[.-]/g, "_"), {
        vpcId: network.vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: props.subnets.map((subnet) => subnet.id),
        securityGroupIds: [group.id],
        policy,
        tags: { Name: `${props.name}-${service.replaceAll(".", "-")}` },
      });
    }
  }
}
