import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { parse } from "../../environments/schema/parse";
import { ViolationsError } from "../../environments/schema/violation";
import { CliError } from "../errors";
import { gate, type Gate } from "./gate";

const value = z.union([z.number(), z.string().min(1).max(500)]);

const schema = z.strictObject({
  by: z.email().describe("Who measured."),
  at: z.iso.datetime({ offset: true }).describe("When."),
  values: z.record(z.string(), value).default({}).describe("What was found, by name."),
  comparisons: z
    .record(z.string(), z.strictObject({ source: value, target: value }))
    .default({})
    .describe("Counts or hashes of the same at both ends, such as of a table."),
});

/** What an operator found out inside the network, where no AWS call reaches. */
export type Measured = z.output<typeof schema>;

/** A measurement that a gate asks for. */
export interface Measure {
  readonly name: string;
  /** What to measure, and what has to be found. */
  readonly what: string;
  /** Whether it is the same at both ends that counts. */
  readonly comparison?: boolean;
}

/** Older ones say nothing of now. */
export const FRESH_HOURS = 24;

/**
 * Reads `--measured FILE`.
 * @throws CliError on a file that is not there, not JSON, or not fresh; ViolationsError on another form.
 */
export function readMeasured(file: string, now: Date): Measured {
  if (!existsSync(file))
    throw new CliError(
      `There is no file ${file}. Nothing was changed.`,
      "slipway migrate runbook ID shows its form.",
    );
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CliError(
      `${file} is not JSON: ${error instanceof Error ? error.message : String(error)}. Nothing was changed.`,
      "slipway migrate runbook ID shows its form.",
    );
  }
  const parsed = parse(schema, content, file);
  if ("violations" in parsed) throw new ViolationsError("What was measured", parsed.violations);
  const hours = (now.getTime() - Date.parse(parsed.value.at)) / 3_600_000;
  if (hours > FRESH_HOURS)
    throw new CliError(
      `${file} was measured at ${parsed.value.at}, more than ${FRESH_HOURS} hours ago. Nothing was changed.`,
      "Measure again: the gates ask how it is now.",
    );
  if (hours < -0.1)
    throw new CliError(
      `${file} says it was measured at ${parsed.value.at}, which is to come. Nothing was changed.`,
    );
  return parsed.value;
}

const HOW = "measure it and say --measured FILE (slipway migrate runbook ID shows how)";

/** A value that has to be measured, and be this one. */
export function measuredIs(
  measured: Measured | undefined,
  name: string,
  wanted: string | number,
  what: string,
): Gate {
  const found = measured?.values[name];
  return gate(
    name,
    { value: found ?? "not measured", limit: String(wanted), holds: String(found) === String(wanted) },
    found === undefined ? `${what}: ${HOW}` : what,
  );
}

/** A value that has to be measured, whatever it is. */
export function measuredAny(measured: Measured | undefined, name: string, what: string): Gate {
  const found = measured?.values[name];
  return gate(
    name,
    { value: found ?? "not measured", limit: "recorded", holds: found !== undefined },
    `${what}: ${HOW}`,
  );
}

/** Something that has to be measured at both ends, and be the same. */
export function measuredSame(measured: Measured | undefined, name: string, what: string): Gate {
  const found = measured?.comparisons[name];
  return gate(
    name,
    {
      value: found === undefined ? "not measured" : `source ${found.source}, target ${found.target}`,
      limit: "the same",
      holds: found !== undefined && String(found.source) === String(found.target),
    },
    found === undefined ? `${what}: ${HOW}` : `${what}: source and target differ`,
  );
}
