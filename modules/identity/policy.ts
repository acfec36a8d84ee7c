import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
  type DataAwsIamPolicyDocumentStatementCondition,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { Construct } from "constructs";

export type Statement = DataAwsIamPolicyDocumentStatement;
export type Condition = DataAwsIamPolicyDocumentStatementCondition;

/** A policy as Terraform shows it, statement by statement; never an escaped string. */
export function policyDocument(
  scope: Construct,
  id: string,
  statement: Statement[],
): DataAwsIamPolicyDocument {
  return new DataAwsIamPolicyDocument(scope, id, { statement });
}

export const stringEquals = (variable: string, ...values: string[]): Condition => ({
  test: "StringEquals",
  variable,
  values,
});
export const stringLike = (variable: string, ...values: string[]): Condition => ({
  test: "StringLike",
  variable,
  values,
});
export const arnEquals = (variable: string, ...values: string[]): Condition => ({
  test: "ArnEquals",
  variable,
  values,
});
export const arnLike = (variable: string, ...values: string[]): Condition => ({
  test: "ArnLike",
  variable,
  values,
});
export const isTrue = (variable: string): Condition => ({ test: "Bool", variable, values: ["true"] });
export const isFalse = (variable: string): Condition => ({ test: "Bool", variable, values: ["false"] });

/** Services may use what carries this account's id and no other's: against the confused deputy. */
export const forService = (service: string) => [{ type: "Service", identifiers: [service] }];
export const forArn = (...identifiers: string[]) => [{ type: "AWS", identifiers }];
export const forAnyone = () => [{ type: "*", identifiers: ["*"] }];
/** Anyone at all; only ever with a condition, and in a form that checkers read as AWS principals. */
export const forAnyAws = () => [{ type: "AWS", identifiers: ["*"] }];

/** Lets an AWS service take a role on, for the sake of this account only. */
export function trustService(service: string, accountId: string, ...sourceArns: string[]): Statement {
  return {
    sid: "TrustService",
    actions: ["sts:AssumeRole"],
    principals: forService(service),
    condition: [
      stringEquals("aws:SourceAccount", accountId),
      ...(sourceArns.length === 0 ? [] : [arnLike("aws:SourceArn", ...sourceArns)]),
    ],
  };
}

/** Refuses whatever comes without TLS. */
export function denyInsecureTransport(resources: string[], action: string): Statement {
  return {
    sid: "DenyInsecureTransport",
    effect: "Deny",
    actions: [action],
    resources,
    principals: forAnyone(),
    condition: [isFalse("aws:SecureTransport")],
  };
}

/** Leaves the administration of a key to its account's IAM policies, so that nobody can be locked out. */
export function keyAdministration(accountRootArn: string): Statement {
  return {
    sid: "AccountAdministers",
    actions: ["kms:*"],
    resources: ["*"],
    principals: forArn(accountRootArn),
  };
}
