import { loadFleet } from "../../environments/schema/load";
import { phasesBefore } from "../../environments/schema/migration/phase";
import { plural, print, printJson, printTable } from "../output";

/** `slipway migrate list`: all migrations, from data alone. */
export function list({ json }: { readonly json?: boolean }): void {
  const fleet = loadFleet();
  const listed = fleet.migrations.map(({ id, kind, account, phase, owner, changeRef, description }) => {
    const before = phasesBefore(phase).at(-1);
    const since = before === undefined ? undefined : fleet.evidence[id]?.[before]?.at;
    return {
      id,
      kind,
      account,
      phase,
      ...(since === undefined ? {} : { since }),
      owner,
      changeRef,
      description,
    };
  });
  if (json === true) return printJson(listed);
  if (listed.length === 0) return print("No migrations; one is a file in migrations/ of the organization.");
  printTable(
    ["MIGRATION", "KIND", "ACCOUNT", "PHASE", "SINCE", "OWNER", "CHANGE"],
    listed.map(({ id, kind, account, phase, since = "", owner, changeRef }) => [
      id,
      kind,
      account,
      phase,
      since.slice(0, 10),
      owner,
      changeRef,
    ]),
  );
  print(`\n${plural(listed.length, "migration")}. slipway migrate status ID shows one.`);
}
