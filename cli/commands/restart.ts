import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { Command } from "commander";
import { loadFleet } from "../../environments/schema/load";
import * as names from "../../environments/schema/names";
import { lastingOptions, RELEASE } from "../delivery/clients";
import { storeOf } from "../delivery/history-of";
import { DeployLock } from "../delivery/lock";
import { addDeliveryOptions, rolloutTimeout, waitOf, type DeliveryOptions } from "../delivery/options";
import { whereabouts } from "../delivery/origin";
import { openSession, toldOnce } from "../delivery/run-delivery";
import { EcsRunningService } from "../delivery/running-service";
import { targetOf } from "../delivery/target";
import { CliError } from "../errors";
import { startProgress } from "../progress";
import { interruption } from "../terraform";
import { accountNamed } from "../account-named";

/** `slipway restart`: every task anew with the image in service, for a secret's new value. */
export function registerRestart(program: Command): void {
  addDeliveryOptions(
    program
      .command("restart")
      .description("start a service's tasks anew with the image in service, such as for a secret's new value")
      .argument("<service>", "a service of the account")
      .requiredOption("--account <name>", "its account"),
  ).action(async (name: string, options: DeliveryOptions & { readonly account: string }) => {
    const fleet = loadFleet();
    const target = targetOf(fleet, accountNamed(fleet, options.account), name);
    const { account, service, stack } = target;
    if (service.kind === "scheduledTask")
      throw new CliError(`${name} is started by its schedule: its next run takes the new values.`);
    if (service.deploymentConfiguration.controller === "CODE_DEPLOY")
      throw new CliError(
        `CodeDeploy replaces the tasks of ${name}; nothing was changed.`,
        `Deploy the image in service again: slipway deploy ${name} --account ${account.name} --image DIGEST`,
      );
    const { source } = await openSession(fleet, target, options);
    const lasting = await lastingOptions(source, account, RELEASE);
    const progress = await startProgress(stack);
    const lock = await DeployLock.take(await storeOf(fleet, source, account), names.deployLock(service), {
      who: await source.caller(),
      where: whereabouts(),
      what: `${name} restart`,
      wait: waitOf(options),
      breakDead: options.breakLock === true,
      onWait: toldOnce(stack, progress),
      signal: interruption,
    }).catch((error: unknown) => {
      progress.fail(`${stack}: not restarted`);
      throw error;
    });
    try {
      const running = new EcsRunningService(lasting, new ApplicationAutoScalingClient(lasting), {
        cluster: names.cluster(account),
        service: name,
      });
      const before = await running.remember();
      const ending = await before.follow(await running.restart(), {
        timeout: rolloutTimeout(options, service),
        signals: [interruption, lock.lost],
        onLook: (text) => progress.update(`${stack}: ${text}`),
        onEvent: (text) => progress.note(`  ${text}`),
      });
      if (ending.state !== "completed")
        throw new CliError(
          `The restart ended as ${ending.state}${ending.reason === undefined ? "" : `: ${ending.reason}`}`,
          "The image and the task definition are as before; see why tasks stopped, above.",
        );
      progress.succeed(`${stack}: restarted, ${ending.running} of ${ending.desired} tasks run`);
    } catch (error) {
      progress.fail(`${stack}: not restarted`);
      throw error;
    } finally {
      await lock
        .release()
        .catch(() => progress.note("  the lock could not be given back; it is dead in ten minutes"));
    }
  });
}
