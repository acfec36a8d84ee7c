import type { Command } from "commander";
import { loadFleet } from "../../environments/schema/load";
import { addDeliveryOptions, type DeliveryOptions } from "../delivery/options";
import { provenIn } from "../delivery/proven-in";
import { report } from "../delivery/report";
import { imagesOf, openSession } from "../delivery/run-delivery";
import { targetOf } from "../delivery/target";
import { CliError } from "../errors";
import { accountNamed } from "../account-named";

interface PromoteOptions extends DeliveryOptions {
  readonly from: string;
  readonly to: string;
}

export function registerPromote(program: Command): void {
  addDeliveryOptions(
    program
      .command("promote")
      .description("carry the image that runs in one account into the next")
      .argument("<service>", "a service of both accounts")
      .requiredOption("--from <account>", "account in which it runs")
      .requiredOption("--to <account>", "account to deploy it to"),
  ).action(async (name: string, options: PromoteOptions) => {
    const fleet = loadFleet();
    const from = targetOf(fleet, accountNamed(fleet, options.from), name);
    const target = targetOf(fleet, accountNamed(fleet, options.to), name);
    if (from.account === target.account)
      throw new CliError(`${name} is in ${from.account.name} already. Nothing was changed.`);
    const session = await openSession(fleet, target, options);
    const digest = await provenIn(fleet, session.source, from, target.account);
    await report(session, await (await imagesOf(session)).find(digest), `from ${from.account.name}`);
  });
}
