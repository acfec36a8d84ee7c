import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import {
  arnEquals,
  arnLike,
  forArn,
  stringEquals,
  stringLike,
  type Condition,
  type Statement,
} from "./policy";

/** The subjects of a CI engine's tokens, plan and apply apart. */
export interface AutomationTrustProps {
  /** Issuer, without https://. */
  readonly issuer: string;
  /** ARN of the account's identity provider. @default it is made */
  readonly providerArn?: string;
  /** The audience the engine asks tokens for. */
  readonly audience: string;
  /** Subjects of plans' tokens; a `*` may stand only behind the whole repository. */
  readonly planSubjects: readonly string[];
  /**
   * Subject of an apply's token: it names the environment or the protected branch. A `*` may stand only behind the
   * environment, where the engine puts an id of each run.
   */
  readonly applySubject: string;
  /** Root of the management account, whose administrators may plan and apply from their own machine. */
  readonly managementRootArn: string;
  /** ARN of the administrators' role in the management account. */
  readonly administratorArn: string;
  /** Root of the registry's account, and the role there that deploys here from pipelines. @default no pipelines */
  readonly pipelines?: { readonly rootArn: string; readonly roleArn: string };
}

/**
 * Who may plan, apply and release: workflows of one repository by OpenID Connect, and the platform's administrators;
 * release also the pipelines' project for this account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export class AutomationTrust extends Construct {
  readonly plan: Statement[];
  readonly apply: Statement[];
  readonly release: Statement[];

  constructor(scope: Construct, id: string, props: AutomationTrustProps) {
    super(scope, id);
    const providerArn =
      props.providerArn ??
      new IamOpenidConnectProvider(this, "provider", {
        url: `https://${props.issuer}`,
        clientIdList: [props.audience],
      }).arn;
    const workflow = (subjects: readonly string[]): Statement => ({
      sid: "Workflow",
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: [{ type: "Federated", identifiers: [providerArn] }],
      condition: [
        stringEquals(`${props.issuer}:aud`, props.audience),
        subjectOf(`${props.issuer}:sub`, subjects),
      ],
    });
    const administrators: Statement = {
      sid: "Administrators",
      actions: ["sts:AssumeRole", "sts:TagSession"],
      principals: forArn(props.managementRootArn),
      condition: [arnLike("aws:PrincipalArn", props.administratorArn)],
    };
    this.plan = [workflow(props.planSubjects), administrators];
    this.apply = [workflow([props.applySubject]), administrators];
    this.release = [...this.apply, ...(props.pipelines === undefined ? [] : [pipelines(props.pipelines)])];
  }
}

const pipelines = ({ rootArn, roleArn }: NonNullable<AutomationTrustProps["pipelines"]>): Statement => ({
  sid: "Pipelines",
  actions: ["sts:AssumeRole"],
  principals: forArn(rootArn),
  condition: [arnEquals("aws:PrincipalArn", roleArn)],
});

const subjectOf = (variable: string, subjects: readonly string[]): Condition =>
  (subjects.some((subject) => subject.includes("*")) ? stringLike : stringEquals)(variable, ...subjects);
