import { NO_RELEASE } from "../../modules/delivery/release";
import type { Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import type { CredentialSource } from "../credentials";
import { CliError } from "../errors";
import { currentRelease } from "./current-release";
import { historyOf } from "./history-of";
import type { RegistryImages } from "./registry-images";
import type { Target } from "./target";

/**
 * The digest that runs in an account and was released there; for whoever may not enter that account, as the registry
 * has it.
 * @throws CliError when nothing runs there, or it never was seen running.
 */
export async function provenIn(
  fleet: Fleet,
  source: CredentialSource,
  from: Target,
  images: Pick<RegistryImages, "find">,
): Promise<string> {
  const { account, service } = from;
  const enters = await source.for(account, names.RELEASE_ROLE).then(
    () => true,
    () => false,
  );
  if (!enters) return (await images.find(names.runningTag(account, service))).digest;
  const digest = await currentRelease(source, from);
  if (digest === undefined || digest === NO_RELEASE)
    throw new CliError(
      `${service.name} has no release in ${account.name}: there is nothing to carry over. Nothing was changed.`,
      `First: slipway deploy ${service.name} --account ${account.name} --image TAG`,
    );
  const history = await historyOf(fleet, source, account, service);
  const last = await history.newest((each) => each.digest === digest);
  if (last?.outcome === "succeeded") return digest;
  throw new CliError(
    `What ${account.name} has of ${service.name} was not seen running there: ${digest}${last === undefined ? "" : `, ${last.outcome}`}. Nothing was changed.`,
    `Deploy it there once more, awake: slipway deploy ${service.name} --account ${account.name} --image ${digest}`,
  );
}
