import { LoadBalancerMonitor } from "@cdktf/provider-cloudflare/lib/load-balancer-monitor";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import type { Construct } from "constructs";
import * as names from "../../environments/schema/names";
import { percentOf } from "../../environments/schema/migration/traffic";
import { CloudflareBalancer } from "../../modules/traffic/cloudflare-balancer";
import { PlatformStack } from "../platform-stack";
import { hasFormer, identifier, type TrafficStackProps } from "./props";

/** Where Cloudflare's provider looks for a token: in no file, and in no state. */
export const CLOUDFLARE_TOKEN = "CLOUDFLARE_API_TOKEN";

/**
 * Names of a Cloudflare zone whose requests move from one place to another. Nothing of AWS is in it but its state, so
 * that no other stack needs Cloudflare's provider or its token.
 */
export class CloudflareTrafficStack extends PlatformStack {
  constructor(scope: Construct, { migration, traffic, ...props }: TrafficStackProps<"cloudflare">) {
    super(scope, { ...props, concern: "traffic", name: migration.id, credentials: [CLOUDFLARE_TOKEN] });
    const { account } = this;
    const { accountId, zoneId, proxied, ttl } = traffic;
    new CloudflareProvider(this, "cloudflare");
    const monitor = new LoadBalancerMonitor(this, "monitor", {
      accountId,
      description: names.migration(account, migration.id),
      type: "https",
      method: "GET",
      port: 443,
      path: traffic.monitor.path,
      expectedCodes: traffic.monitor.expectedCodes,
      interval: traffic.monitor.interval,
      timeout: 5,
      retries: 2,
      followRedirects: false,
      allowInsecure: false,
    });
    for (const { name, from, to } of traffic.records) {
      const place = (which: "former" | "target", address: string) => ({
        poolName: names.trafficPool(account, migration.id, name, which),
        address,
      });
      new CloudflareBalancer(this, `record_${identifier(name)}`, {
        accountId,
        zoneId,
        name,
        description: names.migration(account, migration.id),
        proxied,
        ttl,
        monitorId: monitor.id,
        ...(hasFormer(migration) ? { former: place("former", from) } : {}),
        target: place("target", to),
        percent: percentOf(traffic),
      });
    }
  }
}
