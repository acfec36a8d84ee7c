import { brokerPasswords, type BrokerPasswordsScope } from "./broker-passwords";
import { signInSecret, type SignInSecretScope } from "./sign-in-secret";
import { stringEquals, type Statement } from "./policy";

export interface AutomationScope extends BrokerPasswordsScope, SignInSecretScope {
  readonly stateBucketArn: string;
  readonly stateKeyArn: string;
  /** Folder of the state bucket with records and locks of deliveries. */
  readonly deliveries: string;
}

/**
 * Data that a plan needs no sight of, although AWS's ReadOnlyAccess shows it. What the provider calls to compare a
 * resource with its state is not among them: `lambda:GetFunction`, which gives a link to the code beside the
 * configuration, and `cognito-idp:DescribeUserPoolClient`, which gives a client's secret as the state has it.
 * Parameters are read without being decrypted: nobody gave the role their key.
 */
export const DATA_READS = [
  "athena:GetQueryResults*",
  "cognito-idp:AdminGetUser",
  "cognito-idp:AdminList*",
  "cognito-idp:ListUsers*",
  "dynamodb:BatchGetItem",
  "dynamodb:GetItem",
  "dynamodb:GetRecords",
  "dynamodb:Query",
  "dynamodb:Scan",
  "ebs:GetSnapshotBlock",
  "ec2:GetConsole*",
  "ec2:GetPasswordData",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "kinesis:GetRecords",
  "lambda:GetLayerVersion",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
  "logs:StartLiveTail",
  "logs:StartQuery",
  "logs:Unmask",
  "rds:DownloadDBLogFilePortion",
  "secretsmanager:BatchGetSecretValue",
  "sqs:ReceiveMessage",
] as const;

/** Reading states; writing nothing but their lock files. */
export function planPermissions(scope: AutomationScope): Statement[] {
  const { stateBucketArn, brokerSecretsArn, signInSecretArn, deliveries } = scope;
  return [
    { sid: "ListStates", actions: ["s3:ListBucket"], resources: [stateBucketArn] },
    { sid: "ReadStates", actions: ["s3:GetObject"], resources: [`${stateBucketArn}/*.tfstate`] },
    {
      // What ran in one account is asked before it goes into the next.
      sid: "ReadDeliveries",
      actions: ["s3:GetObject"],
      resources: [`${stateBucketArn}/${deliveries}/*`],
    },
    {
      sid: "LockStates",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${stateBucketArn}/*.tflock`],
    },
    useStateKey(scope),
    functionSettings(scope),
    { sid: "NoData", effect: "Deny", actions: [...DATA_READS], resources: ["*"] },
    {
      sid: "NoSecretsButBrokers",
      effect: "Deny",
      actions: ["secretsmanager:GetSecretValue"],
      notResources: [brokerSecretsArn, ...(signInSecretArn === undefined ? [] : [signInSecretArn])],
    },
    ...brokerPasswords(scope, "secretsmanager:GetSecretValue"),
    ...signInSecret(scope),
    {
      sid: "NoObjectsButStates",
      effect: "Deny",
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      notResources: [`${stateBucketArn}/*`],
    },
  ];
}

/** Writing states, and records of deliveries. What may be made is granted apart, by the permissions stack. */
export function applyPermissions(scope: AutomationScope): Statement[] {
  const { stateBucketArn, deliveries } = scope;
  return [
    { sid: "ListStates", actions: ["s3:ListBucket"], resources: [stateBucketArn] },
    {
      sid: "WriteStates",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${stateBucketArn}/*.tfstate`, `${stateBucketArn}/*.tflock`],
    },
    {
      sid: "WriteDeliveries",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${stateBucketArn}/${deliveries}/*`],
    },
    useStateKey(scope),
  ];
}

export const useStateKey = ({ stateKeyArn }: AutomationScope): Statement => ({
  sid: "UseStateKey",
  actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
  resources: [stateKeyArn],
});

/** The settings of functions, none of which is a secret: unread, each plan would want to write them again. */
export const functionSettings = ({ region, accountId }: AutomationScope): Statement => ({
  sid: "ReadSettingsOfFunctions",
  actions: ["kms:Decrypt"],
  resources: [`arn:aws:kms:${region}:${accountId}:key/*`],
  condition: [stringEquals("kms:ViaService", `lambda.${region}.amazonaws.com`)],
});
