import picomatch from "picomatch";
import { containersOf, fieldOf, type TaskContainer } from "../containers";
import type { Fleet } from "../fleet";
import * as names from "../names";
import type { Violation } from "../violation";
import { perService } from "./per-service";

/** The guardrail that sees containers, by the name that waivers give it. */
const RULE = "container-hardening";

/**
 * What lets a container out of its hold has a waiver, for this service in this account: said here, where the field
 * is, before the guardrail would find it in the JSON.
 */
export function checkHardening(fleet: Fleet): Violation[] {
  const covering = fleet.organization.waivers
    .filter(({ rule }) => rule === RULE)
    .map(({ resource }) => picomatch(resource));
  return perService(fleet, (service, account) => {
    const address = `${names.stackId(account, "service", service.name)}/${names.TASK_DEFINITION_ADDRESS}`;
    if (covering.some((covers) => covers(address))) return [];
    const everywhere = `*-service-${service.name}/${names.TASK_DEFINITION_ADDRESS}`;
    return containersOf(service)
      .flatMap(loosened)
      .map((found) => ({
        ...found,
        mend: `remove it; or write in waivers of the organization { rule: "${RULE}", resource: "${everywhere}", reason: ..., owner: ..., expires: ... }`,
      }));
  });
}

function loosened(container: TaskContainer): Omit<Violation, "file" | "mend">[] {
  const { user, readonlyRootFilesystem, linuxParameters } = container;
  const { initProcessEnabled, keepCapabilities } = linuxParameters;
  const found: (Omit<Violation, "file" | "mend"> | false)[] = [
    user.split(":").some((id) => Number(id) === 0) && {
      path: fieldOf(container, "user"),
      given: user,
      allowed: "a uid, and gid if given, other than 0 unless a waiver says why",
    },
    !readonlyRootFilesystem && {
      path: fieldOf(container, "readonlyRootFilesystem"),
      given: false,
      allowed: "true unless a waiver says why; /tmp, volumes and tmpfs can be written",
    },
    !initProcessEnabled && {
      path: fieldOf(container, "linuxParameters.initProcessEnabled"),
      given: false,
      allowed: "true unless a waiver says why",
    },
    keepCapabilities.length > 0 && {
      path: fieldOf(container, "linuxParameters.keepCapabilities"),
      given: keepCapabilities,
      allowed: "none unless a waiver says why",
    },
  ];
  return found.filter((item) => item !== false);
}
