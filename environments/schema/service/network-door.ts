import { z } from "zod";
import { slug } from "../common";

/**
 * A port of a Network Load Balancer that a service answers on.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
 */
export const networkDoor = z.strictObject({
  nlb: slug(12).describe("The Network Load Balancer, by its name in the account's `hosting`."),
  host: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "one DNS label, such as mqtt")
    .describe("Host name without its zone, which leads to the load balancer."),
  listenerPort: z.number().int().min(1).max(65535).describe("Port it listens on; one service has each."),
  protocol: z
    .enum(["TLS", "TCP", "UDP"])
    .default("TLS")
    .describe(
      "`TLS` is ended at the load balancer, by the zone's certificate; `TCP` and `UDP` pass as they are, and need a waiver of listener-tls. Default: TLS.",
    ),
  containerPort: z
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe(
      "Port of the container, which may be a further one of it. Default: the service's containerPort.",
    ),
  clients: z
    .array(z.cidrv4())
    .min(1)
    .max(20)
    .optional()
    .describe(
      "Ranges that may connect. Default: nobody but API Gateway where `apis` lead to it; everybody where it faces the internet; else the VPC.",
    ),
  preserveClientIp: z
    .boolean()
    .default(false)
    .describe("Whether tasks see the client's address; with UDP they always do. Default: false."),
  healthCheck: z
    .enum(["TCP", "HTTP"])
    .optional()
    .describe(
      "`TCP` connects, `HTTP` asks for the service's `healthCheck.path`. Default: HTTP where `apis` lead to it, else TCP.",
    ),
});
