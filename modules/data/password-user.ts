import { CloudformationStack } from "@cdktf/provider-aws/lib/cloudformation-stack";
import { Construct } from "constructs";
import { stringEquals, trustService, type Statement } from "../identity/policy";
import { Role } from "../identity/role";
import { EVERYTHING, type FurtherUser } from "./cache-users";

export interface PasswordUserProps {
  /** Also the name of the CloudFormation stack. */
  readonly userName: string;
  readonly service: "elasticache" | "memorydb";
  /** Of ElastiCache. */
  readonly engine: "redis" | "valkey";
  /** Secret whose key `password` it signs in with. */
  readonly secretArn: string;
  readonly dataKeyArn: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
}

/**
 * A user with a password, for tools that know no IAM. Terraform's provider would keep the password in the state;
 * CloudFormation resolves it from its secret, as a role that reads this one and makes this user.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
export class PasswordUser extends Construct {
  readonly user: FurtherUser;

  constructor(scope: Construct, id: string, props: PasswordUserProps) {
    super(scope, id);
    const { userName, accountId, region } = props;
    const { role, permissions } = new Role(this, "maker", {
      roleName: props.roleName,
      path: props.rolePath,
      boundaryArn: props.boundaryArn,
      description: `Lets CloudFormation make the user ${userName}`,
      trust: [
        trustService(
          "cloudformation.amazonaws.com",
          accountId,
          `arn:aws:cloudformation:${region}:${accountId}:stack/${userName}/*`,
        ),
      ],
      statements: statements(props),
    });
    const stack = new CloudformationStack(this, "user", {
      name: userName,
      iamRoleArn: role.arn,
      parameters: { SecretArn: props.secretArn },
      templateBody: template(props),
      dependsOn: permissions,
    });
    this.user = { userName, dependsOn: stack };
  }
}

function template({ userName, service, engine }: PasswordUserProps): string {
  const password = {
    "Fn::Join": ["", ["{{resolve:secretsmanager:", { Ref: "SecretArn" }, ":SecretString:password}}"]],
  };
  const signIn = {
    UserName: userName,
    AccessString: EVERYTHING,
    AuthenticationMode: { Type: "password", Passwords: [password] },
  };
  return JSON.stringify({
    Description: `User ${userName}`,
    Parameters: { SecretArn: { Type: "String" } },
    Resources: {
      User:
        service === "elasticache"
          ? { Type: "AWS::ElastiCache::User", Properties: { ...signIn, UserId: userName, Engine: engine } }
          : { Type: "AWS::MemoryDB::User", Properties: signIn },
    },
  });
}

function statements({ userName, service, accountId, region, ...props }: PasswordUserProps): Statement[] {
  const user = `arn:aws:${service}:${region}:${accountId}:user${service === "elasticache" ? ":" : "/"}${userName}`;
  return [
    { sid: "ReadPassword", actions: ["secretsmanager:GetSecretValue"], resources: [props.secretArn] },
    {
      sid: "DecryptPassword",
      actions: ["kms:Decrypt"],
      resources: [props.dataKeyArn],
      condition: [stringEquals("kms:ViaService", `secretsmanager.${region}.amazonaws.com`)],
    },
    ...(service === "elasticache"
      ? [
          {
            sid: "MakeUser",
            actions: [
              "elasticache:AddTagsToResource",
              "elasticache:CreateUser",
              "elasticache:DeleteUser",
              "elasticache:DescribeUsers",
              "elasticache:ListTagsForResource",
              "elasticache:ModifyUser",
              "elasticache:RemoveTagsFromResource",
            ],
            resources: [user],
          },
        ]
      : [
          // IAM knows it by no resource.
          {
            sid: "MakeUser",
            actions: ["memorydb:CreateUser"],
            resources: ["*"],
            condition: [stringEquals("aws:RequestedRegion", region)],
          },
          {
            sid: "ManageUser",
            actions: [
              "memorydb:DeleteUser",
              "memorydb:DescribeUsers",
              "memorydb:ListTags",
              "memorydb:TagResource",
              "memorydb:UntagResource",
              "memorydb:UpdateUser",
            ],
            resources: [user],
          },
        ]),
  ];
}
