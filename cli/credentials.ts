import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Account } from "../environments/schema/account";
import * as names from "../environments/schema/names";
import { CliError } from "./errors";

/** What an AWS call needs, for the SDK and for a child process alike. */
export interface AccountCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Credentials of the environment that already are of the account: taken as they are. */
export type Credentials = AccountCredentials | "ambient";

const RENEW_BEFORE = 10 * 60 * 1000;

/**
 * Finds credentials for an account and a role: those of the environment, when they are of that account, as CI's
 * are; else by taking the role on.
 */
export class CredentialSource {
  private readonly cache = new Map<string, AccountCredentials>();
  private identity: Promise<{ account: string; arn: string }> | undefined;

  constructor(private readonly region: string) {}

  async for(account: Account, role: string): Promise<Credentials> {
    const identity = await this.callerIdentity();
    if (identity.account === account.id) {
      refuseOtherRole(identity.arn, account, role);
      return "ambient";
    }
    const arn = names.roleArn(account, role);
    const held = this.cache.get(arn);
    if (held !== undefined && held.expiration.getTime() - Date.now() > RENEW_BEFORE) return held;
    const fresh = await this.assume(account, arn, identity);
    this.cache.set(arn, fresh);
    return fresh;
  }

  /** Who runs the command, before any role is taken on: an ARN. */
  async caller(): Promise<string> {
    return (await this.callerIdentity()).arn;
  }

  private callerIdentity(): Promise<{ account: string; arn: string }> {
    this.identity ??= new STSClient({ region: this.region }).send(new GetCallerIdentityCommand({})).then(
      ({ Account: account = "", Arn: arn = "" }) => ({ account, arn }),
      (error: unknown) => {
        throw new CliError(
          `No usable AWS credentials: ${error instanceof Error ? error.message : String(error)}`,
          "Sign in first (aws sso login, AWS_PROFILE, or CI's role), or try everything without an account: npm start.",
        );
      },
    );
    return this.identity;
  }

  private async assume(
    account: Account,
    arn: string,
    identity: { account: string; arn: string },
  ): Promise<AccountCredentials> {
    try {
      const { Credentials: given } = await new STSClient({ region: this.region }).send(
        new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: "slipway" }),
      );
      if (
        given?.AccessKeyId === undefined ||
        given.SecretAccessKey === undefined ||
        given.SessionToken === undefined
      ) {
        throw new Error("AWS answered without credentials");
      }
      return {
        accessKeyId: given.AccessKeyId,
        secretAccessKey: given.SecretAccessKey,
        sessionToken: given.SessionToken,
        expiration: given.Expiration ?? new Date(Date.now() + 3600 * 1000),
      };
    } catch (error) {
      throw new CliError(
        `The credentials are of account ${identity.account} (${identity.arn}); they may not take on ${arn} of account ${account.name}: ${
          error instanceof Error ? error.message : String(error)
        }`,
        `Bring credentials of account ${account.name} (${account.id}), or of somebody whom that role trusts. Nothing was changed.`,
      );
    }
  }
}

/**
 * CI brings the session of one role for one purpose and one region; another would fail in the midst of an apply: the
 * one that plans, and those of another region of the account.
 */
function refuseOtherRole(arn: string, account: Account, role: string): void {
  const held = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  if (held === undefined) return;
  const asked = names.automationRole(account, role);
  const plan = names.automationRole(account, names.PLAN_ROLE);
  if (held === plan && asked !== plan)
    throw new CliError(
      `The credentials are of ${plan} (${arn}), which reads and changes nothing; this needs ${asked}.`,
      `In CI, apply in the account's environment, whose token ${asked} trusts. Nothing was changed.`,
    );
  const own = names.AUTOMATION_ROLES.map((each) => names.automationRole(account, each));
  if (!names.isAutomationRole(held) || own.includes(held)) return;
  throw new CliError(
    `The credentials are of ${held} (${arn}), which is for another region of the account; ${account.name} needs ${asked}.`,
    `Take on ${asked}; in CI, each region has an environment of its own. Nothing was changed.`,
  );
}

/** A child process's environment with these credentials and no others. */
export function withCredentials(env: NodeJS.ProcessEnv, credentials: Credentials): NodeJS.ProcessEnv {
  if (credentials === "ambient") return env;
  const { AWS_PROFILE: _profile, AWS_DEFAULT_PROFILE: _defaultProfile, ...rest } = env;
  return {
    ...rest,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
}

/** The same for a client of the SDK. */
export function clientOptions(credentials: Credentials, region: string) {
  return credentials === "ambient" ? { region } : { region, credentials };
}
