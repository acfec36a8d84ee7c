import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "./policy";

export interface RoleProps {
  readonly roleName: string;
  readonly description: string;
  /** IAM path. @default / */
  readonly path?: string;
  /** ARN of the permissions boundary; every role has one. */
  readonly boundaryArn: string;
  /** Who may take it on. */
  readonly trust: Statement[];
  /** Longest session, seconds. @default 3600 */
  readonly maxSessionDuration?: number;
  /** ARNs of managed policies by a short name. @default none */
  readonly managedPolicies?: Readonly<Record<string, string>>;
  /** Its own permissions. @default none */
  readonly statements?: Statement[];
}

/** A role under a boundary, with its trust and its permissions readable statement by statement. */
export class Role extends Construct {
  readonly role: IamRole;
  /** What must be in place before the role is of use, and stay until its user is gone. */
  readonly permissions: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    this.role = new IamRole(this, "role", {
      name: props.roleName,
      path: props.path ?? "/",
      description: props.description,
      permissionsBoundary: props.boundaryArn,
      maxSessionDuration: props.maxSessionDuration ?? 3600,
      assumeRolePolicy: policyDocument(this, "trust", props.trust).json,
    });
    for (const [name, policyArn] of Object.entries(props.managedPolicies ?? {})) {
      this.permissions.push(new IamRolePolicyAttachment(this, name, { role: this.role.name, policyArn }));
    }
    if (props.statements !== undefined && props.statements.length > 0) {
      this.permissions.push(
        new IamRolePolicy(this, "policy", {
          name: "permissions",
          role: this.role.name,
          policy: policyDocument(this, "permissions", props.statements).json,
        }),
      );
    }
  }
}
