import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Fn } from "cdktf";
import { Construct } from "constructs";

export interface InstanceTemplateProps {
  readonly name: string;
  readonly cpuArchitecture: "X86_64" | "ARM64";
  /** The only instance type. @default the group says which */
  readonly instanceType?: string;
  readonly vpcId: string;
  /** Groups of stores that instances reach themselves, such as file systems; four at most. */
  readonly clientGroupIds: readonly string[];
  readonly profileArn: string;
  readonly userData: string;
  /** GiB. */
  readonly rootVolumeSize: number;
  readonly dataKeyArn: string;
  /** Tags of the instances' volumes and network interfaces. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What an instance is: AWS's image for ECS, IMDSv2 only, an encrypted root, no way in but Session Manager. The
 * image is resolved when an instance starts, so that a new one needs no change here.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
 */
export class InstanceTemplate extends Construct {
  readonly template: LaunchTemplate;

  constructor(scope: Construct, id: string, props: InstanceTemplateProps) {
    super(scope, id);
    const image = props.cpuArchitecture === "ARM64" ? "amazon-linux-2023/arm64" : "amazon-linux-2023";
    const group = new SecurityGroup(this, "group", {
      namePrefix: `${props.name}-`,
      description: "Instances of the cluster; their tasks have groups of their own",
      vpcId: props.vpcId,
      tags: { Name: props.name },
      lifecycle: { createBeforeDestroy: true },
    });
    new VpcSecurityGroupEgressRule(this, "group_https", {
      securityGroupId: group.id,
      description: "HTTPS to ECS, Session Manager, registries and package mirrors",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
    });
    this.template = new LaunchTemplate(this, "template", {
      name: props.name,
      description: `Instances of ${props.name}`,
      updateDefaultVersion: true,
      imageId: `resolve:ssm:/aws/service/ecs/optimized-ami/${image}/recommended/image_id`,
      ...(props.instanceType === undefined ? {} : { instanceType: props.instanceType }),
      // An instance that gives itself up is gone, and its group makes another.
      instanceInitiatedShutdownBehavior: "terminate",
      iamInstanceProfile: { arn: props.profileArn },
      vpcSecurityGroupIds: [group.id, ...props.clientGroupIds],
      // Tasks have interfaces of their own, a hop further away, and no business with the instance's credentials.
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      monitoring: { enabled: true },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: props.rootVolumeSize,
            encrypted: "true",
            kmsKeyId: props.dataKeyArn,
            deleteOnTermination: "true",
          },
        },
      ],
      // Instances take the group's tags.
      tagSpecifications: ["volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: { ...props.tags, Name: props.name },
      })),
      userData: Fn.base64encode(Fn.rawString(props.userData)),
    });
  }
}
