import { LoadBalancer } from "@cdktf/provider-cloudflare/lib/load-balancer";
import { LoadBalancerPool } from "@cdktf/provider-cloudflare/lib/load-balancer-pool";
import { Construct } from "constructs";

/** A place that Cloudflare leads requests to. */
export interface Place {
  /** Name of its pool, unique in Cloudflare's account. */
  readonly poolName: string;
  /** A DNS name or an IPv4 address, of the place itself and not proxied by Cloudflare. */
  readonly address: string;
}

export interface CloudflareBalancerProps {
  /** Cloudflare's account. */
  readonly accountId: string;
  /** Cloudflare's zone. */
  readonly zoneId: string;
  /** The name that clients ask for. */
  readonly name: string;
  readonly description: string;
  /** Whether requests pass through Cloudflare; otherwise it answers by DNS only. */
  readonly proxied: boolean;
  /** Seconds for which resolvers keep an answer, where it is not proxied. */
  readonly ttl: number;
  /** Id of the monitor that asks whether places are well. */
  readonly monitorId: string;
  /** The former place; none once it is gone. */
  readonly former?: Place;
  readonly target: Place;
  /** Percent of the requests that go to the new place. */
  readonly percent: number;
}

/**
 * A name that Cloudflare answers from two pools, each as often as its weight: a step changes the weights, and nothing
 * else. Where no pool is well, requests go to the former place, which is kept as a backup for as long as it is there.
 * https://developers.cloudflare.com/load-balancing/understand-basics/traffic-steering/steering-policies/random/
 */
export class CloudflareBalancer extends Construct {
  constructor(scope: Construct, id: string, props: CloudflareBalancerProps) {
    super(scope, id);
    const { zoneId, name, description, proxied, ttl, percent } = props;
    const former = props.former === undefined ? undefined : this.pool("former", props.former, props);
    const target = this.pool("target", props.target, props);
    const pools = former === undefined ? [target] : [former, target];
    new LoadBalancer(this, "balancer", {
      zoneId,
      name,
      description,
      enabled: true,
      proxied,
      ...(proxied ? {} : { ttl }),
      sessionAffinity: "none",
      steeringPolicy: "random",
      defaultPools: pools.map((pool) => pool.id),
      fallbackPool: (former ?? target).id,
      randomSteering: {
        defaultWeight: 0,
        poolWeights: {
          ...(former === undefined ? {} : { [former.id]: (100 - percent) / 100 }),
          [target.id]: percent / 100,
        },
      },
    });
  }

  private pool(
    place: "former" | "target",
    { poolName, address }: Place,
    { accountId, description, monitorId, proxied }: CloudflareBalancerProps,
  ): LoadBalancerPool {
    const byAddress = /^[\d.]+$/.test(address);
    return new LoadBalancerPool(this, place, {
      accountId,
      name: poolName,
      description: `${description}: the ${place} place`,
      enabled: true,
      minimumOrigins: 1,
      monitor: monitorId,
      origins: [
        {
          name: place,
          address,
          enabled: true,
          weight: 1,
          // Each place knows its own name only, which it has a certificate of.
          ...(proxied && !byAddress ? { header: { host: [address] } } : {}),
        },
      ],
    });
  }
}
