import { arnLike, stringEquals, type Statement } from "./policy";

export interface BrokerPasswordsScope {
  readonly accountId: string;
  readonly region: string;
  /** Secrets with the users of brokers, whose passwords are in the states as well. */
  readonly brokerSecretsArn: string;
}

/**
 * Brokers' users, which the states hold anyway. The provider reads a secret's value back even where it is write-only
 * (https://github.com/hashicorp/terraform-provider-aws/issues/42383, mended in 6.26).
 */
export function brokerPasswords(
  { accountId, region, brokerSecretsArn }: BrokerPasswordsScope,
  ...actions: string[]
): Statement[] {
  return [
    { sid: "DrawPasswords", actions: ["secretsmanager:GetRandomPassword"], resources: ["*"] },
    { sid: "KeepBrokerPasswords", actions, resources: [brokerSecretsArn] },
    {
      sid: "EncryptBrokerPasswords",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [`arn:aws:kms:${region}:${accountId}:key/*`],
      condition: [
        stringEquals("kms:ViaService", `secretsmanager.${region}.amazonaws.com`),
        arnLike("kms:EncryptionContext:SecretARN", brokerSecretsArn),
      ],
    },
  ];
}
