import type { BrokerPasswordsScope } from "../broker-passwords";
import type { SignInSecretScope } from "../sign-in-secret";
import { stringEquals, type Condition, type Statement } from "../policy";

/** Where an account's grants hold. */
export interface GrantScope extends BrokerPasswordsScope, SignInSecretScope {
  readonly accountName: string;
  /** Regions in which anything may be made. */
  readonly allowedRegions: readonly string[];
  readonly boundaryArn: string;
  /** IAM path of workload roles, `/slipway/`. */
  readonly workloadRolePath: string;
  /** Whether locked objects may be removed with their buckets: where nothing is protected. */
  readonly emptiesLockedBuckets: boolean;
  /** Prefix of the names of buckets and of people's roles and groups. */
  readonly organizationPrefix: string;
}

/** What the role that applies may make, change and destroy for one concern: a managed policy of its own. */
export interface Grant {
  readonly concern: string;
  readonly description: string;
  /** Terraform types that it is for: each a whole type, or the beginning of several, up to an underscore. */
  readonly types: readonly string[];
  statements(scope: GrantScope): Statement[];
}

/** Resources of the account in its home region. */
export const here = ({ region, accountId }: GrantScope, service: string, resource: string) =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** Resources of the account in any region: certificates of CloudFront are in us-east-1. */
export const anywhere = ({ accountId }: GrantScope, service: string, resource: string) =>
  `arn:aws:${service}:*:${accountId}:${resource}`;

/** Resources of a service without regions. */
export const global = ({ accountId }: GrantScope, service: string, resource: string) =>
  `arn:aws:${service}::${accountId}:${resource}`;

/** For actions that take no resource. IAM, Route 53 and other global services answer from us-east-1. */
export const inRegions = ({ allowedRegions, region }: GrantScope): Condition =>
  stringEquals("aws:RequestedRegion", ...new Set([...allowedRegions, region, "us-east-1"]));

/** `sqs:CreateQueue` and so on, of one service. */
export const actions = (service: string, ...verbs: string[]) => verbs.map((verb) => `${service}:${verb}`);

/** What becomes of roles that are there, their policies and their boundary aside. */
export const ROLE_UPKEEP = actions(
  "iam",
  "DeleteRole",
  "TagRole",
  "UntagRole",
  "UpdateAssumeRolePolicy",
  "UpdateRole",
  "UpdateRoleDescription",
);
