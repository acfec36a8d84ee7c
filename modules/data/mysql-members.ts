import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { addSnapshots } from "./volume-snapshots";

export interface MysqlMembersProps {
  /** Beginning of the names of everything of the cluster. */
  readonly clusterName: string;
  /** Where each member is, in the order of their numbers. */
  readonly places: readonly { readonly availabilityZone: string; readonly subnetId: string }[];
  readonly instanceType: string;
  readonly cpuArchitecture: "X86_64" | "ARM64";
  readonly securityGroupIds: string[];
  readonly profileName: string;
  /** Group of Patch Manager that they are in. */
  readonly patchGroup: string;
  /** GiB of each volume. */
  readonly size: number;
  readonly iops: number;
  /** MiB/s. */
  readonly throughput: number;
  /** Daily snapshots of each volume that are kept. */
  readonly snapshots: number;
  readonly dataKeyArn: string;
  /** Where names are, and which: of the primary, of those that only read, and of each member. */
  readonly zoneId: string;
  readonly primaryHost: string;
  readonly readerHost: string;
  readonly memberHosts: readonly string[];
  /** Number of the member that writes. */
  readonly primary: number;
  readonly accountId: string;
  readonly region: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  /** Whether AWS and Terraform refuse to destroy them. */
  readonly protection: boolean;
  /** Whether a snapshot of each volume is left when they no longer do. */
  readonly finalSnapshot: boolean;
  readonly dependsOn: ITerraformDependable[];
}

/** Seconds for which an address is believed: how long a failover takes clients. */
const TTL = 30;

/**
 * Instances in zones of their own, each with a volume that outlives it, a snapshot of each volume a night, and names.
 * Who writes is a matter of names alone. Nothing of an instance follows a newer image: patches do, and what is on its
 * root volume is made again by its document.
 */
export class MysqlMembers extends Construct {
  readonly members: readonly { readonly instance: Instance; readonly volume: EbsVolume }[];

  constructor(scope: Construct, id: string, props: MysqlMembersProps) {
    super(scope, id);
    const { clusterName, region } = props;
    const architecture = props.cpuArchitecture === "ARM64" ? "arm64" : "x86_64";
    const image = new DataAwsSsmParameter(this, "image", {
      name: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`,
    });
    this.members = props.places.map((place, index) => this.addMember(props, image, place, index + 1));
    addSnapshots(this, {
      prefix: clusterName,
      tag: { key: "slipway-mysql", value: clusterName },
      volumes: this.members.map(({ volume }) => volume),
      snapshots: props.snapshots,
      accountId: props.accountId,
      region,
      rolePath: props.rolePath,
      boundaryArn: props.boundaryArn,
    });
    this.addNames(props);
  }

  private addMember(
    props: MysqlMembersProps,
    image: DataAwsSsmParameter,
    { availabilityZone, subnetId }: MysqlMembersProps["places"][number],
    number: number,
  ) {
    const { clusterName, protection } = props;
    const name = `${clusterName}-${number}`;
    const instance = new Instance(this, `instance_${number}`, {
      ami: image.insecureValue,
      instanceType: props.instanceType,
      subnetId,
      vpcSecurityGroupIds: props.securityGroupIds,
      associatePublicIpAddress: false,
      iamInstanceProfile: props.profileName,
      ebsOptimized: true,
      monitoring: true,
      disableApiTermination: protection,
      instanceInitiatedShutdownBehavior: "stop",
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      rootBlockDevice: {
        volumeType: "gp3",
        volumeSize: 20,
        encrypted: true,
        kmsKeyId: props.dataKeyArn,
        deleteOnTermination: true,
      },
      tags: { Name: name, PatchGroup: props.patchGroup },
      lifecycle: { preventDestroy: protection, ignoreChanges: ["ami"] },
      dependsOn: props.dependsOn,
    });
    const volume = new EbsVolume(this, `volume_${number}`, {
      availabilityZone,
      type: "gp3",
      size: props.size,
      iops: props.iops,
      throughput: props.throughput,
      encrypted: true,
      kmsKeyId: props.dataKeyArn,
      finalSnapshot: props.finalSnapshot,
      tags: { Name: name, "slipway-mysql": clusterName },
      lifecycle: { preventDestroy: protection },
    });
    new VolumeAttachment(this, `attachment_${number}`, {
      deviceName: "/dev/sdf",
      instanceId: instance.id,
      volumeId: volume.id,
      stopInstanceBeforeDetaching: true,
    });
    return { instance, volume };
  }

  private addNames(props: MysqlMembersProps): void {
    const { members } = this;
    const addresses = members.map(({ instance }) => instance.privateIp);
    const reading = addresses.filter((_, index) => index + 1 !== props.primary);
    const record = (id: string, name: string, records: string[]) =>
      new Route53Record(this, id, { zoneId: props.zoneId, name, type: "A", ttl: TTL, records });
    addresses.forEach((address, index) =>
      record(`name_${index + 1}`, props.memberHosts[index] ?? "", [address]),
    );
    record("primary", props.primaryHost, [addresses[props.primary - 1] ?? ""]);
    record("reader", props.readerHost, reading.length > 0 ? reading : addresses);
  }
}
