import {
  DescribeScalableTargetsCommand,
  type ApplicationAutoScalingClient,
} from "@aws-sdk/client-application-auto-scaling";
import type { ServiceAddress } from "./service-address";

/** Fewest tasks that autoscaling keeps; nothing where it keeps none, zero while they sleep. */
export async function fewestTasks(
  scaling: ApplicationAutoScalingClient,
  { cluster, service }: ServiceAddress,
): Promise<number | undefined> {
  const { ScalableTargets: [target] = [] } = await scaling.send(
    new DescribeScalableTargetsCommand({
      ServiceNamespace: "ecs",
      ScalableDimension: "ecs:service:DesiredCount",
      ResourceIds: [`service/${cluster}/${service}`],
    }),
  );
  return target?.MinCapacity;
}
