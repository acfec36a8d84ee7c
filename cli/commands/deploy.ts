import type { Command } from "commander";
import { loadFleet } from "../../environments/schema/load";
import { addDeliveryOptions, type DeliveryOptions } from "../delivery/options";
import { report } from "../delivery/report";
import { imagesOf, openSession } from "../delivery/run-delivery";
import { targetOf } from "../delivery/target";
import { accountNamed } from "../account-named";

interface DeployOptions extends DeliveryOptions {
  readonly account: string;
  readonly image: string;
}

export function registerDeploy(program: Command): void {
  addDeliveryOptions(
    program
      .command("deploy")
      .description("put an image into service, follow its rollout to the end, and go back when it fails")
      .argument("<service>", "a service of the account")
      .requiredOption("--account <name>", "account to deploy it to")
      .requiredOption("--image <reference>", "digest or tag of an image in the registry"),
  ).action(async (name: string, options: DeployOptions) => {
    const fleet = loadFleet();
    const target = targetOf(fleet, accountNamed(fleet, options.account), name);
    const session = await openSession(fleet, target, options);
    const image = await (await imagesOf(session)).find(options.image);
    await report(session, image);
  });
}
