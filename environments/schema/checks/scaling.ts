import type { Fleet } from "../fleet";
import { formatPath } from "../parse";
import { scheduleFault } from "../schedule-expression";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;
type AutoScaling = Service["autoScaling"];

/** Steps follow on each other, and whatever a schedule changes it also takes back. */
export function checkScaling(fleet: Fleet): Violation[] {
  const now = new Date();
  return perService(fleet, ({ autoScaling, kind }) => {
    const { stepScaling, scheduledActions } = autoScaling;
    const [first] = [
      ...Object.keys(stepScaling).map((name) => formatPath(["autoScaling", "stepScaling", name])),
      ...Object.keys(scheduledActions).map((name) => formatPath(["autoScaling", "scheduledActions", name])),
    ];
    if (kind === "scheduledTask" && first !== undefined) {
      return [
        {
          path: first,
          given: kind,
          allowed: "none: a scheduled task runs at its own schedule, and ends",
          mend: "remove it",
        },
      ];
    }
    return [
      ...Object.entries(stepScaling).flatMap(([name, policy]) => stepFaults(name, policy)),
      ...Object.entries(scheduledActions).flatMap(([name, action]) =>
        actionFaults(name, action, autoScaling, now),
      ),
      ...neverReturns(autoScaling),
    ];
  });
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html */
function stepFaults(name: string, policy: AutoScaling["stepScaling"][string]): Found[] {
  const { steps, adjustmentType, comparisonOperator, period, metric } = policy;
  const path = formatPath(["autoScaling", "stepScaling", name]);
  const adds = comparisonOperator.startsWith("Greater");
  return [
    ...(period < 60 && metric.namespace.startsWith("AWS/")
      ? [
          {
            path: `${path}.period`,
            given: period,
            allowed: `60 or more: AWS measures ${metric.namespace} each minute`,
          },
        ]
      : []),
    ...steps.flatMap(({ beyond, adjustment }, index): Found[] => {
      const before = steps[index - 1]?.beyond;
      const at = `${path}.steps[${index}]`;
      return [
        ...(before === undefined && beyond !== 0
          ? [
              {
                path: `${at}.beyond`,
                given: beyond,
                allowed: "0 for the first step: it begins at the threshold",
                mend: "write beyond: 0, and move the threshold",
              },
            ]
          : []),
        ...(before !== undefined && beyond <= before
          ? [
              {
                path: `${at}.beyond`,
                given: beyond,
                allowed: `more than ${before}, where the step before it begins`,
                mend: "write the steps in rising order, each once",
              },
            ]
          : []),
        ...((adjustmentType === "ExactCapacity" ? adjustment < 0 : adds ? adjustment <= 0 : adjustment >= 0)
          ? [
              {
                path: `${at}.adjustment`,
                given: adjustment,
                allowed:
                  adjustmentType === "ExactCapacity"
                    ? "0 or more: a number of tasks"
                    : adds
                      ? "more than 0: it adds tasks when the metric is above its threshold"
                      : "less than 0: it removes tasks when the metric is below its threshold",
              },
            ]
          : []),
      ];
    }),
  ];
}

function actionFaults(
  name: string,
  action: AutoScaling["scheduledActions"][string],
  autoScaling: AutoScaling,
  now: Date,
): Found[] {
  const path = formatPath(["autoScaling", "scheduledActions", name]);
  const { minCapacity, maxCapacity } = capacityOf(action, autoScaling);
  const fault = /^cron\(.+\)$/.test(action.schedule) ? scheduleFault(action.schedule, now) : undefined;
  return [
    ...(fault === undefined ? [] : [{ path: `${path}.schedule`, given: action.schedule, allowed: fault }]),
    ...(minCapacity > maxCapacity
      ? [
          {
            path: `${path}.${action.minCapacity === undefined ? "maxCapacity" : "minCapacity"}`,
            given: action.minCapacity ?? maxCapacity,
            allowed: `fewest tasks up to the most: these are ${minCapacity} and ${maxCapacity}`,
            mend: "write both",
          },
        ]
      : []),
  ];
}

/** What a scheduled action sets: its own numbers, and the recorded ones where it names none. */
const capacityOf = (
  action: AutoScaling["scheduledActions"][string],
  { minCapacity, maxCapacity }: AutoScaling,
) => ({
  minCapacity: action.minCapacity ?? minCapacity,
  maxCapacity: action.maxCapacity ?? maxCapacity,
});

function neverReturns(autoScaling: AutoScaling): Found[] {
  const actions = Object.entries(autoScaling.scheduledActions).map(([name, action]) => {
    const { minCapacity, maxCapacity } = capacityOf(action, autoScaling);
    return {
      name,
      returns: minCapacity === autoScaling.minCapacity && maxCapacity === autoScaling.maxCapacity,
      recurs: / \*\)$/.test(action.schedule),
    };
  });
  const lasting = actions.find(
    ({ returns, recurs }) => !returns && !actions.some((other) => other.returns && (other.recurs || !recurs)),
  );
  if (lasting === undefined) return [];
  return [
    {
      path: formatPath(["autoScaling", "scheduledActions", lasting.name]),
      given: "a schedule that nothing takes back",
      inWords: true,
      allowed: `an action that returns to ${autoScaling.minCapacity} and ${autoScaling.maxCapacity} tasks, as often as this one comes`,
      mend: "add one that has a schedule only: without minCapacity and maxCapacity it returns to those of autoScaling",
    },
  ];
}
