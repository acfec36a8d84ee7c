import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import type { Grant, GrantScope } from "./grants/grant";
import { policyDocument } from "./policy";

export interface ApplyGrantsProps {
  /** Name of the role that is granted something. */
  readonly roleName: string;
  readonly grants: readonly Grant[];
  readonly scope: GrantScope;
  /** Name of a grant's policy, by concern. */
  readonly policyName: (concern: string) => string;
}

/**
 * What a role may do, a managed policy a concern: each below AWS's 6,144 characters, and told apart by name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export class ApplyGrants extends Construct {
  constructor(scope: Construct, id: string, props: ApplyGrantsProps) {
    super(scope, id);
    for (const { concern, description, statements } of props.grants) {
      const policy = new IamPolicy(this, `${concern}_policy`, {
        name: props.policyName(concern),
        description,
        policy: policyDocument(this, `${concern}_document`, statements(props.scope)).json,
      });
      new IamRolePolicyAttachment(this, `${concern}_attachment`, {
        role: props.roleName,
        policyArn: policy.arn,
      });
    }
  }
}
