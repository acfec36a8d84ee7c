import type { Migration } from "../../environments/schema/migration";
import { nextPhase, PHASES } from "../../environments/schema/migration/phase";
import { colour, print, printTable } from "../output";
import { passes, type Gate } from "./gate";
import type { Look } from "./kinds";
import type { Measure } from "./measured";

/** A migration for a person: where it stands, what it does, what has to hold. */
export function printLook(migration: Migration, look: Look, measures: readonly Measure[]): void {
  const { id, phase, account, owner, changeRef, description } = migration;
  print(`${colour.bold(id)}: ${description}`);
  print(`${PHASES.map((each) => (each === phase ? colour.bold(`[${each}]`) : each)).join(" → ")}`);
  print(`account ${account}, owner ${owner}, change ${changeRef}`);
  if (look.missing !== undefined) print(`${colour.yellow("-")} ${look.missing}`);
  for (const { head, rows } of look.shown) {
    if (rows.length === 0) continue;
    print();
    printTable(head, rows);
  }
  print();
  printGates(migration, look.gates);
  printWaivers(migration);
  if (measures.length === 0) return;
  print("\nMeasured by hand before this phase is left, for --measured FILE:");
  for (const { name, what } of measures) print(`  ${name}: ${what}`);
}

/** The gates, and what is to be done about those that do not hold. */
export function printGates({ id, phase }: Migration, gates: readonly Gate[]): void {
  const next = nextPhase(phase);
  if (next === undefined) return print("It is at its end: there is no phase after decommission.");
  printTable(
    [`TO LEAVE ${phase}`, "VALUE", "LIMIT", "", ""],
    gates.map((each) => [each.gate, each.value, each.limit, verdict(each), each.why ?? ""]),
  );
  const open = gates.filter((each) => !passes(each));
  print(
    open.length === 0
      ? `\nEvery gate holds: slipway migrate advance ${id} goes on to ${next}.`
      : `\n${open.length} of ${gates.length} gates do not hold.`,
  );
}

const verdict = ({ holds, waiver }: Gate) =>
  holds
    ? colour.green("holds")
    : waiver !== undefined
      ? colour.yellow("waived")
      : colour.red("does not hold");

function printWaivers({ waivers }: Migration): void {
  if (waivers.length === 0) return;
  print();
  printTable(
    ["WAIVER", "OF", "UNTIL", "OWNER", "REASON"],
    waivers.map(({ control, subject, expires, owner, reason }) => [
      control,
      subject ?? "all",
      expires,
      owner,
      reason,
    ]),
  );
}
