import { z } from "zod";
import { slug } from "./common";
import { webAcl } from "./web-acl";

/** A second port of a load balancer, for whoever tries a new version first. */
export const testListener = z.strictObject({
  port: z.number().int().min(1024).max(65535).default(8443).describe("Its port, HTTPS. Default: 8443."),
  cidrBlocks: z
    .array(z.cidrv4().refine((range) => !range.endsWith("/0"), "a range such as 10.0.0.0/8, not everywhere"))
    .min(1)
    .max(10)
    .describe("From where it may be reached, such as an office; everywhere is refused."),
});

/** A door that services stand behind. */
export const loadBalancer = z.strictObject({
  type: z
    .enum(["application", "network"])
    .default("application")
    .describe(
      "`application` leads by host and path; `network` by port, for what is no HTTP. Default: application.",
    ),
  scheme: z
    .enum(["internet-facing", "internal"])
    .describe(
      "`internet-facing` is reachable from everywhere on 443 (and 80, to be redirected), or on the ports of services; `internal` from the VPC.",
    ),
  idleTimeout: z
    .number()
    .int()
    .min(1)
    .max(4000)
    .default(60)
    .describe(
      "Seconds a connection may be silent before it is closed, with `application`; 350 with `network`, for life. WebSocket services need more than their heartbeat. Default: 60.",
    ),
  testListener: testListener
    .optional()
    .describe(
      "Where new versions of services that move traffic answer before they have any; with `application` only. Default: nowhere.",
    ),
});

/**
 * EC2 instances that tasks run on: an Auto Scaling group in private subnets and its ECS capacity provider.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
 */
export const capacityProvider = z.strictObject({
  instanceTypes: z
    .array(z.string().regex(/^[a-z][a-z0-9-]*\.[a-z0-9]+$/, "an instance type such as m7i.large"))
    .min(1)
    .max(10)
    .describe("Instance types, the preferred one first; all of one CPU architecture."),
  minSize: z.number().int().min(0).max(500).optional().describe("Fewest instances. Default: 0."),
  maxSize: z
    .number()
    .int()
    .min(1)
    .max(500)
    .optional()
    .describe("Most instances. Default: 10; with `volume`, one a volume."),
  availabilityZones: z
    .array(z.string().regex(/^[a-f]$/, "a zone letter, a to f"))
    .min(1)
    .max(4)
    .optional()
    .describe("Zones with instances. Default: all of the network's; with `volume`, those of its volumes."),
  spot: z.boolean().default(false).describe("Whether the instances are Spot. Default: false."),
  rootVolumeSize: z.number().int().min(30).max(1024).default(50).describe("GiB. Default: 50."),
  volume: slug(24)
    .optional()
    .describe("Volumes of `data.volumes`; each instance mounts the one of its zone at /volumes/<name>."),
});

/** The ECS cluster, what its tasks run on, and the load balancers in front of it. */
export const hosting = z.strictObject({
  capacityProviders: z
    .record(
      slug(16).regex(
        /^(?!aws|ecs|fargate)/,
        "a name that does not begin with aws, ecs or fargate, which AWS keeps",
      ),
      capacityProvider,
    )
    .default({})
    .describe("EC2 capacity by name. Default: none; Fargate and Fargate Spot are always there."),
  defaultCapacityProvider: z
    .string()
    .optional()
    .describe(
      "What services run on unless they say otherwise: FARGATE, FARGATE_SPOT, or a name of `capacityProviders`. Default: FARGATE_SPOT where the account has `fargateSpot`, else FARGATE.",
    ),
  serviceConnect: z
    .boolean()
    .default(false)
    .describe(
      "Whether services with a port have a Service Connect proxy in each task unless they say otherwise. Default: false, since each takes a quarter of a vCPU; Cloud Map names tasks without.",
    ),
  loadBalancers: z
    .record(
      slug(12).regex(
        /^(?!.*-\d+$)/,
        "a name without a number at its end, such as -2, which further ones get",
      ),
      loadBalancer,
    )
    .default({
      public: { type: "application", scheme: "internet-facing", idleTimeout: 60 },
      internal: { type: "application", scheme: "internal", idleTimeout: 60 },
    })
    .describe("Doors by name. Default: `public` and `internal`."),
  webAcl: webAcl.prefault({}).describe("The firewall in front of those that face the internet."),
});

export type CapacityProvider = z.output<typeof capacityProvider>;
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
    .filter((door) => loadBalancers[door]?.scheme === scheme && loadBalancers[door].type === "application")
    .sort();
  const usual = scheme === "internal" ? "internal" : "public";
  return doors.includes(usual) ? usual : doors[0];
}
