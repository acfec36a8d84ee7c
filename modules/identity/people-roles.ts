import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { IamGroupPolicy } from "@cdktf/provider-aws/lib/iam-group-policy";
import { Construct } from "constructs";
import { arnLike, forArn, isTrue, policyDocument, stringEquals, type Statement } from "./policy";
import { Role } from "./role";

const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;

/** What people read nowhere by default: secret values and the data itself. */
const NO_DATA: Statement = {
  sid: "NoData",
  effect: "Deny",
  actions: [
    "athena:GetQueryResults*",
    "cognito-idp:AdminGetUser",
    "cognito-idp:DescribeUserPoolClient",
    "cognito-idp:ListUsers*",
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "ec2:GetConsole*",
    "ec2:GetPasswordData",
    "kinesis:GetRecords",
    "rds:DownloadDBLogFilePortion",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "secretsmanager:BatchGetSecretValue",
    "secretsmanager:GetSecretValue",
    "sqs:ReceiveMessage",
  ],
  resources: ["*"],
};

const NO_PARAMETER_VALUES: Statement = {
  sid: "NoSecretParameters",
  effect: "Deny",
  actions: ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", "ssm:GetParametersByPath"],
  resources: ["arn:aws:ssm:*:*:parameter/slipway/*/secret/*"],
};

export interface PeopleRolesProps {
  readonly accountId: string;
  readonly boundaryArn: string;
  /** Root of the management account, in which people's users are. */
  readonly managementRootArn: string;
  readonly managementAccountId: string;
  /** Regions of the account in which services run, one at the least. */
  readonly places: readonly PeoplePlace[];
  /** Whether developers may open a shell in a task. */
  readonly executeCommand: boolean;
  /** Whether services sleep outside working hours, so that developers may wake them and send them to sleep. */
  readonly workingHours: boolean;
  /** Role names and longest sessions, by kind; a kind that is missing makes no role. */
  readonly roles: Partial<
    Readonly<Record<PeopleRoleKind, { readonly roleName: string; readonly maxSessionDuration: number }>>
  >;
}

/** Where developers work. */
export interface PeoplePlace {
  readonly region: string;
  /** ECS cluster in which they may stop tasks. */
  readonly clusterName: string;
  /** Alias of the key that encrypts shells. */
  readonly dataKeyAlias: string;
}

export type PeopleRoleKind = "administrator" | "developer" | "readOnly" | "auditor";

/** Construct ids, which are addresses: fixed words. */
export const PEOPLE_ROLE_IDS: Readonly<Record<PeopleRoleKind, string>> = {
  administrator: "administrator",
  developer: "developer",
  readOnly: "read_only",
  auditor: "auditor",
};

/** The roles that people take on in an account: by users of the management account, and with MFA only. */
export class PeopleRoles extends Construct {
  constructor(scope: Construct, id: string, props: PeopleRolesProps) {
    super(scope, id);
    const trust: Statement = {
      sid: "PeopleWithMfa",
      actions: ["sts:AssumeRole"],
      principals: forArn(props.managementRootArn),
      condition: [
        isTrue("aws:MultiFactorAuthPresent"),
        arnLike("aws:PrincipalArn", `arn:aws:iam::${props.managementAccountId}:user/*`),
      ],
    };
    const definitions = permissionsOf(props);
    for (const [kind, role] of Object.entries(props.roles) as [
      PeopleRoleKind,
      { roleName: string; maxSessionDuration: number },
    ][]) {
      new Role(this, PEOPLE_ROLE_IDS[kind], {
        roleName: role.roleName,
        maxSessionDuration: role.maxSessionDuration,
        boundaryArn: props.boundaryArn,
        trust: [trust],
        ...definitions[kind],
      });
    }
  }
}

type Permissions = { description: string; managedPolicies: Record<string, string>; statements?: Statement[] };

function permissionsOf({
  accountId,
  places,
  executeCommand,
  workingHours,
}: PeopleRolesProps): Record<PeopleRoleKind, Permissions> {
  const everywhere = (arn: (place: PeoplePlace) => string) => places.map(arn);
  const tasks = everywhere(
    ({ region, clusterName }) => `arn:aws:ecs:${region}:${accountId}:task/${clusterName}/*`,
  );
  const develop: Statement[] = [
    { sid: "StopTasks", actions: ["ecs:StopTask"], resources: tasks },
    {
      sid: "SearchLogs",
      actions: ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartLiveTail", "logs:StartQuery"],
      resources: everywhere(({ region }) => `arn:aws:logs:${region}:${accountId}:log-group:/slipway/*`),
    },
    {
      // IAM knows no resource of a query.
      sid: "FollowQueries",
      actions: ["logs:GetQueryResults", "logs:StopQuery"],
      resources: ["*"],
      condition: [stringEquals("aws:RequestedRegion", ...everywhere(({ region }) => region))],
    },
    ...(workingHours
      ? [
          {
            // https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_service-with-iam.html
            sid: "WakeServices",
            actions: ["application-autoscaling:RegisterScalableTarget"],
            resources: everywhere(
              ({ region }) => `arn:aws:application-autoscaling:${region}:${accountId}:scalable-target/*`,
            ),
            condition: [
              stringEquals("application-autoscaling:scalable-dimension", "ecs:service:DesiredCount"),
              stringEquals("application-autoscaling:service-namespace", "ecs"),
            ],
          },
        ]
      : []),
    ...(executeCommand
      ? [
          {
            sid: "OpenShells",
            actions: ["ecs:ExecuteCommand"],
            resources: [
              ...tasks,
              ...everywhere(
                ({ region, clusterName }) => `arn:aws:ecs:${region}:${accountId}:cluster/${clusterName}`,
              ),
            ],
          },
          {
            // Known by its alias only: the roles are there before the key.
            sid: "EncryptShells",
            actions: ["kms:GenerateDataKey"],
            resources: everywhere(({ region }) => `arn:aws:kms:${region}:${accountId}:key/*`),
            condition: [
              {
                test: "ForAnyValue:StringEquals",
                variable: "kms:ResourceAliases",
                values: everywhere(({ dataKeyAlias }) => dataKeyAlias),
              },
            ],
          },
        ]
      : []),
  ];
  return {
    administrator: {
      description: "Everything but what the permissions boundary keeps for bootstrap",
      managedPolicies: { administrator_access: managed("AdministratorAccess") },
    },
    developer: {
      description: "Reads configuration, follows logs, stops tasks; creates nothing",
      managedPolicies: { read_only_access: managed("ReadOnlyAccess") },
      statements: [...develop, NO_DATA, NO_PARAMETER_VALUES],
    },
    readOnly: {
      description: "Reads configuration; neither data nor secrets",
      managedPolicies: { read_only_access: managed("ReadOnlyAccess") },
      statements: [NO_DATA, NO_PARAMETER_VALUES],
    },
    auditor: {
      description: "Reads configuration and the audit trail",
      managedPolicies: {
        security_audit: managed("SecurityAudit"),
        view_only_access: managed("job-function/ViewOnlyAccess"),
      },
    },
  };
}

export interface PeopleGroupsProps {
  /** Group name by kind, and the ARNs of the roles its members may take on. */
  readonly groups: Partial<
    Readonly<Record<PeopleRoleKind, { readonly groupName: string; readonly roleArns: string[] }>>
  >;
}

/** The groups of the management account that say who may take on which role, in every account. */
export class PeopleGroups extends Construct {
  constructor(scope: Construct, id: string, props: PeopleGroupsProps) {
    super(scope, id);
    for (const [kind, { groupName, roleArns }] of Object.entries(props.groups) as [
      PeopleRoleKind,
      { groupName: string; roleArns: string[] },
    ][]) {
      const group = new IamGroup(this, PEOPLE_ROLE_IDS[kind], { name: groupName });
      const document = policyDocument(this, `${PEOPLE_ROLE_IDS[kind]}_document`, [
        {
          sid: "TakeOnRoles",
          actions: ["sts:AssumeRole"],
          resources: roleArns,
          condition: [isTrue("aws:MultiFactorAuthPresent")],
        },
      ]);
      new IamGroupPolicy(this, `${PEOPLE_ROLE_IDS[kind]}_policy`, {
        name: "take-on-roles",
        group: group.name,
        policy: document.json,
      });
    }
  }
}
