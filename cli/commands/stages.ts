import { appendFileSync } from "node:fs";
import type { Command } from "commander";
import { deliveries, type Delivery } from "../../environments/schema/deliveries";
import { loadFleet } from "../../environments/schema/load";
import { print, printJson } from "../output";
import { deliveryOf } from "../workflows/delivery-target";

interface StagesOptions {
  readonly account?: string;
  readonly json?: boolean;
  readonly outputs?: string;
}

export function registerStages(program: Command): void {
  program
    .command("stages")
    .argument("[image]", "an image, or a service that runs it (default: every image)")
    .description(
      "name the accounts that an image is deployed to, in order, and the services there that run it",
    )
    .option("--account <account>", "only the services of this account, on one line")
    .option("--json", "everything, for machines")
    .option("--outputs <file>", "append <account>=<services> for the jobs of CI, as GITHUB_OUTPUT takes them")
    .action((image: string | undefined, { account, json, outputs }: StagesOptions) => {
      const fleet = loadFleet();
      const found = image === undefined ? [...deliveries(fleet)] : [deliveryOf(fleet, image)];
      if (outputs !== undefined) appendFileSync(outputs, found.flatMap(outputLines).join(""));
      if (json === true) {
        printJson(found.map(describe));
        return;
      }
      for (const { name, stages } of found) {
        if (account !== undefined) {
          print(stages.find((stage) => stage.account.name === account)?.services.join(" ") ?? "");
          continue;
        }
        const where = stages.map((stage) => `${stage.account.name} (${stage.services.join(", ")})`);
        print(`${name}: ${where.length === 0 ? "deployed nowhere" : where.join(" → ")}`);
      }
    });
}

const outputLines = ({ stages }: Delivery) =>
  stages.map(({ account, services }) => `${account.name}=${services.join(" ")}\n`);

const describe = ({ name, repository, source, stages }: Delivery) => ({
  name,
  repository,
  source: source.repository,
  stages: stages.map(({ account, services, approval }) => ({ account: account.name, services, approval })),
});
