import { S3ServiceException } from "@aws-sdk/client-s3";
import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import type { CredentialSource } from "../credentials";
import { CliError } from "../errors";
import { historyOf } from "./history-of";
import type { Image, RegistryImages } from "./registry-images";
import { stageBefore, type Target } from "./target";

/**
 * Holds an image to what the account takes: where releases are proven, no tag that moves, and a digest that was
 * released there before, or in the account before it.
 * @throws CliError with what to do first.
 */
export async function requireProof(
  fleet: Fleet,
  source: CredentialSource,
  target: Target,
  image: Image,
  images: Pick<RegistryImages, "moves">,
): Promise<void> {
  const { account, service } = target;
  if (!account.capabilities.provenReleases) return;
  if (image.byTag && image.tag !== undefined) await refuseMovingTag(target, image.tag, images);
  const before = stageBefore(fleet, target);
  if (before === undefined) return;
  // The registry says what runs elsewhere to whoever may not enter there.
  if (image.tags.includes(names.runningTag(before, service))) return;
  const released = await wasReleased(fleet, source, [account, before], target, image.digest);
  if (released === true) return;
  throw new CliError(
    `${account.name} takes only images of ${service.name} that were released in ${before.name} and ran there; ${image.digest} was not${released === undefined ? `, as far as can be seen from here: ${before.name} may not be entered` : ""}. Nothing was changed.`,
    `First: slipway deploy ${service.name} --account ${before.name} --image ${image.digest}`,
  );
}

async function refuseMovingTag(
  { account }: Target,
  tag: string,
  images: Pick<RegistryImages, "moves">,
): Promise<void> {
  if (!(await images.moves(tag))) return;
  throw new CliError(
    `The tag ${tag} may name another image tomorrow; ${account.name} takes none such. Nothing was changed.`,
    "Name a tag that stays, such as a version, or the digest.",
  );
}

/** Nothing where an account may not be asked and none of the others says yes. */
async function wasReleased(
  fleet: Fleet,
  source: CredentialSource,
  accounts: readonly Account[],
  { service }: Target,
  digest: string,
): Promise<boolean | undefined> {
  let unseen = false;
  for (const account of accounts) {
    try {
      const history = await historyOf(fleet, source, account, service);
      const found = await history.newest((each) => each.digest === digest && each.outcome === "succeeded");
      if (found !== undefined) return true;
    } catch (error) {
      if (!(error instanceof CliError || error instanceof S3ServiceException)) throw error;
      unseen = true;
    }
  }
  return unseen ? undefined : false;
}
