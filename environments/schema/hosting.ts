import { z } from "zod";
import { slug } from "./common";

/** An Application Load Balancer: a door that services stand behind. */
export const loadBalancer = z.strictObject({
  scheme: z
    .enum(["internet-facing", "internal"])
    .describe(
      "`internet-facing` is reachable from everywhere on 443 (and 80, to be redirected); `internal` from the VPC.",
    ),
  idleTimeout: z
    .number()
    .int()
    .min(1)
    .max(4000)
    .default(60)
    .describe(
      "Seconds a connection may be silent before it is closed. WebSocket services need more than their heartbeat.",
    ),
});

/** The ECS cluster on Fargate and the load balancers in front of it. */
export const hosting = z.strictObject({
  loadBalancers: z
    .record(slug(12), loadBalancer)
    .default({
      public: { scheme: "internet-facing", idleTimeout: 60 },
      internal: { scheme: "internal", idleTimeout: 60 },
    })
    .describe("Doors by name. Default: `public` and `internal`."),
  alarmEmail: z
    .email()
    .optional()
    .describe("Who is told when an alarm goes off. Default: the owner of the organization."),
});

export type LoadBalancer = z.output<typeof loadBalancer>;
export type Hosting = z.output<typeof hosting>;

/**
 * The load balancer that a zone's names lead to unless a service says otherwise: `public` or `internal` where there
 * is one of that name, else the first of its scheme.
 */
export function defaultDoor(
  loadBalancers: Hosting["loadBalancers"],
  scheme: LoadBalancer["scheme"],
): string | undefined {
  const doors = Object.keys(loadBalancers)
    .filter((door) => loadBalancers[door]?.scheme === scheme)
    .sort();
  const usual = scheme === "internal" ? "internal" : "public";
  return doors.includes(usual) ? usual : doors[0];
}
