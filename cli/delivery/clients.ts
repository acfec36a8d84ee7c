import { ECSClient } from "@aws-sdk/client-ecs";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Account } from "../../environments/schema/account";
import * as names from "../../environments/schema/names";
import { clientOptions, type CredentialSource } from "../credentials";

/** The role that delivers a service into an account. */
export const RELEASE = names.RELEASE_ROLE;

/** ECS and SSM throttle an account as a whole: a deployment among many others is patient. */
const PATIENT = { maxAttempts: 8 };

/**
 * What an SDK's client takes to speak to an account for as long as a rollout lasts, which may outlive one session: a
 * role is taken on again before its session ends.
 */
export async function lastingOptions(source: CredentialSource, account: Account, role: string) {
  const { region }: { readonly region: string } = account;
  const first = await source.for(account, role);
  if (first === "ambient") return { ...clientOptions(first, region), ...PATIENT };
  const credentials = async () => {
    const held = await source.for(account, role);
    if (held === "ambient") throw new Error(`The credentials became those of ${account.name} itself`);
    return held;
  };
  return { region, credentials, ...PATIENT };
}

export type LastingOptions = Awaited<ReturnType<typeof lastingOptions>>;

export const clients = (options: LastingOptions) => ({
  ecs: new ECSClient(options),
  ssm: new SSMClient(options),
});
