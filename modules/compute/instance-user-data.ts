export interface InstanceUserDataProps {
  readonly clusterName: string;
  readonly region: string;
  /** MiB that tasks do not get. */
  readonly reservedMemory: number;
  /** Volume that the instance mounts before it joins the cluster. @default none */
  readonly volume?: { readonly name: string; readonly path: string };
}

/** Attribute by which ECS knows which volume an instance has mounted. */
export const INSTANCE_VOLUME_ATTRIBUTE = "slipway.volume";

/**
 * What an instance does at its first start; nothing in it is secret, since the instance's tasks could read it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
export function instanceUserData(props: InstanceUserDataProps): string {
  const { clusterName, reservedMemory, volume } = props;
  return [
    "#!/bin/bash",
    "set -euo pipefail",
    "cat >> /etc/ecs/ecs.config <<'END'",
    `ECS_CLUSTER=${clusterName}`,
    "ECS_AWSVPC_BLOCK_IMDS=true",
    "ECS_DISABLE_PRIVILEGED=true",
    "ECS_ENABLE_TASK_IAM_ROLE=true",
    "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true",
    "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true",
    "ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM=ec2_instance",
    "ECS_IMAGE_CLEANUP_INTERVAL=30m",
    "ECS_IMAGE_MINIMUM_CLEANUP_AGE=2h",
    "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION=1h",
    `ECS_RESERVED_MEMORY=${reservedMemory}`,
    ...(volume === undefined
      ? []
      : [`ECS_INSTANCE_ATTRIBUTES={"${INSTANCE_VOLUME_ATTRIBUTE}":"${volume.name}"}`]),
    "END",
    // What Elasticsearch, and others that map their files, ask for.
    "echo vm.max_map_count=262144 > /etc/sysctl.d/90-map-count.conf",
    "sysctl --quiet --load /etc/sysctl.d/90-map-count.conf",
    ...(volume === undefined ? [] : mountScript(props.region, volume)),
    "",
  ].join("\n");
}

/**
 * Attaches the volume of the instance's zone and mounts it. The agent starts only then: a task on an empty folder
 * would look well and lose all it writes. The volume may still be on the instance that this one replaces, so that
 * it is tried again for fifteen minutes; after that the instance gives itself up and the group replaces it.
 */
function mountScript(region: string, { name, path }: { name: string; path: string }): string[] {
  return [
    "systemctl mask --runtime ecs",
    'give_up() { echo "volume not mounted; giving this instance up" >&2; shutdown -h +1; }',
    "trap give_up ERR",
    // A role, a name or a mirror may not be there yet in an instance's first seconds.
    'again() { for attempt in $(seq 12); do "$@" && return; sleep 10; done; return 1; }',
    "command -v aws > /dev/null || again dnf install --quiet --assumeyes awscli-2",
    "command -v mkfs.xfs > /dev/null || again dnf install --quiet --assumeyes xfsprogs",
    `export AWS_DEFAULT_REGION=${region} AWS_DEFAULT_OUTPUT=text AWS_PAGER=""`,
    "imds=http://169.254.169.254/latest",
    'token=$(again curl -sf -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 300" $imds/api/token)',
    'metadata() { again curl -sf -H "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1"; }',
    "instance=$(metadata instance-id)",
    "zone=$(metadata placement/availability-zone)",
    `find="aws ec2 describe-volumes --filters Name=tag:slipway-volume,Values=${name} Name=availability-zone,Values=$zone"`,
    "attached=no",
    "for attempt in $(seq 90); do",
    '  volume=$($find --query "Volumes[0].VolumeId" || true)',
    '  if [[ $volume == vol-* ]] && aws ec2 attach-volume --volume-id "$volume" --instance-id "$instance" --device /dev/sdf; then attached=yes; break; fi',
    "  sleep 10",
    "done",
    'test "$attached" = yes',
    'device="/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_$(echo "$volume" | tr -d -)"',
    'for attempt in $(seq 60); do test -e "$device" && break; sleep 2; done',
    'test -e "$device"',
    // blkid ends in 2 also when it could not look: only a volume that begins with nothing but zeros is new.
    "status=0",
    'blkid -p "$device" || status=$?',
    'if test "$status" = 2; then',
    // Bash drops zeros: what is left was written by somebody.
    '  content=$(head --bytes=1M "$device")',
    '  test -z "$content"',
    '  mkfs.xfs "$device"',
    'else test "$status" = 0; fi',
    `mkdir -p ${path}`,
    `echo "$device ${path} xfs defaults,noatime,nofail 0 2" >> /etc/fstab`,
    `mount ${path}`,
    `mountpoint -q ${path}`,
    `xfs_growfs ${path}`,
    // Of what runs here, only tasks whose definition names the path see it; their users are not root.
    `chmod 1777 ${path}`,
    // The same after a restart, when this script does not run.
    "mkdir -p /etc/systemd/system/ecs.service.d",
    `printf '[Unit]\\nRequiresMountsFor=${path}\\n' > /etc/systemd/system/ecs.service.d/volume.conf`,
    "systemctl unmask --runtime ecs",
    // The agent's unit waits for the end of this script, which therefore cannot wait for the agent.
    "systemctl enable --now --no-block ecs",
  ];
}
