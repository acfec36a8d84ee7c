import type { Command } from "commander";
import { checkQuotas } from "../../environments/schema/checks/quotas";
import type { DoorLedger } from "../../environments/schema/door-ledger";
import {
  finishMove,
  shiftMove,
  startMove,
  takeBack,
  type Refusal,
  type Step,
} from "../../environments/schema/door-moves";
import { doorLedger, servicesIn, type Fleet } from "../../environments/schema/fleet";
import { loadFleet } from "../../environments/schema/load";
import { hostShards, moveOf } from "../../environments/schema/placement";
import { accountNamed } from "../account-named";
import { pending, writeDoorLedger } from "../door-ledger-files";
import { CliError } from "../errors";
import { colour, print } from "../output";

interface Options {
  readonly check?: boolean;
  readonly forget?: string;
  readonly move?: string;
  readonly to?: string;
  readonly shift?: string;
  readonly finish?: string;
  readonly back?: string;
  readonly account?: string;
}

export function registerAllocate(program: Command): void {
  program
    .command("allocate")
    .description("pin the load balancer and the number of each listener rule; makes no AWS call")
    .option("--check", "write nothing; fail when something is not pinned")
    .option("--forget <service>", "free the numbers and the room of a service that is destroyed")
    .option("--move <host>", "begin to move a host to another load balancer of its name, --to")
    .option(
      "--to <load-balancer>",
      "with --move: such as public-2; with the others: where it is moving to, if several hosts of the name do",
    )
    .option("--shift <host>", "once both have its targets: its name leads to the new one")
    .option("--finish <host>", "once nobody asks the old one: its rules there go")
    .option("--back <host>", "take the last step of a move back")
    .option("--account <account>", "the account meant (default: every one, where that is clear)")
    .action((options: Options) => {
      const actions = ["check", "forget", "move", "shift", "finish", "back"] as const;
      const given = actions.filter((action) => options[action] !== undefined);
      if (given.length > 1)
        throw new CliError(`--${given.join(" and --")} do not go together.`, "Take one step at a time.");
      const steps = [options.move, options.shift, options.finish, options.back];
      if (options.move !== undefined ? options.to === undefined : options.to && steps.every((host) => !host))
        throw new CliError("--move and --to go together.", "slipway allocate --move HOST --to LOAD_BALANCER");
      // What has no room is what it makes room for.
      const fleet = loadFleet(undefined, [checkQuotas]);
      if (options.account !== undefined) accountNamed(fleet, options.account);
      if (options.forget !== undefined) return forget(fleet, options.forget, options.account);
      const host = options.move ?? options.shift ?? options.finish ?? options.back;
      if (host !== undefined) return step(fleet, host, options);
      pin(fleet, options);
    });
}

function pin(fleet: Fleet, { check, account }: Options): void {
  const found = pending(fleet).filter((each) => account === undefined || each.account === account);
  for (const { account: name, ledger, notes } of found) {
    print(`${name}: ${notes.join("; ")}`);
    if (check !== true) print(`Written: ${writeDoorLedger(fleet, name, ledger)}`);
  }
  if (found.length === 0) print("Every listener rule is pinned.");
  else if (check === true) {
    print(`${colour.red("✘")} Not pinned as they are: run slipway allocate, and commit ledgers/doors.`);
    process.exitCode = 1;
  }
}

function forget(fleet: Fleet, service: string, only: string | undefined): void {
  const ledgers = fleet.accounts
    .filter(({ name }) => only === undefined || name === only)
    .map((account) => ({ account: account.name, ledger: doorLedger(fleet, account) }));
  const gone = (ledger: DoorLedger) =>
    ledger.rules.filter((rule) => rule.removed && rule.service === service).length;
  const found = ledgers.filter(({ ledger }) => gone(ledger) > 0);
  if (found.length === 0) {
    const there = ledgers.some(({ ledger }) => ledger.rules.some((rule) => rule.service === service));
    throw new CliError(
      there ? `${service} still has all of its rules.` : `No ledger holds a rule of ${service}.`,
      there
        ? "Remove its file, run slipway allocate, destroy its stacks, and then forget it."
        : "Rules that are gone carry the word removed in ledgers/doors.",
    );
  }
  for (const { account, ledger } of found) {
    const rules = ledger.rules.filter((rule) => !(rule.removed && rule.service === service));
    print(
      `Written: ${writeDoorLedger(fleet, account, { ...ledger, rules })} (${gone(ledger)} of ${service})`,
    );
  }
  print("If one of its stacks is not applied yet, AWS refuses its numbers to others until it is.");
}

const SHARD = /^(.+?)(?:-(\d+))?$/;

function step(fleet: Fleet, host: string, options: Options): void {
  const [, target, number] = SHARD.exec(options.to ?? "") ?? [];
  const { account, services, loadBalancer, ledger } = placeOf(fleet, host, options.account, target);
  const place = { loadBalancer, host };
  const taken: Step | Refusal =
    options.move !== undefined
      ? startMove(ledger, place, Number(number ?? 1), services)
      : options.shift !== undefined
        ? shiftMove(ledger, place)
        : options.finish !== undefined
          ? finishMove(ledger, place)
          : takeBack(ledger, place);
  if ("refused" in taken)
    throw new CliError(`${account}: ${taken.refused}; nothing was written.`, taken.mend);
  print(`Written: ${writeDoorLedger(fleet, account, taken.ledger)}`);
  print(`Next: ${taken.next}.`);
}

/** The one place where a host is, as far as it was said. */
function placeOf(fleet: Fleet, host: string, only: string | undefined, target: string | undefined) {
  const found = fleet.accounts
    .filter(({ name }) => only === undefined || name === only)
    .flatMap((account) => {
      const ledger = doorLedger(fleet, account);
      return [...hostShards(ledger).keys()]
        .map((key) => key.split(" "))
        .filter(([alb = "", name]) => name === host && (target === undefined || alb === target))
        .map(([loadBalancer = ""]) => ({
          account: account.name,
          services: servicesIn(fleet, account),
          loadBalancer,
          ledger,
        }));
    });
  // What is moving is meant, where nothing else was said.
  const moving = found.filter(({ ledger, loadBalancer }) => moveOf(ledger, loadBalancer, host) !== undefined);
  const meant = target === undefined && moving.length > 0 ? moving : found;
  const [place] = meant;
  if (place === undefined)
    throw new CliError(
      `No ledger holds the host ${host}${target === undefined ? "" : ` on ${target}`}.`,
      "A host is the label before its zone, such as orders; slipway allocate pins what is new.",
    );
  if (meant.length > 1)
    throw new CliError(
      `${host} is ${meant.map(({ account, loadBalancer }) => `on ${loadBalancer} in ${account}`).join(", ")}.`,
      "Name one with --account, and take one account at a time.",
    );
  return place;
}
