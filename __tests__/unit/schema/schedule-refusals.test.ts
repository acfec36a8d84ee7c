import { scheduleFault } from "../../../environments/schema/schedule-expression";
import { loadCompany, removeFolders } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const NOW = new Date("2026-03-15T12:00:00Z");

test.each([
  "rate(1 hour)",
  "rate(5 minutes)",
  "cron(0 3 * * ? *)",
  "cron(0/15 8-18 ? * MON-FRI *)",
  "cron(0 3 L * ? *)",
  "cron(0 3 15W 1,7 ? *)",
  "cron(0 3 ? * 6#3 *)",
  "cron(0 3 ? * 5L 2026-2030)",
  "cron(0 3 29 2 ? *)",
  "cron(0 3 15 3 ? 2026)",
  "cron(0 3 31 JAN,FEB ? *)",
])("%s comes again", (expression) => {
  expect(scheduleFault(expression, NOW)).toBeUndefined();
});

test.each([
  ["rate(0 hours)", "never comes"],
  ["rate(1 week)", "minutes, hours or days"],
  ["cron(0 3 * * *)", "these are 5"],
  ["cron(0 3 * * ? * *)", "these are 7"],
  ["cron(0 3 * * * *)", "exactly one"],
  ["cron(0 3 ? * ? *)", "exactly one"],
  ["cron(60 3 * * ? *)", "minutes of 0 to 59"],
  ["cron(0 24 * * ? *)", "hours of 0 to 23"],
  ["cron(0 3 * 13 ? *)", "month of 1 to 12"],
  ["cron(0 3 ? * FUNDAY *)", "day of week"],
  ["cron(0 18-8 * * ? *)", "hours"],
  ["cron(0 3 * * ? 2025)", "2025 has passed"],
  ["cron(0 3 30 2 ? *)", "never comes"],
  ["cron(0 3 31 4,6,9,11 ? *)", "never comes"],
  ["cron(0 3 29 2 ? 2027)", "comes again"],
  ["cron(0 3 1 3 ? 2026)", "comes again"],
  ["daily", "six fields"],
])("%s is refused", (expression, words) => {
  expect(scheduleFault(expression, NOW)).toContain(words);
});

const task = (change: object) => ({
  services: {
    exporter: {
      name: "exporter",
      owner: "billing@acme.example",
      kind: "scheduledTask",
      schedule: { expression: "cron(0 3 * * ? *)" },
      ...change,
    },
  },
});

const REFUSED: readonly (readonly [shows: string, change: object, path: string, words: string])[] = [
  ["no schedule", { schedule: undefined }, "schedule", "runs at its schedule only"],
  [
    "a schedule that never comes",
    { schedule: { expression: "cron(0 3 30 2 ? *)" } },
    "schedule.expression",
    "never comes",
  ],
  [
    "a time zone that nobody knows",
    { schedule: { expression: "cron(0 3 * * ? *)", timezone: "Europe/Berne" } },
    "schedule.timezone",
    "IANA",
  ],
  [
    "a rate with a time zone",
    { schedule: { expression: "rate(1 day)", timezone: "Europe/Berlin" } },
    "schedule.timezone",
    "no clock time",
  ],
  ["a port", { containerPort: 8080 }, "containerPort", "nobody calls"],
  ["a door", { loadBalancers: [{ alb: "public", host: "exporter" }] }, "loadBalancers", "no door"],
  ["scaling", { autoScaling: { memory: 70 } }, "autoScaling", "one task"],
];

test.each(REFUSED)("a scheduled task with %s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(task(change)));
  expect(found.find((violation) => violation.path.startsWith(`${path} (in`))?.allowed).toContain(words);
});

test("a service with a schedule is refused", () => {
  const change = { services: { mailer: { schedule: { expression: "rate(1 day)" } } } };
  const [violation] = violationsOf(() => loadCompany(change));
  expect(violation?.allowed).toContain("a worker runs always");
});

test("a function's schedule that never comes is refused", () => {
  const change = { services: { mailer: { functions: { tidy: { schedule: "cron(0 3 * * ? 2020)" } } } } };
  const found = violationsOf(() => loadCompany(change));
  expect(found.map(({ path }) => path).join()).toContain("functions.tidy.schedule");
});
