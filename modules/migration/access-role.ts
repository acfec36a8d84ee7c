import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { stringEquals, trustService, type Statement } from "../identity/policy";
import { Role } from "../identity/role";

/** What DMS may do with a bucket of the account. */
export interface BucketAccess {
  readonly bucketArn: string;
  /** Whether it writes, too. */
  readonly write: boolean;
}

export interface AccessRoleProps {
  readonly roleName: string;
  readonly path: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  /** Secrets with the users of both ends. */
  readonly secretArns: readonly string[];
  readonly buckets: readonly BucketAccess[];
  /** Key of the secrets and the buckets. */
  readonly dataKeyArn: string;
}

/**
 * The role by which DMS reads exactly the secrets of a migration's ends, and its buckets. Secrets are read by the
 * replication instance, whose service has the region in its name.
 * https://docs.aws.amazon.com/dms/latest/userguide/security_iam_secretsmanager.html
 */
export class AccessRole extends Construct {
  readonly arn: string;
  readonly permissions: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AccessRoleProps) {
    super(scope, id);
    const { accountId, region } = props;
    const source = `arn:aws:dms:${region}:${accountId}:*`;
    const { role, permissions } = new Role(this, "access", {
      roleName: props.roleName,
      path: props.path,
      description: "Lets DMS read the secrets and buckets of one migration",
      boundaryArn: props.boundaryArn,
      trust: [
        trustService(`dms.${region}.amazonaws.com`, accountId, source),
        ...(props.buckets.length > 0
          ? [{ ...trustService("dms.amazonaws.com", accountId, source), sid: "TrustServiceWithBuckets" }]
          : []),
      ],
      statements: statements(props),
    });
    this.arn = role.arn;
    this.permissions = permissions;
  }
}

function statements({ secretArns, buckets, dataKeyArn, region }: AccessRoleProps): Statement[] {
  const written = buckets.filter(({ write }) => write);
  const via = [
    ...(secretArns.length > 0 ? [`secretsmanager.${region}.amazonaws.com`] : []),
    ...(buckets.length > 0 ? [`s3.${region}.amazonaws.com`] : []),
  ];
  return [
    ...(secretArns.length > 0
      ? [
          {
            sid: "ReadSecrets",
            actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            resources: [...secretArns],
          },
        ]
      : []),
    ...(buckets.length > 0
      ? [
          {
            sid: "ListBuckets",
            actions: ["s3:GetBucketLocation", "s3:ListBucket"],
            resources: buckets.map(({ bucketArn }) => bucketArn),
          },
          {
            sid: "ReadBuckets",
            actions: ["s3:GetObject"],
            resources: buckets.map(({ bucketArn }) => `${bucketArn}/*`),
          },
        ]
      : []),
    ...(written.length > 0
      ? [
          {
            sid: "WriteBuckets",
            actions: ["s3:DeleteObject", "s3:PutObject", "s3:PutObjectTagging"],
            resources: written.map(({ bucketArn }) => `${bucketArn}/*`),
          },
        ]
      : []),
    {
      sid: "UseDataKey",
      actions: ["kms:Decrypt", ...(written.length > 0 ? ["kms:GenerateDataKey"] : [])],
      resources: [dataKeyArn],
      condition: [stringEquals("kms:ViaService", ...via)],
    },
  ];
}
