import type { Command } from "commander";
import { expiredWaivers } from "../../environments/schema/checks/waivers";
import { ViolationsError } from "../../environments/schema/violation";
import { checkSteps, pending } from "../door-ledger-files";
import { checkLedger } from "../ledger-files";
import { colour, plural, print } from "../output";
import { loadPlatform } from "../platform";
import { resourcesOf } from "../resources";
import { printWaiting } from "../waiting";
import type { Platform } from "../../stacks/graph";

export function registerValidate(program: Command): void {
  program
    .command("validate")
    .description("check the whole organization, all violations at once; makes no AWS call")
    .action(() => {
      reportValid(validatePlatform());
    });
}

/**
 * The organization and all its stacks, every check passed.
 * @throws ViolationsError with all that is wrong.
 */
export function validatePlatform(): Platform {
  const platform = loadPlatform();
  const { lost } = checkLedger(platform);
  const violations = [
    ...expiredWaivers(platform.fleet, new Date()),
    ...checkSteps(platform.fleet),
    ...lost.map(({ stack, address }) => ({
      file: `${platform.fleet.directory}/ledgers/addresses`,
      path: stack,
      given: `${address} is gone`,
      allowed:
        "a recorded address stays, is moved, or is removed on purpose: Terraform would destroy what is there",
      mend: 'add a moved block; or destroy it first, then slipway ledger --write --removed "why"',
    })),
  ];
  if (violations.length > 0) throw new ViolationsError("The organization", violations);
  return platform;
}

/** Says what was checked, and what is still to do. */
export function reportValid(platform: Platform): void {
  const { fleet, stacks } = platform;
  const resources = stacks.reduce(
    (sum, { stack }) => sum + (stack === undefined ? 0 : resourcesOf(stack).length),
    0,
  );
  const services = new Set(Object.values(fleet.services).flatMap((all) => all.map(({ name }) => name))).size;
  print(
    `${colour.green("✔")} ${fleet.organization.name}: ${plural(fleet.accounts.length, "account")}, ${plural(services, "service")}, ${plural(stacks.length, "stack")}, ${plural(resources, "resource")}; no violation.`,
  );
  printWaiting(stacks);
  const unrecorded = checkLedger(platform).unrecorded.length;
  if (unrecorded > 0) {
    print(
      `${colour.yellow("-")} Not in the ledgers yet: ${unrecorded} addresses. Record them before you apply: slipway ledger --write`,
    );
  }
  const accounts = pending(fleet);
  if (accounts.length > 0) {
    print(
      `${colour.yellow("-")} Listener rules of ${accounts.map(({ account }) => account).join(", ")} are not pinned as they are. Pin them before you apply: slipway allocate`,
    );
  }
}
