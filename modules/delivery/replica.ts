import { EcrReplicationConfiguration } from "@cdktf/provider-aws/lib/ecr-replication-configuration";
import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import { Construct } from "constructs";
import { EncryptionKey } from "../data/encryption-key";
import { isTrue, policyDocument, forService, type Statement } from "../identity/policy";
import { Role } from "../identity/role";
import { lifecycleRules, repositoryStatements, type RepositoryRules } from "./repository-rules";

export interface ReplicaProps extends Omit<RepositoryRules, "deployers"> {
  /** The region that gets the copies. */
  readonly region: string;
  readonly accountId: string;
  readonly accountRootArn: string;
  /** Alias of the copies' key in that region. */
  readonly keyAlias: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  /** Whether Terraform refuses to destroy the key. */
  readonly protection: boolean;
}

/**
 * A copy of every image in a second region. ECR makes the repositories there itself, from a template: by its defaults
 * they would have tags that move, nobody who may pull, and images that never go.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export class Replica extends Construct {
  constructor(scope: Construct, id: string, props: ReplicaProps) {
    super(scope, id);
    const { region, accountId } = props;
    const { key } = new EncryptionKey(this, "encryption", {
      alias: props.keyAlias,
      description: "Copies of images",
      region,
      accountRootArn: props.accountRootArn,
      protection: props.protection,
    });
    const { role, permissions } = new Role(this, "maker", {
      roleName: props.roleName,
      path: props.rolePath,
      description: "Lets ECR make the repositories of copies under their key",
      boundaryArn: props.boundaryArn,
      // Neither does ECR document a source for this.
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-iam.html
      trust: [{ sid: "TrustEcr", actions: ["sts:AssumeRole"], principals: forService("ecr.amazonaws.com") }],
      statements: statements(props, key.arn),
    });
    const template = new EcrRepositoryCreationTemplate(this, "template", {
      region,
      // Of all repositories that have no template of their own.
      prefix: "ROOT",
      description: "Copies of images",
      appliedFor: ["REPLICATION"],
      imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
      imageTagMutabilityExclusionFilter: [{ filter: `${props.runningTagPrefix}*`, filterType: "WILDCARD" }],
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: key.arn }],
      lifecyclePolicy: lifecycleRules(props),
      repositoryPolicy: policyDocument(this, "policy", repositoryStatements(props)).json,
      customRoleArn: role.arn,
      dependsOn: permissions,
    });
    new EcrReplicationConfiguration(this, "replication", {
      replicationConfiguration: { rule: [{ destination: [{ region, registryId: accountId }] }] },
      dependsOn: [template],
    });
  }
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html */
const statements = ({ region, accountId }: ReplicaProps, keyArn: string): Statement[] => [
  {
    sid: "MakeRepositories",
    actions: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
    resources: [`arn:aws:ecr:${region}:${accountId}:repository/*`],
  },
  { sid: "LookAtKey", actions: ["kms:DescribeKey"], resources: [keyArn] },
  {
    sid: "GrantKeyToRepositories",
    actions: ["kms:CreateGrant", "kms:RetireGrant"],
    resources: [keyArn],
    condition: [isTrue("kms:GrantIsForAWSResource")],
  },
];
