import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CognitoLogDeliveryConfiguration } from "@cdktf/provider-aws/lib/cognito-log-delivery-configuration";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { Construct } from "constructs";

export interface UserPoolProps {
  readonly userPoolName: string;
  /** First label of the sign-in page, unique in the region. */
  readonly domainPrefix: string;
  /** Whether everybody needs a second factor: ON or OPTIONAL. */
  readonly mfa: "ON" | "OPTIONAL";
  /** Whether people may make their own account. */
  readonly selfSignUp: boolean;
  readonly minimumPasswordLength: number;
  /** Where failed invitations and codes are written; begins with /aws/vendedlogs/, which needs no policy of its own. */
  readonly logGroupName: string;
  readonly logRetentionInDays: number;
  readonly logsKeyArn: string;
  /** Whether AWS and Terraform refuse to delete it: a pool's people cannot be brought back. */
  readonly protection: boolean;
}

/**
 * People who sign in with their e-mail address, and the page on which they do.
 *
 * Of the Essentials tier: threat protection would need Plus, at several times the price for each active person.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/security.html
 */
export class UserPool extends Construct {
  readonly pool: CognitoUserPool;
  readonly domain: CognitoUserPoolDomain;

  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    this.pool = new CognitoUserPool(this, "pool", {
      name: props.userPoolName,
      userPoolTier: "ESSENTIALS",
      deletionProtection: props.protection ? "ACTIVE" : "INACTIVE",
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      // A changed address counts once its owner has answered from it.
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ["email"] },
      mfaConfiguration: props.mfa,
      softwareTokenMfaConfiguration: { enabled: true },
      passwordPolicy: {
        minimumLength: props.minimumPasswordLength,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        temporaryPasswordValidityDays: 3,
      },
      accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
      adminCreateUserConfig: { allowAdminCreateUserOnly: !props.selfSignUp },
      emailConfiguration: { emailSendingAccount: "COGNITO_DEFAULT" },
      lifecycle: { preventDestroy: props.protection },
    });
    this.domain = new CognitoUserPoolDomain(this, "domain", {
      domain: props.domainPrefix,
      userPoolId: this.pool.id,
    });
    const logGroup = new CloudwatchLogGroup(this, "logs", {
      name: props.logGroupName,
      retentionInDays: props.logRetentionInDays,
      kmsKeyId: props.logsKeyArn,
    });
    new CognitoLogDeliveryConfiguration(this, "undelivered", {
      userPoolId: this.pool.id,
      logConfigurations: [
        {
          eventSource: "userNotification",
          logLevel: "ERROR",
          cloudWatchLogsConfiguration: [{ logGroupArn: logGroup.arn }],
        },
      ],
    });
  }
}
