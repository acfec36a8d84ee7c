import { loadCompany, removeFolders } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const CODE = { "functions/splitter/index.mjs": "export const handler = async () => 1;\n" };

/** ACME, whose orders have a function with `values`. */
const company = (values: Record<string, unknown>, files: Record<string, string> = CODE) =>
  loadCompany({
    accounts: {
      live: {
        queue: { queues: { "meter-readings": { external: "reads" } } },
        data: { buckets: { readings: { events: true }, silent: {} } },
      },
    },
    services: {
      orders: {
        accounts: ["live"],
        functions: { splitter: { bucket: "readings", sends: ["meter-readings"], ...values } },
      },
    },
    files,
  });

interface Mistake {
  readonly values: Record<string, unknown>;
  readonly files?: Record<string, string>;
  readonly path: string;
  readonly given?: unknown;
  readonly allowed: RegExp;
  readonly mend?: RegExp;
}

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "a table that is not there": {
    values: { tables: { visits: "read" } },
    path: "tables.visits",
    given: "visits",
    allowed: /a table of live/,
  },
  "a runtime that AWS has retired, with the day and the successor": {
    values: { runtime: "nodejs16.x" },
    path: "runtime",
    given: "nodejs16.x",
    allowed: /retired this one on 2024-06-12/,
    mend: /nodejs22\.x/,
  },
  "a runtime that there never was, with the one that was meant": {
    values: { runtime: "nodejs22" },
    path: "runtime",
    given: "nodejs22",
    allowed: /nodejs24\.x, nodejs22\.x, python3\.14/,
    mend: /write "nodejs22\.x"/,
  },
  "code that is not there": {
    values: { code: "spliter" },
    path: "code",
    given: "spliter",
    allowed: /functions\/spliter is empty or missing/,
  },
  "a handler without its file": {
    values: { handler: "main.handler" },
    path: "handler",
    given: "main.handler",
    allowed: /main\.mjs or main\.js or main\.cjs/,
    mend: /there are index\.mjs/,
  },
  "a handler in another language than the runtime": {
    values: { runtime: "python3.13" },
    path: "handler",
    given: "index.handler",
    allowed: /index\.py/,
  },
  "a function that nothing starts": {
    values: { bucket: undefined },
    path: "",
    allowed: /without any nothing starts it/,
  },
  "a bucket that nobody has": {
    values: { bucket: "reading" },
    path: "bucket",
    given: "reading",
    allowed: /a bucket of live: readings, silent/,
    mend: /write "readings"/,
  },
  "a bucket that tells nobody of new objects": {
    values: { bucket: "silent" },
    path: "bucket",
    given: "silent",
    allowed: /tells of new objects/,
    mend: /events: true in data\.buckets\.silent of live/,
  },
  "a queue that nobody has": {
    values: { sends: ["meter-readings", "meter-reading"] },
    path: "sends[1]",
    given: "meter-reading",
    allowed: /one of the queues of live: meter-readings/,
    mend: /write "meter-readings"/,
  },
  "a schedule that is none": {
    values: { schedule: "every hour" },
    path: "schedule",
    given: "every hour",
    allowed: /rate\(1 hour\), or cron/,
  },
  "a secret in clear, which is not shown": {
    values: { environment: { API_TOKEN: "hunter2" } },
    path: "environment.API_TOKEN",
    given: "a value that looks like a secret (not shown)",
    allowed: /plain settings only/,
  },
  "a variable that Lambda sets itself": {
    values: { environment: { AWS_REGION: "eu-west-1" } },
    path: "environment.AWS_REGION",
    given: "AWS_REGION",
    allowed: /does not set itself/,
  },
};

it.each(Object.entries(MISTAKES))("refuses %s", (_what, { values, files, path, given, allowed, mend }) => {
  const violations = violationsOf(() => company(values, files));
  expect(violations).toHaveLength(1);
  const [violation] = violations;
  expect(violation?.file).toMatch(/services\/orders\.json$/);
  expect(violation?.path).toBe(`functions.splitter${path === "" ? "" : `.${path}`} (in live)`);
  expect(violation?.given).toEqual(given);
  expect(violation?.allowed).toMatch(allowed);
  if (mend !== undefined) expect(violation?.mend).toMatch(mend);
});

it("refuses a name that does not fit with all that is put around it", () => {
  const name = "a-service-of-a-long-name";
  const violations = violationsOf(() =>
    loadCompany({
      accounts: {
        "a-workload": {
          name: "a-long-account-n",
          id: "200000000009",
          email: "long@acme.example",
          preset: "development",
          network: { cidrBlock: "10.90.0.0/16" },
          hosting: {},
          data: { buckets: { readings: { events: true } } },
        },
      },
      services: {
        orders: { accounts: ["live"] },
        mailer: { accounts: ["live"] },
        [name]: {
          name,
          owner: "team@acme.example",
          kind: "worker",
          accounts: ["a-long-account-n"],
          functions: { "a-function-of-a-long-nam": { bucket: "readings", code: "splitter" } },
        },
      },
      files: CODE,
    }),
  );
  expect(violations.map(({ allowed }) => allowed)).toContainEqual(
    expect.stringMatching(/^at most 13 characters; AWS takes 64/),
  );
});

it("accepts a function of Python, and one whose code comes compiled", () => {
  const python = { "functions/splitter/app/main.py": "def handler(event, context): return 1\n" };
  expect(() => company({ runtime: "python3.13", handler: "app.main.handler" }, python)).not.toThrow();
  const java = { "functions/splitter/lib/code.jar": "..." };
  expect(() => company({ runtime: "java21", handler: "org.acme.Handler" }, java)).not.toThrow();
});
