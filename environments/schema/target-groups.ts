import type { Service } from "./service";
import { takesTurns } from "./service/deployment";

/**
 * Target groups that a service has behind each of its load balancers, and rules for each of its routes: two where
 * deployments move traffic between an old and a new version, or are about to. One that is gone is counted as the least.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-implementation.html
 */
export function copiesOfDoor(service: Service | undefined): 1 | 2 {
  return service !== undefined && takesTurns(service.deploymentConfiguration) ? 2 : 1;
}
