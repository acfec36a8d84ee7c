import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { forService } from "./policy";
import { Role, type RoleProps } from "./role";

/** Instances of EC2 take on a role by a profile of its name. */
export function instanceProfile(
  scope: Construct,
  id: string,
  props: Omit<RoleProps, "trust" | "managedPolicies">,
): {
  readonly profile: IamInstanceProfile;
  /** What an instance needs from its first minute on. */
  readonly permissions: ITerraformDependable[];
} {
  const { role, permissions } = new Role(scope, id, {
    ...props,
    // EC2 names no source; a role gets onto an instance by a PassRole of its own account only.
    trust: [{ sid: "TrustEc2", actions: ["sts:AssumeRole"], principals: forService("ec2.amazonaws.com") }],
  });
  const profile = new IamInstanceProfile(scope, "profile", {
    name: props.roleName,
    path: props.path,
    role: role.name,
  });
  return { profile, permissions };
}
