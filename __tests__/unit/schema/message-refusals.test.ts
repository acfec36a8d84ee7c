import { loadCompany, removeFolders, type Change } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

/** ACME with queues in live alone, where all its services run. */
const acme = (queue: object, services: Record<string, object> = {}, live: object = {}): Change => ({
  accounts: { live: { queue, ...live } },
  services: {
    orders: { accounts: ["live"], ...services["orders"] },
    mailer: { accounts: ["live"], ...services["mailer"] },
  },
});
const READ = { mailer: { consumes: ["mails"] } };
const USED = { ...READ, orders: { sends: ["mails"] } };

interface Mistake {
  readonly change: Change;
  readonly file?: string;
  readonly path: string;
  readonly given?: unknown;
  readonly allowed: RegExp;
  readonly mend?: RegExp;
}

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "a queue that nobody reads, in which account": {
    change: acme({ queues: { mails: {} } }, { orders: { sends: ["mails"] } }),
    path: "queue.queues.mails",
    given: "a queue that nobody reads in live",
    allowed: /a service of live consumes/,
    mend: /consumes: \["mails"\]/,
  },
  "a queue that nobody fills": {
    change: acme({ queues: { mails: {} } }, READ),
    path: "queue.queues.mails",
    given: "a queue that nobody fills in live",
    allowed: /hears a topic, or that a service or function of live sends to/,
    mend: /sends: \["mails"\]/,
  },
  "a dead-letter queue that is its own source": {
    change: acme({ queues: { mails: { deadLetterQueue: "mails" } } }, USED),
    path: "queue.queues.mails.deadLetterQueue",
    given: "mails",
    allowed: /another queue: .* come back for ever/,
    mend: /leave deadLetterQueue away/,
  },
  "dead letters that come back over another queue": {
    change: acme(
      { queues: { mails: { deadLetterQueue: "late" }, late: { deadLetterQueue: "mails" } } },
      USED,
    ),
    path: "queue.queues.mails.deadLetterQueue",
    given: "late",
    allowed: /does not lead back here: mails -> late -> mails/,
  },
  "a dead-letter queue that is not there, with the one that was meant": {
    change: acme({ queues: { mails: { deadLetterQueue: "lost" }, lots: { external: "fills" } } }, USED),
    path: "queue.queues.mails.deadLetterQueue",
    given: "lost",
    allowed: /a queue of this account: mails, lots/,
    mend: /write "lots"/,
  },
  "a standard dead-letter queue of a FIFO queue": {
    change: acme({ queues: { mails: { fifo: true, deadLetterQueue: "late" }, late: {} } }, USED),
    path: "queue.queues.mails.deadLetterQueue",
    given: "late",
    allowed: /a FIFO queue, as mails is one/,
    mend: /fifo: true in queue\.queues\.late/,
  },
  "a queue called as the dead letters of another": {
    change: acme(
      { queues: { mails: {}, "mails-dead-letter": { external: "fills" } } },
      { ...USED, mailer: { consumes: ["mails", "mails-dead-letter"] } },
    ),
    path: "queue.queues.mails-dead-letter",
    allowed: /another name: mails has its dead letters there/,
    mend: /deadLetterQueue: "mails-dead-letter"/,
  },
  "more sources than a dead-letter queue can name": {
    change: acme(
      {
        queues: {
          ...Object.fromEntries(
            Array.from({ length: 11 }, (_, index) => [
              `mails${index}`,
              { deadLetterQueue: "late", external: "fills" },
            ]),
          ),
          late: {},
        },
      },
      { mailer: { consumes: Array.from({ length: 11 }, (_, index) => `mails${index}`) } },
    ),
    path: "queue.queues.mails0.deadLetterQueue",
    given: "late",
    allowed: /at most 10 others; it has those of 11/,
  },
  "a topic that is not there": {
    change: acme({ topics: {}, queues: { mails: { topics: ["events"] } } }, USED),
    path: "queue.queues.mails.topics[0]",
    given: "events",
    allowed: /a topic of this account: it has none/,
  },
  "a FIFO queue that hears a topic without order": {
    change: acme(
      { topics: { events: {} }, queues: { mails: { fifo: true, topics: ["events"] } } },
      { ...READ, orders: { publishes: ["events"] } },
    ),
    path: "queue.queues.mails.topics[0]",
    given: "events",
    allowed: /a FIFO topic/,
    mend: /fifo: true in queue\.topics\.events/,
  },
  "a topic that nobody publishes to": {
    change: acme({ topics: { events: {} }, queues: { mails: { topics: ["events"] } } }, READ),
    path: "queue.topics.events",
    given: "a topic that nobody publishes to in live",
    allowed: /a service of live publishes to/,
  },
  "a topic that no queue hears": {
    change: acme({ topics: { events: {} } }, { orders: { publishes: ["events"] } }),
    path: "queue.topics.events",
    given: "a topic that no queue hears in live",
    allowed: /a queue of the account hears/,
  },
  "a service that reads a queue its account does not have, with the one that was meant": {
    change: acme({ queues: { mails: {} } }, { ...USED, mailer: { consumes: ["mails", "mail"] } }),
    file: "services/mailer.json",
    path: "consumes[1] (in live)",
    given: "mail",
    allowed: /one of the queues of live: mails/,
    mend: /write "mails"/,
  },
  "a service that sends to an account without queues": {
    change: { services: { orders: { sends: ["mails"] } } },
    file: "services/orders.json",
    path: "sends[0] (in development)",
    given: "mails",
    allowed: /one of the queues of development: it has none/,
    mend: /declare it in queue\.queues of development/,
  },
  "a service that publishes to no topic": {
    change: { services: { orders: { accounts: ["live"], publishes: ["events"] } } },
    file: "services/orders.json",
    path: "publishes[0] (in live)",
    given: "events",
    allowed: /one of the topics of live: it has none/,
  },
  "a function that sends to no queue": {
    change: { services: { orders: { accounts: ["live"], functions: { split: { sends: ["parts"] } } } } },
    file: "services/orders.json",
    path: "functions.split.sends[0] (in live)",
    given: "parts",
    allowed: /one of the queues of live: it has none/,
  },
  "a service that speaks to no broker": {
    change: acme({ brokers: {} }, { orders: { brokers: ["jms"] } }),
    file: "services/orders.json",
    path: "brokers[0] (in live)",
    given: "jms",
    allowed: /one of the brokers of live: it has none/,
  },
  "scaling on messages without a queue": {
    change: { services: { orders: { accounts: ["live"], autoScaling: { messagesPerTask: 10 } } } },
    file: "services/orders.json",
    path: "autoScaling.messagesPerTask (in live)",
    given: 10,
    allowed: /none: it consumes no queue/,
  },
  "a broker without a standby where the account has one": {
    change: acme({ brokers: { jms: {} } }, { orders: { brokers: ["jms"] } }),
    path: "queue.brokers.jms.instanceType",
    given: "mq.t3.micro",
    allowed: /an instance that can have a standby: live .* mq\.t3\.micro stands alone/,
    mend: /mq\.m5\.large/,
  },
  "an instance that the engine does not run on": {
    change: acme({ brokers: { jms: { instanceType: "mq.m7g.large" } } }),
    path: "queue.brokers.jms.instanceType",
    given: "mq.m7g.large",
    allowed: /with ActiveMQ: mq\.t3\.micro, mq\.m5\.large/,
  },
  "a broker's patch, which Amazon MQ chooses": {
    change: acme({ brokers: { jms: { instanceType: "mq.m5.large", engineVersion: "5.18.4" } } }),
    path: "queue.brokers.jms.engineVersion",
    given: "5.18.4",
    allowed: /two numbers, 5\.18 or later/,
    mend: /write "5\.18"/,
  },
  "a broker of a version without patches": {
    change: acme({ brokers: { jms: { instanceType: "mq.m5.large", engineVersion: "5.17" } } }),
    path: "queue.brokers.jms.engineVersion",
    given: "5.17",
    allowed: /5\.18 or later/,
  },
  "a secret called as a broker's": {
    change: acme(
      { brokers: { jms: { instanceType: "mq.m5.large" } } },
      {},
      {
        secrets: {
          "broker/jms": { description: "Something else" },
          "orders/database": { description: "Connection string" },
          "mail/provider": { store: "parameterStore", description: "Key of the provider" },
        },
      },
    ),
    path: "secrets.broker/jms",
    given: "broker/jms",
    allowed: /the user of broker jms is kept there/,
  },
  "queues in the management account": {
    change: { accounts: { management: { queue: {} } } },
    file: "accounts/management.json",
    path: "queue",
    given: "a section",
    allowed: /no workload belongs there/,
  },
};

describe("what is said about messages is refused when it is", () => {
  it.each(Object.entries(MISTAKES))(
    "%s",
    (_, { change, file = "accounts/live.json", path, given, allowed, mend }) => {
      const violations = violationsOf(() => loadCompany(change));
      const found = violations.find(
        (violation) => violation.path === path && allowed.test(violation.allowed),
      );

      expect(violations.map((violation) => `${violation.path}: ${violation.allowed}`)).toContainEqual(
        expect.stringMatching(allowed),
      );
      expect(found?.file).toMatch(new RegExp(`${file.replaceAll(".", "\\.")}$`));
      if (given !== undefined) expect(found?.given).toEqual(given);
      if (mend !== undefined) expect(found?.mend).toMatch(mend);
    },
  );
});

describe("what is said about messages is accepted when it is", () => {
  const ACCEPTED: Readonly<Record<string, Change>> = {
    "a queue that somebody outside fills": acme({ queues: { mails: { external: "fills" } } }, READ),
    "a queue that somebody outside reads": acme(
      { queues: { mails: { external: "reads" } } },
      { orders: { sends: ["mails"] } },
    ),
    "a queue that a topic fills": acme(
      { topics: { events: {} }, queues: { mails: { topics: ["events"] } } },
      { ...READ, orders: { publishes: ["events"] } },
    ),
    "a queue that a function fills": {
      ...acme(
        { queues: { mails: {} } },
        { ...READ, orders: { functions: { split: { sends: ["mails"], schedule: "rate(1 hour)" } } } },
      ),
      files: { "functions/split/index.mjs": "export const handler = async () => 1;\n" },
    },
    "dead letters that nobody reads but people": acme(
      { queues: { mails: { deadLetterQueue: "late" }, late: {} } },
      USED,
    ),
    "a chain of dead letters with an end": acme(
      { queues: { mails: { deadLetterQueue: "late" }, late: { deadLetterQueue: "lost" }, lost: {} } },
      USED,
    ),
    "a queue without order that hears a FIFO topic": acme(
      { topics: { events: { fifo: true } }, queues: { mails: { topics: ["events"] } } },
      { ...READ, orders: { publishes: ["events"] } },
    ),
  };

  it.each(Object.entries(ACCEPTED))("%s", (_, change) => {
    expect(() => loadCompany(change)).not.toThrow();
  });
});
