import type { Account } from "../account";
import { containersOf, fieldOf, type TaskContainer } from "../containers";
import type { Fleet } from "../fleet";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

const PRIVATE_REGISTRY = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\//;

/** Images of other containers can be pulled where they run, and stay what they are where it matters. */
export function checkContainerImages(fleet: Fleet): Violation[] {
  return perService(fleet, (service, account) =>
    containersOf(service).flatMap((container) => [
      ...moving(container, account),
      ...outOfReach(container, account),
    ]),
  );
}

/** Where deletion is protected, so is what runs: a tag can be moved to another image. */
function moving(container: TaskContainer, { name, capabilities }: Account): Found[] {
  const { image } = container;
  if (image === undefined || !capabilities.deletionProtection || image.includes("@sha256:")) return [];
  return [
    {
      path: fieldOf(container, "image"),
      given: image,
      allowed: `a digest in ${name}, which is protected: a tag can be moved to another image`,
      mend: `write ${image}@sha256:<digest>; docker buildx imagetools inspect ${image} tells it`,
    },
  ];
}

function outOfReach(container: TaskContainer, { name, capabilities }: Account): Found[] {
  const { image } = container;
  if (image === undefined || capabilities.natGateways !== "none" || PRIVATE_REGISTRY.test(image)) return [];
  return [
    {
      path: fieldOf(container, container.kind === "router" ? "destination" : "image"),
      given: image,
      allowed: `an image of Amazon ECR's private registries: ${name} has no NAT gateway, so that nothing else can be reached`,
      mend: 'copy it into the organization\'s registry, or give the account natGateways: "one"',
    },
  ];
}
