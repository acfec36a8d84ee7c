import type { Account } from "../account";
import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;
type Part = "topics" | "queues" | "brokers";

/** The queues, topics and brokers that a service names are its account's, and it scales on queues that it reads. */
export function checkMessageUsers(fleet: Fleet): Violation[] {
  return perService(fleet, (service, account) => [
    ...unknownNames(["consumes"], service.consumes, "queues", account),
    ...unknownNames(["sends"], service.sends, "queues", account),
    ...unknownNames(["publishes"], service.publishes, "topics", account),
    ...unknownNames(["brokers"], service.brokers, "brokers", account),
    ...Object.entries(service.functions).flatMap(([name, { sends }]) =>
      unknownNames(["functions", name, "sends"], sends, "queues", account),
    ),
    ...scalesOnNothing(service),
  ]);
}

function unknownNames(
  path: readonly string[],
  given: readonly string[],
  part: Part,
  account: Account,
): Found[] {
  const known = Object.keys(account.queue?.[part] ?? {});
  return given.flatMap((name, index) => {
    if (known.includes(name)) return [];
    const meant = nearest(name, known);
    return [
      {
        path: formatPath([...path, index]),
        given: name,
        allowed: `one of the ${part} of ${account.name}: ${known.join(", ") || "it has none"}`,
        mend: meant === undefined ? `declare it in queue.${part} of ${account.name}` : `write "${meant}"`,
      },
    ];
  });
}

function scalesOnNothing({ autoScaling: { messagesPerTask }, consumes }: Service): Found[] {
  return messagesPerTask === undefined || consumes.length > 0
    ? []
    : [
        {
          path: "autoScaling.messagesPerTask",
          given: messagesPerTask,
          allowed: "none: it consumes no queue in which messages could wait",
        },
      ];
}
