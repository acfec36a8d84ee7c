/**
 * What tasks run on: how many on one before any is spread, and the shares of the rest.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html
 */
export type CapacityProviderStrategy = readonly {
  /** FARGATE, FARGATE_SPOT, or the name of a capacity provider of the cluster. */
  readonly capacityProvider: string;
  /** Tasks before any is spread. @default 0 */
  readonly base?: number;
  readonly weight: number;
}[];
