import type { Phase } from "../../environments/schema/migration/phase";
import { CliError } from "../errors";

/**
 * A definition's text with the word of its phase changed, and nothing else: quotes, spaces and comments stay.
 * @throws CliError where the word is not there exactly once.
 */
export function withPhase(text: string, file: string, from: Phase, to: Phase): string {
  const word = new RegExp(`((?:^|[\\s{,])(?:phase|"phase"|'phase')\\s*:\\s*)(["'\`])${from}\\2`, "g");
  const found = [...text.matchAll(word)];
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new CliError(
      found.length === 0
        ? `${file} does not say phase: "${from}" in so many words. Nothing was changed.`
        : `${file} says phase: "${from}" in ${found.length} places. Nothing was changed.`,
      `Write the phase once, as phase: "${from}", so that slipway migrate advance can change it.`,
    );
  const [whole, before = "", quote = '"'] = only;
  return `${text.slice(0, only.index)}${before}${quote}${to}${quote}${text.slice(only.index + whole.length)}`;
}
