import { isTimezone } from "../common";
import type { Fleet } from "../fleet";
import { formatPath } from "../parse";
import { scheduleFault } from "../schedule-expression";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** Schedules are such as AWS takes and come again; who has one is a scheduled task and nothing else. */
export function checkSchedules(fleet: Fleet): Violation[] {
  const now = new Date();
  return perService(fleet, (service) => [
    ...expressions(service, now),
    ...(service.kind === "scheduledTask" ? scheduledTask(service) : withSchedule(service)),
  ]);
}

function expressions({ schedule, functions }: Service, now: Date): Found[] {
  const given = [
    ...(schedule === undefined ? [] : [{ path: "schedule.expression", expression: schedule.expression }]),
    ...Object.entries(functions).flatMap(([name, { schedule: expression }]) =>
      // Another rule refuses what does not begin as a schedule.
      expression === undefined || !/^(rate|cron)\(.+\)$/.test(expression)
        ? []
        : [{ path: `${formatPath(["functions", name])}.schedule`, expression }],
    ),
  ];
  return given.flatMap(({ path, expression }) => {
    const allowed = scheduleFault(expression, now);
    return allowed === undefined ? [] : [{ path, given: expression, allowed }];
  });
}

function withSchedule({ kind, schedule }: Service): Found[] {
  if (schedule === undefined) return [];
  return [
    {
      path: "schedule",
      given: schedule.expression,
      allowed: `none: a ${kind} runs always`,
      mend: 'remove it, or write kind: "scheduledTask"',
    },
  ];
}

function scheduledTask(service: Service): Found[] {
  const { schedule, containerPort, loadBalancers, serviceDiscovery, consumes, autoScaling } = service;
  const found: (Found | false)[] = [
    schedule === undefined && {
      path: "schedule",
      given: undefined,
      allowed: "an expression: a scheduled task runs at its schedule only",
      mend: 'write schedule: { expression: "cron(0 3 * * ? *)" }',
    },
    schedule !== undefined &&
      !isTimezone(schedule.timezone) && {
        path: "schedule.timezone",
        given: schedule.timezone,
        allowed: "an IANA time zone such as Europe/Berlin",
      },
    schedule !== undefined &&
      schedule.expression.startsWith("rate(") &&
      schedule.timezone !== "UTC" && {
        path: "schedule.timezone",
        given: schedule.timezone,
        allowed: "none: a rate has no clock time",
        mend: "remove it, or write a cron expression",
      },
    containerPort !== undefined && {
      path: "containerPort",
      given: containerPort,
      allowed: "none: nobody calls a scheduled task",
    },
    loadBalancers.length > 0 && {
      path: "loadBalancers",
      given: loadBalancers.map(({ alb }) => alb),
      allowed: "none: a scheduled task stands behind no door",
    },
    serviceDiscovery &&
      containerPort === undefined && {
        path: "serviceDiscovery",
        given: true,
        allowed: "false: a scheduled task has nothing to be found for",
      },
    scales(autoScaling) && {
      path: "autoScaling",
      given: "scaling of a scheduled task",
      allowed: "nothing: each run is one task",
    },
    consumes.length > 0 && {
      path: "consumes",
      given: consumes,
      allowed: "none: messages would wait for the next run",
      mend: 'write kind: "worker"',
    },
  ];
  return found.filter((item) => item !== false);
}

/** Whether anything beyond the defaults is asked for; the numbers of tasks are filled in by the account. */
const scales = ({ memory, requestsPerTarget }: Service["autoScaling"]) =>
  memory !== undefined || requestsPerTarget !== undefined;
