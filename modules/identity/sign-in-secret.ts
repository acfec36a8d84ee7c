import { arnLike, stringEquals, type Statement } from "./policy";

export interface SignInSecretScope {
  readonly accountId: string;
  readonly region: string;
  /**
   * Secret of the client with which load balancers ask an identity provider; the states of services that sign people
   * in hold its value.
   * @default none: people sign in to a user pool, or not at all
   */
  readonly signInSecretArn?: string;
}

/** Reading the client's secret, which Elastic Load Balancing takes as an argument only. */
export function signInSecret({ accountId, region, signInSecretArn }: SignInSecretScope): Statement[] {
  if (signInSecretArn === undefined) return [];
  return [
    {
      sid: "ReadSignInSecret",
      actions: ["secretsmanager:GetSecretValue"],
      resources: [signInSecretArn],
    },
    {
      sid: "DecryptSignInSecret",
      actions: ["kms:Decrypt"],
      resources: [`arn:aws:kms:${region}:${accountId}:key/*`],
      condition: [
        stringEquals("kms:ViaService", `secretsmanager.${region}.amazonaws.com`),
        arnLike("kms:EncryptionContext:SecretARN", signInSecretArn),
      ],
    },
  ];
}
