import { join } from "node:path";
import { allocate } from "../environments/schema/allocation";
import { formatDoorLedger, parseDoorLedger, type DoorLedger } from "../environments/schema/door-ledger";
import { skippedSteps } from "../environments/schema/door-moves";
import { doorLedger, servicesIn, type Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import type { Violation } from "../environments/schema/violation";
import { atMergeBase, save } from "./checked-in-files";

const HEADER = [
  "# Where listener rules are, and their numbers; slipway allocate writes it, nobody by hand (docs/doors.md).",
  "# rule <load balancer> <host> <path> <shard> <priority> <service> [removed]",
];

/** What is to be done to an account's ledger, in words. */
export interface Pending {
  readonly account: string;
  readonly ledger: DoorLedger;
  readonly notes: readonly string[];
}

/** The accounts whose ledgers lack something, sorted. */
export function pending(fleet: Fleet): Pending[] {
  return fleet.accounts.flatMap((account) => {
    const { ledger, notes } = allocate(account, servicesIn(fleet, account), doorLedger(fleet, account));
    return notes.length === 0 ? [] : [{ account: account.name, ledger, notes }];
  });
}

const fileOf = (fleet: Fleet, account: string) => join(fleet.directory, "ledgers", "doors", account);

/** Writes an account's ledger; its file. */
export function writeDoorLedger(fleet: Fleet, account: string, ledger: DoorLedger): string {
  const file = fileOf(fleet, account);
  const lines = formatDoorLedger(ledger);
  save(file, lines.length === 0 ? [] : [...HEADER, ...lines]);
  return file;
}

/** Hosts that took two steps of a move in one change: applied at once, requests would find no rule. */
export function checkSteps(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const text = atMergeBase(fileOf(fleet, account.name));
    if (text === undefined) return [];
    const now = doorLedger(fleet, account);
    // What was wrong there is wrong no longer, or told of the file as it is now.
    return skippedSteps(parseDoorLedger(text, now.file, []), now).map(({ host, from, to }): Violation => {
      const [loadBalancer = "", name = ""] = host.split(" ");
      const place = (shards: string) =>
        shards
          .split(" ")
          .map((shard) => names.shard(loadBalancer, Number(shard)))
          .join(" and ");
      return {
        file: now.file,
        path: name,
        given: `moved from ${place(from)} to ${place(to)} in one change`,
        inWords: true,
        allowed:
          "one step of a move in a change, applied before the next, so that every request finds a rule",
        mend: `take the lines of ${name} as they were, then slipway allocate --move, --shift and --finish, each merged and applied`,
      };
    });
  });
}
