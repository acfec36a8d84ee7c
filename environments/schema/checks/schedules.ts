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
    return allowed === undefined ? [] : [{ path, given: expression, allowed, mend: mendOf(expression, now) }];
  });
}

/** The same schedule as AWS takes it, where that is plain. */
function mendOf(expression: string, now: Date): string {
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year = "*"] = fields;
  // Elsewhere Sunday is 0, here it is 1: numbers of weekdays may mean either.
  const plain = fields.length === 6 || (fields.length === 5 && !/\d/.test(dayOfWeek ?? ""));
  const days =
    dayOfWeek === "*" || dayOfWeek === "?" ? [dayOfMonth === "?" ? "*" : dayOfMonth, "?"] : ["?", dayOfWeek];
  const meant = `cron(${[minutes, hours, days[0], month, days[1], year].join(" ")})`;
  // A day of the month and one of the week: which of them is meant, nobody can tell.
  const both = /^[^*?]/.test(dayOfMonth ?? "") && /^[^*?]/.test(dayOfWeek ?? "");
  return plain && !both && scheduleFault(meant, now) === undefined
    ? `write "${meant}"`
    : 'write it as in "cron(30 3 ? * MON-FRI *)" or "cron(0 3 1 * ? *)": minutes, hours, day of month, month, day of week, year';
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
  const { schedule, containerPort, loadBalancers, networkDoors, serviceDiscovery, consumes, autoScaling } =
    service;
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
    loadBalancers.length + networkDoors.length > 0 && {
      path: "loadBalancers",
      given: [...loadBalancers.map(({ alb }) => alb), ...networkDoors.map(({ nlb }) => nlb)],
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
      inWords: true,
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
