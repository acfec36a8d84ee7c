import type { Fleet } from "../fleet";
import { formatPath } from "../parse";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

const PATH = "capacityProviderStrategy";

/** A strategy is one that ECS takes. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html */
export function checkCapacityStrategy(fleet: Fleet): Violation[] {
  return perService(fleet, ({ capacityProviderStrategy: strategy }) => {
    const names = strategy.map(({ capacityProvider }) => capacityProvider);
    const fargate = names.filter((name) => name.startsWith("FARGATE"));
    const based = strategy.filter(({ base }) => base > 0);
    const found: (Found | false)[] = [
      ...names.map(
        (name, index): Found | false =>
          names.indexOf(name) !== index && {
            path: formatPath([PATH, index, "capacityProvider"]),
            given: name,
            allowed: "each capacity provider once",
          },
      ),
      fargate.length > 0 &&
        fargate.length < names.length && {
          path: PATH,
          given: names,
          allowed: "either FARGATE and FARGATE_SPOT, or instances: ECS does not mix the two in one strategy",
          mend: "choose one kind; a second service can run on the other",
        },
      based.length > 1 && {
        path: PATH,
        given: based.map(({ capacityProvider, base }) => `${capacityProvider} ${base}`),
        allowed: "a base on one of them only",
      },
      strategy.every(({ weight }) => weight === 0) && {
        path: PATH,
        given: strategy.map(({ weight }) => weight),
        allowed: "a weight above 0 on one of them at least: else no task beyond the base can start",
      },
    ];
    return found.filter((item) => item !== false);
  });
}
