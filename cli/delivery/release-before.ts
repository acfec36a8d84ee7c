import { CliError } from "../errors";
import type { ReleaseHistory, ReleaseRecord } from "./release-history";
import type { Target } from "./target";

/** What a release says that went back to another. */
export const backTo = (number: number) => `back to release ${number}`;

function wentBackTo(release: ReleaseRecord | undefined): number | undefined {
  const number = /^back to release (\d+)$/.exec(release?.origin ?? "")?.[1];
  return number === undefined ? undefined : Number(number);
}

/**
 * The release to go back to: the newest before the current one that succeeded with another digest, or the one with a
 * number. Who goes back twice goes back two releases.
 * @throws CliError when there is none, or it never was in service.
 */
export async function releaseBefore(
  history: Pick<ReleaseHistory, "newest">,
  { account, service }: Target,
  current: string | undefined,
  number?: number,
): Promise<ReleaseRecord> {
  const see = `slipway releases ${service.name} --account ${account.name} shows all.`;
  if (number === undefined) {
    const now = await history.newest((each) => each.digest === current);
    const from = wentBackTo(now) ?? now?.number ?? Infinity;
    const found = await history.newest(
      (each) => each.number < from && each.outcome === "succeeded" && each.digest !== current,
    );
    if (found !== undefined) return found;
    throw new CliError(
      `${service.name} has no earlier release in ${account.name} to go back to. Nothing was changed.`,
      see,
    );
  }
  const found = await history.newest((each) => each.number === number);
  if (found === undefined)
    throw new CliError(
      `${service.name} has no release ${number} in ${account.name}. Nothing was changed.`,
      see,
    );
  if (found.outcome !== "succeeded" && found.outcome !== "idle")
    throw new CliError(
      `Release ${number} of ${service.name} never was in service in ${account.name}: ${found.outcome}. Nothing was changed.`,
      see,
    );
  return found;
}
