import { loadCompany, removeFolders } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const policy = (more: object) => ({
  stepScaling: {
    busy: {
      metric: { namespace: "AWS/ECS", metricName: "CPUUtilization" },
      comparisonOperator: "GreaterThanThreshold",
      threshold: 80,
      steps: [{ beyond: 0, adjustment: 1 }],
      ...more,
    },
  },
});
const rush = { schedule: "cron(0 7 * * ? *)", minCapacity: 4 };
const actions = (scheduledActions: object) => ({ scheduledActions });

/** One mistake, and what a person must be told about it. */
interface Mistake {
  readonly autoScaling: object;
  readonly kind?: object;
  readonly path: RegExp;
  readonly allowed: RegExp;
}

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "a first step that is not at the threshold": {
    autoScaling: policy({ steps: [{ beyond: 5, adjustment: 1 }] }),
    path: /^autoScaling\.stepScaling\.busy\.steps\[0\]\.beyond/,
    allowed: /0 for the first step/,
  },
  "steps that do not rise": {
    autoScaling: policy({
      steps: [
        { beyond: 0, adjustment: 1 },
        { beyond: 20, adjustment: 2 },
        { beyond: 20, adjustment: 3 },
      ],
    }),
    path: /steps\[2\]\.beyond/,
    allowed: /more than 20/,
  },
  "a step that removes tasks when there is more to do": {
    autoScaling: policy({ steps: [{ beyond: 0, adjustment: -1 }] }),
    path: /steps\[0\]\.adjustment/,
    allowed: /more than 0/,
  },
  "a step that adds tasks when there is less to do": {
    autoScaling: policy({ comparisonOperator: "LessThanThreshold" }),
    path: /steps\[0\]\.adjustment/,
    allowed: /less than 0/,
  },
  "a number of tasks below none": {
    autoScaling: policy({ adjustmentType: "ExactCapacity", steps: [{ beyond: 0, adjustment: -1 }] }),
    path: /steps\[0\]\.adjustment/,
    allowed: /0 or more/,
  },
  "samples that AWS does not take that often": {
    autoScaling: policy({ period: 10 }),
    path: /busy\.period/,
    allowed: /60 or more/,
  },
  "a schedule that nothing takes back": {
    autoScaling: actions({ rush }),
    path: /^autoScaling\.scheduledActions\.rush/,
    allowed: /an action that returns to 2 and 6 tasks/,
  },
  "a schedule that is taken back once and comes each day": {
    autoScaling: actions({ rush, calm: { schedule: "cron(0 20 1 1 ? 2090)" } }),
    path: /^autoScaling\.scheduledActions\.rush/,
    allowed: /as often as this one comes/,
  },
  "a schedule that AWS does not take": {
    autoScaling: actions({
      rush: { ...rush, schedule: "cron(0 7 * * *)" },
      calm: { schedule: "cron(0 20 * * ? *)" },
    }),
    path: /rush\.schedule/,
    allowed: /six fields/,
  },
  "a rate, which has no hour": {
    autoScaling: actions({ rush: { schedule: "rate(1 day)" } }),
    path: /rush\.schedule/,
    allowed: /cron/,
  },
  "more tasks at least than at most": {
    autoScaling: actions({ rush: { ...rush, minCapacity: 9 }, calm: { schedule: "cron(0 20 * * ? *)" } }),
    path: /rush\.minCapacity/,
    allowed: /these are 9 and 6/,
  },
  "scaling of what runs at its own schedule": {
    autoScaling: actions({ rush }),
    kind: {
      kind: "scheduledTask",
      schedule: { expression: "rate(1 hour)" },
      loadBalancers: [],
      containerPort: undefined,
    },
    path: /^autoScaling\.scheduledActions\.rush/,
    allowed: /none: a scheduled task runs at its own schedule/,
  },
};

it.each(Object.entries(MISTAKES))("refuses %s", (_name, { autoScaling, kind = {}, path, allowed }) => {
  const violations = violationsOf(() => loadCompany({ services: { orders: { autoScaling, ...kind } } }));

  expect(violations).toContainEqual(
    expect.objectContaining({
      path: expect.stringMatching(path),
      allowed: expect.stringMatching(allowed),
    }),
  );
});

it("takes a schedule that comes once and is taken back once", () => {
  const once = actions({
    fair: { schedule: "cron(0 7 1 6 ? 2090)", minCapacity: 4 },
    after: { schedule: "cron(0 7 8 6 ? 2090)" },
  });

  expect(() => loadCompany({ services: { orders: { autoScaling: once } } })).not.toThrow();
});
