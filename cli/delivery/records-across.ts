import { S3ServiceException } from "@aws-sdk/client-s3";
import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import type { CredentialSource } from "../credentials";
import { CliError } from "../errors";
import { historyOf } from "./history-of";
import type { ReleaseHistory } from "./release-history";
import type { Target } from "./target";

/**
 * Asks the records of a service in one account on behalf of a release in another: with the rights of that release,
 * else as somebody who may enter the account itself.
 * @throws CliError with the way in when they cannot be read.
 */
export async function askRecords<T>(
  fleet: Fleet,
  source: CredentialSource,
  { account, service }: Pick<Target, "account" | "service">,
  into: Account,
  ask: (history: ReleaseHistory) => Promise<T>,
): Promise<T> {
  const reasons = new Set<string>();
  for (const reader of new Set([into, account])) {
    try {
      return await ask(await historyOf(fleet, source, account, service, reader));
    } catch (error) {
      if (!(error instanceof CliError || error instanceof S3ServiceException)) throw error;
      reasons.add(error.message);
    }
  }
  throw new CliError(
    `What ran of ${service.name} in ${account.name} is in the records of ${names.stateBucket(fleet.organization, account)}, which cannot be read from here: ${[...reasons].join("; ")}. Nothing was changed.`,
    `${names.RELEASE_ROLE} of ${into.name} reads them, where both accounts are bootstrapped as they are described (slipway bootstrap ${account.name}; slipway bootstrap ${into.name}); so does ${names.RELEASE_ROLE} of ${account.name}. Bring credentials of either, or of somebody whom either trusts.`,
  );
}
