import type { AuditedResource, AuditedStack } from "../audited-stack";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import { block, blocks, show } from "../values";

/**
 * A mount without access point sees the whole file system, one without IAM is anybody's in the network.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-best-practices.html
 */
export const fileSystemAccess: Guardrail = {
  id: "file-system-access",
  controls: ["EFS.3", "EFS.4", "CKV_AWS_97", "CKV_AWS_329", "CKV_AWS_330"],
  description:
    "File systems have a policy; tasks mount them by an access point, over TLS, by IAM; access points have a directory and a user",
  types: ["aws_ecs_task_definition", "aws_efs_access_point", "aws_efs_file_system"],
  check: (resource, stack) => {
    switch (resource.type) {
      case "aws_ecs_task_definition":
        return blocks(resource.attributes["volume"]).flatMap(mount);
      case "aws_efs_access_point":
        return accessPoint(resource);
      default:
        return withoutPolicy(resource, stack);
    }
  },
};

function mount(volume: Readonly<Record<string, unknown>>): Finding[] {
  const [efs] = blocks(volume["efs_volume_configuration"]);
  if (efs === undefined) return [];
  const { access_point_id: point, iam } = block(efs["authorization_config"]);
  const within = (text: string) => `volume ${show(volume["name"])}: ${text}`;
  return [
    ...findingIf(point === undefined, within("no access_point_id"), "an access point"),
    ...findingIf(iam !== "ENABLED", within(`iam ${show(iam)}`), "iam ENABLED"),
    ...findingIf(
      efs["transit_encryption"] !== "ENABLED",
      within(`transit_encryption ${show(efs["transit_encryption"])}`),
      "transit_encryption ENABLED",
    ),
  ];
}

function accessPoint({ attributes }: AuditedResource): Finding[] {
  const { path = "/" } = block(attributes["root_directory"]);
  const { uid } = block(attributes["posix_user"]);
  return [
    ...findingIf(path === "/", `root_directory ${show(path)}`, "a directory below the root"),
    ...findingIf(uid === undefined || uid === 0, `posix_user ${show(uid)}`, "a user other than 0"),
  ];
}

function withoutPolicy(resource: AuditedResource, stack: AuditedStack): Finding[] {
  const covered = stack
    .ofType("aws_efs_file_system_policy")
    .some(({ attributes }) => stack.follow(attributes["file_system_id"]) === resource);
  return findingIf(
    !covered,
    "no aws_efs_file_system_policy, so that everybody in the network may mount it",
    "a policy that refuses whatever comes without TLS and access point",
  );
}
