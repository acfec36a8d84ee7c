import type { Account } from "../account";
import { servicesIn, type Fleet } from "../fleet";
import * as names from "../names";
import { nearest } from "../parse";
import { deadLetterQueuesOf, type Messaging, type Queue } from "../queue";
import type { Service } from "../service";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Sources that the policy of a dead-letter queue can name. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html */
const MOST_SOURCES = 10;

/** What an account's queues and topics say of each other fits, and somebody fills and reads each of them. */
export function checkQueues(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const { queue: messaging } = account;
    if (messaging === undefined) return [];
    const services = servicesIn(fleet, account);
    const file = fleet.sources.accounts[account.name] ?? account.name;
    return [
      ...Object.entries(messaging.queues).flatMap(([name, queue]) => [
        ...heard(name, queue, messaging),
        ...deadLetters(name, queue, messaging),
        ...usedQueue(name, queue, messaging, account, services),
      ]),
      ...Object.keys(messaging.topics).flatMap((name) => usedTopic(name, messaging, account, services)),
    ].map((violation) => ({ ...violation, file }));
  });
}

function heard(name: string, { topics, fifo }: Queue, messaging: Messaging): Found[] {
  return topics.flatMap((topic, index): Found[] => {
    const path = `queue.queues.${name}.topics[${index}]`;
    const found = messaging.topics[topic];
    if (found === undefined) return [unknown(path, topic, "a topic of this account", messaging.topics)];
    return fifo && !found.fifo
      ? [
          {
            path,
            given: topic,
            allowed: "a FIFO topic: SNS delivers to a FIFO queue from no other",
            mend: `write fifo: true in queue.topics.${topic}, or remove it from the queue`,
          },
        ]
      : [];
  });
}

function deadLetters(name: string, { deadLetterQueue: target, fifo }: Queue, messaging: Messaging): Found[] {
  const path = `queue.queues.${name}.deadLetterQueue`;
  const own = names.deadLetterQueue(name);
  if (target === undefined) {
    return messaging.queues[own] === undefined || deadLetterQueuesOf(messaging).has(name)
      ? []
      : [
          {
            path: `queue.queues.${own}`,
            given: own,
            allowed: `another name: ${name} has its dead letters there`,
            mend: `write deadLetterQueue: "${own}" in queue.queues.${name}, or rename it`,
          },
        ];
  }
  const found = messaging.queues[target];
  if (found === undefined) return [unknown(path, target, "a queue of this account", messaging.queues)];
  const sources = Object.values(messaging.queues).filter((queue) => queue.deadLetterQueue === target);
  return [
    ...circle(name, path, messaging),
    ...(found.fifo === fifo
      ? []
      : [
          {
            path,
            given: target,
            allowed: `a ${fifo ? "FIFO" : "standard"} queue, as ${name} is one`,
            mend: `write fifo: ${fifo} in queue.queues.${target}, or leave deadLetterQueue away`,
          },
        ]),
    ...(sources.length > MOST_SOURCES
      ? [
          {
            path,
            given: target,
            allowed: `a queue for the dead letters of at most ${MOST_SOURCES} others; it has those of ${sources.length}`,
          },
        ]
      : []),
  ];
}

/** Whether dead letters come back to the queue that they left. */
function circle(name: string, path: string, { queues }: Messaging): Found[] {
  const way = [name];
  for (let next = queues[name]?.deadLetterQueue; next !== undefined; next = queues[next]?.deadLetterQueue) {
    if (next === name) {
      return [
        {
          path,
          given: queues[name]?.deadLetterQueue,
          allowed:
            way.length === 1
              ? "another queue: what nobody could handle would come back for ever"
              : `a queue that does not lead back here: ${[...way, name].join(" -> ")}`,
          mend: "leave deadLetterQueue away: it then has one of its own",
        },
      ];
    }
    if (way.includes(next)) return [];
    way.push(next);
  }
  return [];
}

function usedQueue(
  name: string,
  { topics, external }: Queue,
  messaging: Messaging,
  account: Account,
  services: readonly Service[],
): Found[] {
  if (deadLetterQueuesOf(messaging).has(name)) return [];
  const path = `queue.queues.${name}`;
  const read = external === "reads" || services.some(({ consumes }) => consumes.includes(name));
  const filled =
    external === "fills" ||
    topics.length > 0 ||
    services.some(
      ({ sends, functions }) =>
        sends.includes(name) || Object.values(functions).some((one) => one.sends.includes(name)),
    );
  return [
    ...(read
      ? []
      : [
          {
            path,
            given: `a queue that nobody reads in ${account.name}`,
            inWords: true,
            allowed: `a queue that a service of ${account.name} consumes`,
            mend: `write consumes: ["${name}"] in a service, or external: "reads" here`,
          },
        ]),
    ...(filled
      ? []
      : [
          {
            path,
            given: `a queue that nobody fills in ${account.name}`,
            inWords: true,
            allowed: `a queue that hears a topic, or that a service or function of ${account.name} sends to`,
            mend: `write sends: ["${name}"] in a service, or external: "fills" here`,
          },
        ]),
  ];
}

function usedTopic(
  name: string,
  { queues }: Messaging,
  account: Account,
  services: readonly Service[],
): Found[] {
  const path = `queue.topics.${name}`;
  return [
    ...(services.some(({ publishes }) => publishes.includes(name))
      ? []
      : [
          {
            path,
            given: `a topic that nobody publishes to in ${account.name}`,
            inWords: true,
            allowed: `a topic that a service of ${account.name} publishes to`,
            mend: `write publishes: ["${name}"] in a service, or remove it`,
          },
        ]),
    ...(Object.values(queues).some(({ topics }) => topics.includes(name))
      ? []
      : [
          {
            path,
            given: `a topic that no queue hears in ${account.name}`,
            inWords: true,
            allowed: "a topic that a queue of the account hears",
            mend: `write topics: ["${name}"] in a queue, or remove it`,
          },
        ]),
  ];
}

function unknown(
  path: string,
  given: string,
  allowed: string,
  known: Readonly<Record<string, unknown>>,
): Found {
  const all = Object.keys(known);
  const meant = nearest(given, all);
  return {
    path,
    given,
    allowed: `${allowed}: ${all.join(", ") || "it has none"}`,
    ...(meant === undefined ? {} : { mend: `write "${meant}"` }),
  };
}
