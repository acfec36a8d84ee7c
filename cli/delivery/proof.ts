import type { Fleet } from "../../environments/schema/fleet";
import type { CredentialSource } from "../credentials";
import { CliError } from "../errors";
import { historyOf } from "./history-of";
import { askRecords } from "./records-across";
import type { Image, RegistryImages } from "./registry-images";
import type { ReleaseHistory } from "./release-history";
import { stageBefore, type Target } from "./target";

/**
 * Holds an image to what the account takes: where releases are proven, no tag that moves, and a digest that was
 * released there before, or in the account before it. The accounts' records decide: whoever pushes an image can write
 * any of its tags.
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
  const ran = (history: ReleaseHistory) => wasReleased(history, image.digest);
  if (await ran(await historyOf(fleet, source, account, service))) return;
  if (await askRecords(fleet, source, { account: before, service }, account, ran)) return;
  throw new CliError(
    `${account.name} takes only images of ${service.name} that were released in ${before.name} and ran there; ${image.digest} was not. Nothing was changed.`,
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

const wasReleased = async (history: ReleaseHistory, digest: string): Promise<boolean> =>
  (await history.newest((each) => each.digest === digest && each.outcome === "succeeded")) !== undefined;
