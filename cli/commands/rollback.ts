import type { Command } from "commander";
import { loadFleet } from "../../environments/schema/load";
import { addDeliveryOptions, type DeliveryOptions } from "../delivery/options";
import { historyOf } from "../delivery/history-of";
import { report } from "../delivery/report";
import { backTo, releaseBefore } from "../delivery/release-before";
import { imagesOf, openSession } from "../delivery/run-delivery";
import { currentRelease } from "../delivery/current-release";
import { targetOf } from "../delivery/target";
import { positive } from "../preparation";
import { accountNamed } from "../account-named";

interface RollbackOptions extends DeliveryOptions {
  readonly account: string;
  readonly to?: number;
}

export function registerRollback(program: Command): void {
  addDeliveryOptions(
    program
      .command("rollback")
      .description("put the release before into service again, or an earlier one by its number")
      .argument("<service>", "a service of the account")
      .requiredOption("--account <name>", "account to roll back in")
      .option("--to <n>", "number of the release, as slipway releases shows it", positive),
  ).action(async (name: string, options: RollbackOptions) => {
    const fleet = loadFleet();
    const target = targetOf(fleet, accountNamed(fleet, options.account), name);
    const session = await openSession(fleet, target, options);
    const { source } = session;
    const history = await historyOf(fleet, source, target.account, target.service);
    const current = await currentRelease(source, target);
    const { digest, number } = await releaseBefore(history, target, current, options.to);
    const image = await (await imagesOf(session)).find(digest);
    await report(session, image, backTo(number));
  });
}
